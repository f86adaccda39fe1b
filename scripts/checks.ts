import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CheckResult {
  readonly title: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

interface VitestJson {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
}

/** Runs one check with its output shown. A vitest run counts its tests, any other command counts as one. */
export async function check(title: string, [command, ...args]: readonly [string, ...string[]]): Promise<CheckResult> {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-check-'));
  const output = join(folder, 'vitest.json');
  const isVitest = command === 'vitest';
  const code = await run(command, isVitest ? [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${output}`] : args);
  const seconds = Math.round((Date.now() - started) / 1000);
  const counts = isVitest ? await countTests(output, code) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  await rm(folder, { recursive: true });
  return { title, ...counts, seconds };
}

async function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
      .once('error', reject)
      .once('exit', (code) => resolve(code ?? 1));
  });
}

/** Suites that could not even be loaded, and errors outside of tests, count as failures too. */
async function countTests(path: string, code: number): Promise<Pick<CheckResult, 'passed' | 'failed' | 'skipped'>> {
  const json = await readFile(path, 'utf8').then((text) => JSON.parse(text) as VitestJson, () => undefined);
  if (json === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const failed = json.numFailedTests || (json.success && code === 0 ? 0 : Math.max(1, json.numFailedTestSuites));
  return { passed: json.numPassedTests, failed, skipped: json.numPendingTests };
}
