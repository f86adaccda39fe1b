import { eventLogVersion, type RunEvent } from '../../lib/run/events.ts';
import type { PodSnapshot } from '../../lib/run/observed.ts';
import { contractOf } from './kube-objects.ts';

const at = '2026-01-01T00:00:05.000Z';

const pod: PodSnapshot = {
  name: 'shop-ping-r1-1', uid: 'p', createdAt: at, startedAt: at, deleted: false, gone: false, deletedAt: '', phase: 'Succeeded', reason: '', message: '', node: 'node',
  scheduled: true, unschedulable: '', disruption: '', disruptionMessage: '', disruptedAt: '',
  suite: { state: 'terminated', reason: 'Completed', message: '', exitCode: 0, startedAt: at, finishedAt: at },
};

/** The events of a run whose only suite passed. */
export const passingRun: readonly RunEvent[] = [
  {
    type: 'run-started', version: eventLogVersion, at,
    run: { id: 'r1', release: 'shop', namespace: 'ns', context: 'fake', chart: 'shop-0.1.0' },
    suites: [{ key: 'ping', job: 'shop-ping-r1', uid: 'j', contract: contractOf('ping') }],
  },
  { type: 'pod-observed', at, suite: 'ping', pod },
  { type: 'results-collected', at, suite: 'ping', pod: pod.name, outcome: { ok: true, tests: [{ group: '', name: 'works', status: 'passed' }], files: [] } },
  { type: 'run-ended', at },
];
