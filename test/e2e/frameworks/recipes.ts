import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../scripts/demo-image-tool.ts';

/** How a framework gets into the image. */
export interface Recipe {
  /** Debian packages of the image; without any it is the demo's base image, with Python, pytest and bats. */
  readonly packages?: readonly string[];
  /** Debian packages that `prepare` needs on this machine. */
  readonly hostPackages?: readonly string[];
  /** Adds to a copy of the project what is not committed, such as dependencies. */
  readonly prepare?: (folder: string) => Promise<void>;
}

/** By name of the framework; what is not listed needs no more than its project. */
export const recipes: Readonly<Record<string, Recipe>> = {
  vitest: { prepare: installNpm },
  jest: { prepare: installNpm },
};

async function installNpm(folder: string): Promise<void> {
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  // Debian's Node is too old for them; this is the one that the project itself runs on.
  await copyFile(process.execPath, join(folder, 'node'));
}
