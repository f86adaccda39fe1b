import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultScene } from './fault-scene.ts';

/** A Helm that takes longer: at the end of an install, or before an uninstall. Gives its path. */
export async function slowHelm(scene: FaultScene, slow: { readonly afterInstall?: number; readonly beforeUninstall?: number }): Promise<string> {
  const path = join(scene.folder, 'slow-helm');
  const lines = [
    '#!/bin/sh',
    `case $1 in`,
    `install|upgrade) "${scene.helm}" "$@" && exec sleep ${slow.afterInstall ?? 0}; exit 1 ;;`,
    `uninstall) sleep ${slow.beforeUninstall ?? 0} ;;`,
    `esac`,
    `exec "${scene.helm}" "$@"`,
  ];
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o755 });
  return path;
}
