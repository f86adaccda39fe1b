import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { PageData } from '../../lib/reporters/html/page-data.ts';
import { spawnCli, test } from '../support/e2e.ts';
import { readReport } from '../support/run-report.ts';
import { shell, writeConfig, writesFailure, writesPass } from './fixtures/suites.ts';

function dataOf(html: string): PageData {
  const base64 = /id="data">([^<]*)</.exec(html)?.[1] ?? '';
  return JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString()) as PageData;
}

test('a run ends with a page that holds its report and logs, with the times of the cluster; a replay makes the same', async ({ workspace }) => {
  await writeConfig(workspace.folder, { good: shell(`sleep 3; ${writesPass}`), bad: shell(`echo the reason; ${writesFailure}; exit 1`) });
  const run = await workspace.kubesuite('run');
  expect(run.exitCode).toBe(1);
  const { report, root } = await readReport(workspace.folder);
  const page = await readFile(join(root, 'report.html'), 'utf8');
  expect(run.stdout).toContain('/report.html');
  const { report: shown, texts } = dataOf(page);
  expect(shown).toEqual(report);
  expect(texts.find(({ path }) => path === 'suites/bad/1/log.txt')?.text).toContain('the reason');
  const phases = report.suites.find(({ key }) => key === 'good')?.attempts[0]?.phases ?? [];
  expect(phases.map(({ phase }) => phase)).toContain('testing');
  const testing = phases.find(({ phase }) => phase === 'testing');
  expect(Date.parse(testing?.endedAt ?? '') - Date.parse(testing?.startedAt ?? '')).toBeGreaterThanOrEqual(2000);
  for (const [index, { startedAt }] of phases.entries()) if (index > 0) expect(startedAt).toBe(phases[index - 1]?.endedAt);
  expect((await spawnCli(workspace.folder, ['report', root, '--reporter', 'html'])).exitCode).toBe(1);
  expect(await readFile(join(root, 'report.html'), 'utf8')).toBe(page);
});
