import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Workspace } from '../../support/e2e.ts';
import { readReport } from '../../support/run-report.ts';
import { writeConfig } from '../fixtures/suites.ts';
import { countCases } from './counts.ts';
import type { Framework } from './frameworks.ts';
import { ensureFrameworkImage } from './image.ts';

/** Runs a framework on the node, and holds our report against what the framework itself printed. */
export async function expectSameNumbers({ name, command, env, memory = '128Mi', readSummary }: Framework, workspace: Workspace): Promise<void> {
  const image = await ensureFrameworkImage(name);
  await writeConfig(workspace.folder, { [name]: { type: 'real', image: 'project', command, workingDir: '/project' } }, {
    images: { project: { ...image, pullPolicy: 'Never' } },
    types: { real: { timeout: '4m', resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory } }, env: { NO_COLOR: '1', ...env } } },
  });
  const { exitCode, stdout, stderr } = await workspace.kubesuite('run');
  const { report, root } = await readReport(workspace.folder);
  const [suite] = report.suites;
  const folder = join(root, 'suites', name, '1');
  const log = await readFile(join(folder, 'log.txt'), 'utf8');
  const explained = `${stdout}\n${stderr}\n${log}`;

  expect(suite?.cause, explained).toBeUndefined();
  const summary = readSummary(log);
  expect(countCases(suite?.attempts[0]?.tests ?? [], summary), explained).toEqual(summary);
  const failed = summary.failed + (summary.errors ?? 0);
  expect(suite?.tests).toEqual({ total: summary.passed + failed + summary.skipped, passed: summary.passed, failed, skipped: summary.skipped });
  // Every project has all three, so that none of them is compared as 0 with 0.
  expect(Math.min(summary.passed, failed, summary.skipped), explained).toBeGreaterThan(0);
  expect([suite?.verdict, exitCode]).toEqual(['failed', 1]);

  const recordings = process.env['KUBESUITE_RECORD_FRAMEWORKS'];
  if (recordings !== undefined) await record(join(recordings, name), folder, log);
}

/** Keeps log and JUnit for `test/run/results/frameworks.test.ts`. */
async function record(target: string, folder: string, log: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await writeFile(join(target, 'log.txt'), log);
  const files = (await readdir(join(folder, 'files'), { recursive: true })).filter((file) => file.endsWith('.xml'));
  for (const file of files) await writeFile(join(target, file.replaceAll('/', '-')), withoutMachine(await readFile(join(folder, 'files', file), 'utf8')));
}

/** Surefire writes down every property of its JVM, also those that tell of the machine. */
function withoutMachine(junit: string): string {
  return junit.replaceAll(/^ *<property name="(?:[a-z.]+\.library\.path|os\.version)".*\n/gm, '');
}
