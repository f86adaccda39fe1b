import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export interface CheckResult {
  readonly title: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** What failed, also if it passed when tried again, and why, a line each: the end of a long output is all that some CI systems show. */
  readonly failures: readonly string[];
}

interface VitestJson {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
  readonly testResults: readonly VitestFile[];
}

interface VitestFile {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] }[];
}

const longestReason = 600;

/** Runs one check with its output shown. A vitest run counts its tests, any other command counts as one. */
export async function check(title: string, [command, ...args]: readonly [string, ...string[]]): Promise<CheckResult> {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'kubesuite-check-'));
  const output = join(folder, 'vitest.json');
  const isVitest = command === 'vitest';
  const code = await run(command, isVitest ? [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${output}`] : args);
  const seconds = Math.round((Date.now() - started) / 1000);
  const counts = isVitest ? await countTests(output, code) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, failures: code === 0 ? [] : [`FAIL  ${title}: exit code ${code}`] };
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
async function countTests(path: string, code: number): Promise<Pick<CheckResult, 'passed' | 'failed' | 'skipped' | 'failures'>> {
  const json = await readFile(path, 'utf8').then((text) => JSON.parse(text) as VitestJson, () => undefined);
  if (json === undefined) return { passed: 0, failed: 1, skipped: 0, failures: [`FAIL  vitest ended with ${code} and without a result`] };
  const failed = json.numFailedTests || (json.success && code === 0 ? 0 : Math.max(1, json.numFailedTestSuites));
  return { passed: json.numPassedTests, failed, skipped: json.numPendingTests, failures: json.testResults.flatMap(failuresOf) };
}

function failuresOf({ name, status, message, assertionResults }: VitestFile): readonly string[] {
  const path = relative(process.cwd(), name);
  const tests = assertionResults.filter((test) => test.failureMessages.length > 0);
  if (tests.length === 0) return status === 'failed' ? [`FAIL  ${path}: ${reason(message)}`] : [];
  return tests.map(({ fullName, status: outcome, failureMessages }) => `${outcome === 'failed' ? 'FAIL ' : 'flaky'} ${path} > ${fullName}: ${reason(failureMessages.join('\n'))}`);
}

function reason(message: string): string {
  return stripVTControlCharacters(message).slice(0, longestReason).replaceAll('\n', '\n      ');
}
