import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RunEvent } from '../../lib/run/events.ts';
import { listNamespace, test } from '../support/e2e.ts';
import { readEvents, readReport } from '../support/run-report.ts';
import { numbered, shell, smallResources, writeConfig, writesPass } from './fixtures/suites.ts';

test('twelve suites at once under a quota of three pods wait with numbers, and all end with a verdict', async ({ workspace }) => {
  await writeConfig(workspace.folder, numbered('integration', 12), {
    types: { integration: { timeout: '3m', startTimeout: '30s', resources: smallResources, quota: { pods: 3 } } },
  });
  const result = await workspace.kubesuite('run');
  expect(result.stdout).toMatch(/integration-\d+ +integration +queued +waiting for quota of type integration: pods 3\/3 used$/m);
  const { report, root } = await readReport(workspace.folder);
  expect(Object.fromEntries(report.suites.map(({ key, verdict }) => [key, verdict]))).toEqual(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`integration-${index + 1}`, 'passed'])));
  expect(result.exitCode).toBe(0);
  expect(mostAtOnce(await readEvents(root))).toBeLessThanOrEqual(3);
  expect(await listNamespace(workspace.namespace)).toEqual([]);
});

test('a quota of CPU limits lets suites with collector and guard run where their type has such a limit', async ({ workspace }) => {
  await writeConfig(workspace.folder, { plain: shell(writesPass), guarded: shell(writesPass, { network: { guard: true } }) });
  const values = join(workspace.folder, 'values.json');
  await writeFile(values, JSON.stringify({ types: { quick: { limits: { cpu: '100m' }, quota: { 'limits.cpu': '2' } } } }));
  const result = await workspace.kubesuite('run', '--values', values);
  const { report } = await readReport(workspace.folder);
  expect(Object.fromEntries(report.suites.map(({ key, verdict }) => [key, verdict]))).toEqual({ plain: 'passed', guarded: 'passed' });
  expect(result.exitCode).toBe(0);
});

/** Most pods that were there at the same time without having ended. */
function mostAtOnce(events: readonly RunEvent[]): number {
  const open = new Set<string>();
  return events.reduce((most, event) => {
    if (event.type !== 'pod-observed') return most;
    const ended = event.pod.phase === 'Succeeded' || event.pod.phase === 'Failed' || event.pod.deleted;
    if (ended) open.delete(event.pod.uid);
    else open.add(event.pod.uid);
    return Math.max(most, open.size);
  }, 0);
}
