import type { V1Job } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { formatQuantity } from '../../lib/run/format-quantity.ts';
import type { PodDemand, QuotaSnapshot } from '../../lib/run/observed.ts';
import { toPodDemand } from '../../lib/run/pod-demand.ts';
import { QuotaRoom } from '../../lib/run/quota-room.ts';
import { toQuotaSnapshot } from '../../lib/run/snapshots.ts';
import { parseQuantity } from '../../lib/config/schema/quantity.ts';

type PodSpec = NonNullable<NonNullable<V1Job['spec']>['template']['spec']>;

function demandOf(spec: Partial<PodSpec>): PodDemand {
  return toPodDemand({ spec: { template: { spec: { containers: [], ...spec } } } });
}

describe('what a pod asks of quotas', () => {
  const suite = { name: 'suite', resources: { requests: { cpu: '100m' }, limits: { memory: '64Mi' } } };
  const collector = { name: 'collector', restartPolicy: 'Always', resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } } };

  test('is that of the suite and its collector together; a limit counts as the request that is missing', () => {
    expect(demandOf({ containers: [suite], initContainers: [collector], priorityClassName: 'high' })).toEqual({
      requests: { cpu: '110m', memory: '96Mi' },
      limits: { memory: '128Mi' },
      priorityClass: 'high',
    });
  });

  test('is that of the guard, beside the collector that started before, if it is more', () => {
    const guard = { name: 'guard', resources: { requests: { cpu: '1', memory: '1Mi' } } };
    expect(demandOf({ containers: [suite], initContainers: [collector, guard] }).requests).toEqual({ cpu: '1010m', memory: '96Mi' });
    expect(demandOf({ containers: [suite], initContainers: [guard, collector] }).requests).toEqual({ cpu: '1', memory: '96Mi' });
  });
});

describe('which pods a quota counts', () => {
  const quota = (spec: object): QuotaSnapshot => toQuotaSnapshot({ metadata: { name: 'q' }, spec: { hard: { pods: '1' }, ...spec } });
  const high: PodDemand = { requests: { cpu: '1' }, limits: {}, priorityClass: 'high' };
  const selector = (operator: string, ...values: string[]) => ({ scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values }] } });

  test.each([
    ['all without a scope', {}, true],
    ['those with a deadline', { scopes: ['Terminating'] }, true],
    ['those without one', { scopes: ['NotTerminating'] }, false],
    ['those that ask for something', { scopes: ['Terminating', 'NotBestEffort'] }, true],
    ['those that ask for nothing', { scopes: ['BestEffort'] }, false],
    ['those of a class', selector('In', 'high'), true],
    ['those of another class', selector('In', 'low'), false],
    ['those of any class', selector('Exists'), true],
    ['those without a class', selector('DoesNotExist'), false],
    ['those not of a class', selector('NotIn', 'high'), false],
  ])('%s', (_title, spec, counts) => {
    expect(new QuotaRoom(quota(spec)).counts(high)).toBe(counts);
  });
});

describe('the room in a quota', () => {
  const demand: PodDemand = { requests: { cpu: '500m' }, limits: { memory: '64Mi' } };
  const quota = (hard: Record<string, string>, used: Record<string, string>): QuotaSnapshot => ({ name: 'q', hard, used, scopes: [] });

  test.each([
    ['suffices to the last', quota({ 'requests.cpu': '2', pods: '4' }, { 'requests.cpu': '1500m', pods: '3' }), [], undefined],
    ['lacks CPU', quota({ cpu: '2' }, { cpu: '1600m' }), [], ['cpu', '500m', '400m', '2']],
    ['lacks a limit of memory', quota({ 'limits.memory': '128Mi' }, { 'limits.memory': '100Mi' }), [], ['limits.memory', '64Mi', '28Mi', '128Mi']],
    ['is what pods leave that are not counted yet', quota({ pods: '2' }, { pods: '1' }), [false], ['pods', '1', '0', '2']],
    ['is what pods leave that were seen before the quota was', quota({ pods: '1' }, { pods: '0' }), [true], ['pods', '1', '0', '1']],
    ['that could never suffice is not waited for', quota({ 'requests.cpu': '100m' }, { 'requests.cpu': '0' }), [], undefined],
    ['of what the pod does not ask for does not matter', quota({ 'requests.nvidia.com/gpu': '0', services: '0' }, {}), [], undefined],
  ])('%s', (_title, snapshot, taken, expected) => {
    const room = new QuotaRoom(snapshot);
    for (const isCounted of taken) room.take(demand, isCounted);
    const short = room.findShortage(demand);
    expect(short && [short.resource, formatQuantity(short.needed), formatQuantity(short.free), formatQuantity(short.hard)]).toEqual(expected);
  });
});

test.each(['100m', '2', '128Mi', '1Gi', '96Mi', '1010m', '1536Mi', '5n', '-3', '0'])('%s is written as it was read', (text) => {
  expect(formatQuantity(parseQuantity(text) ?? -1n)).toBe(text);
});
