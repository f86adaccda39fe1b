import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tinyexec';
import type { Tools } from './contenders.ts';
import { median } from './statistics.ts';
import { trivialSuites } from './suites.ts';

export interface SynthTimes {
  readonly count: number;
  /** Whole process of `kubesuite synth`, in seconds. */
  readonly synth: number;
  readonly helmTemplate: number;
  readonly nodeStart: number;
}

/** Our whole process against `helm template` of the chart that it wrote. */
export async function measureSynth(count: number, runs: number, { helm, kubesuite }: Tools): Promise<SynthTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-synth-'));
  try {
    await writeFile(join(folder, 'suites.config.ts'), `export default ${JSON.stringify(trivialSuites(count, 'true'))};\n`);
    const synth: number[] = [];
    const template: number[] = [];
    const start: number[] = [];
    for (let index = 0; index <= runs; index++) {
      const times = [
        await seconds(process.execPath, [join(kubesuite, 'bin/kubesuite.js'), 'synth'], folder),
        await seconds(helm, ['template', 'bench', 'charts/bench'], folder),
        await seconds(process.execPath, ['-e', '0'], folder),
      ] as const;
      if (index === 0) continue;
      synth.push(times[0]);
      template.push(times[1]);
      start.push(times[2]);
    }
    return { count, synth: median(synth), helmTemplate: median(template), nodeStart: median(start) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function seconds(command: string, args: readonly string[], cwd: string): Promise<number> {
  const started = performance.now();
  const { exitCode, stderr } = await x(command, [...args], { timeout: 120_000, nodeOptions: { cwd } });
  if (exitCode !== 0) throw new Error(`${command} exited with ${exitCode}: ${stderr}`);
  return (performance.now() - started) / 1000;
}
