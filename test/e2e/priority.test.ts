import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { kubectl, test } from '../support/e2e.ts';
import { readEvents, readReport } from '../support/run-report.ts';
import { numbered, smallResources, writeConfig } from './fixtures/suites.ts';

test('where only two pods fit, smoke suites start first', async ({ workspace }) => {
  const slot = `example.com/${workspace.namespace}`;
  const limited = { timeout: '60s', results: 'stdout:tap', resources: { ...smallResources, limits: { ...smallResources.limits, [slot]: '1' } } };
  const suites = { ...numbered('integration', 4), ...numbered('smoke', 4) };
  await writeConfig(workspace.folder, suites, {
    types: { integration: { ...limited, priority: 50 }, smoke: { ...limited, priority: 100 } },
    priorityClasses: { create: true },
  });
  onTestFinished(async () => {
    for (const field of ['capacity', 'allocatable'] as const) await patchNode(field, { op: 'remove', resource: slot }).catch(() => undefined);
  });
  const run = workspace.kubesuite('run');
  // Others hold the room until all of them wait for it, and the scheduler's back-off of a second after its first look is over.
  const waiting = '--output=jsonpath={range .items[*]}{.status.conditions[?(@.reason=="Unschedulable")].type}{"\\n"}{end}';
  await expect.poll(async () => (await workspace.kubectl('get', 'pods', waiting)).split('\n').filter(Boolean), { timeout: 60_000 }).toHaveLength(8);
  await setTimeout(2000);
  await provideSlots(slot, 2);
  const result = await run;
  expect(result.exitCode).toBe(0);
  const { report, root } = await readReport(workspace.folder);
  expect(report.suites.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 8 }, () => 'passed'));
  const starts = [...new Set(await startOrder(root))].map((suite) => suite.replace(/-\d$/, ''));
  expect(starts).toEqual([...Array.from({ length: 4 }, () => 'smoke'), ...Array.from({ length: 4 }, () => 'integration')]);
});

/** Room on the node that nobody else asks for. */
async function provideSlots(resource: string, count: number): Promise<void> {
  for (const field of ['capacity', 'allocatable'] as const) await patchNode(field, { op: 'add', resource, value: String(count) });
}

async function patchNode(field: 'capacity' | 'allocatable', { op, resource, value }: { op: 'add' | 'remove'; resource: string; value?: string }): Promise<void> {
  const path = `/status/${field}/${resource.replace('/', '~1')}`;
  await kubectl('patch', 'node', await nodeName(), '--subresource=status', '--type=json', `--patch=${JSON.stringify([{ op, path, value }])}`);
}

async function nodeName(): Promise<string> {
  return kubectl('get', 'nodes', '--output=jsonpath={.items[0].metadata.name}');
}

/** Suites in the order in which the scheduler gave them a node. */
async function startOrder(root: string): Promise<readonly string[]> {
  return (await readEvents(root)).flatMap((event) => (event.type === 'pod-observed' && event.pod.scheduled ? [event.suite] : []));
}
