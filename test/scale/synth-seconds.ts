import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { x } from 'tinyexec';
import type { Layout } from '../../lib/config/layout.ts';
import { timed } from './installed-chart.ts';
import { manySuites } from './suites.ts';

/** Of `kubesuite synth`, the whole process, the best of some tries: whatever else the machine does only adds to it. */
export async function measureSynth(count: number, layout: Layout, tries: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-scale-'));
  try {
    await writeFile(join(folder, 'suites.config.ts'), `export default ${JSON.stringify(manySuites(count, layout))};\n`);
    let best = Number.POSITIVE_INFINITY;
    for (let index = 0; index < tries; index++) {
      await rm(join(folder, 'charts'), { recursive: true, force: true });
      best = Math.min(
        best,
        await timed(async () => {
          const { exitCode, stderr } = await x(process.execPath, [resolve(import.meta.dirname, '../../bin/kubesuite.js'), 'synth'], { timeout: 300_000, nodeOptions: { cwd: folder } });
          if (exitCode !== 0) throw new Error(`kubesuite synth exited with ${exitCode}: ${stderr}`);
        }),
      );
    }
    return best;
  } finally {
    await rm(folder, { recursive: true });
  }
}
