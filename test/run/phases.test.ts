import { describe, expect, test } from 'vitest';
import type { CoreV1Event } from '@kubernetes/client-node';
import { attemptPhases } from '../../lib/run/phases.ts';
import type { ClusterEventSnapshot } from '../../lib/run/observed.ts';
import { emptyRun, reduceRun, type SuiteState } from '../../lib/run/run-state.ts';
import { toClusterEventSnapshot, toJobSnapshot, toPodSnapshot } from '../../lib/run/snapshots.ts';
import { contractOf, jobOf, podOf } from '../support/kube-objects.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const date = (seconds: number): Date => new Date(start + seconds * 1000);

interface PodTimes {
  readonly attempt?: number;
  readonly scheduled?: number;
  readonly suite?: readonly [number, number?];
  readonly guard?: readonly [number, number?];
  readonly collected?: number;
  readonly phase?: string;
  /** The container has an end only, as its command does not exist. */
  readonly couldNotStart?: number;
  /** When the kubelet took a pod that its deadline ended. */
  readonly overdueSince?: number;
}

const contract = contractOf('a');
const job = jobOf(contract);

function container([from, to]: readonly [number, number?]): object {
  return to === undefined ? { running: { startedAt: date(from) } } : { terminated: { exitCode: 0, startedAt: date(from), finishedAt: date(to) } };
}

function suiteWith(pods: readonly PodTimes[], events: readonly ClusterEventSnapshot[] = []): SuiteState {
  const snapshots = pods.map(({ attempt = 1, scheduled, suite, guard, phase = 'Running', couldNotStart, overdueSince }) => {
    const conditions = scheduled === undefined ? [] : [{ type: 'PodScheduled', status: 'True', lastTransitionTime: date(scheduled) }];
    const state = couldNotStart === undefined ? { waiting: {} } : { terminated: { exitCode: 128, reason: 'StartError', finishedAt: date(couldNotStart) } };
    const pod = podOf(job, suite ? container(suite) : state, { attempt, ...(guard && { guard: container(guard) }) });
    return toPodSnapshot({ ...pod, status: { ...pod.status, conditions, phase, ...(overdueSince !== undefined && { reason: 'DeadlineExceeded', startTime: date(overdueSince) }) } }, false);
  });
  const state = [
    { type: 'run-started', version: 1, at: at(0), run: { id: 'r', release: 'shop', namespace: 'n', context: 'c', chart: 'x' }, suites: [{ key: 'a', job: job.metadata?.name ?? '', uid: '', contract }] } as const,
    { type: 'job-observed', at: at(0), suite: 'a', job: toJobSnapshot(job, false) } as const,
    ...events.map((event) => ({ type: 'cluster-event-observed', at: at(0), suite: 'a', event }) as const),
    ...snapshots.map((pod) => ({ type: 'pod-observed', at: at(0), suite: 'a', pod }) as const),
    ...pods.flatMap(({ collected }, index) =>
      collected === undefined ? [] : [{ type: 'results-collected', at: at(999), suite: 'a', pod: snapshots[index]?.name ?? '', outcome: { ok: true, tests: [], files: [], collectedAt: at(collected) } } as const],
    ),
  ].reduce(reduceRun, emptyRun);
  const suite = state.suites.get('a');
  if (suite === undefined) throw new Error('no suite');
  return suite;
}

function podEvent(reason: string, message: string, seconds: number, first = seconds): ClusterEventSnapshot {
  const name = podOf(job, {}).metadata?.name ?? '';
  const event: CoreV1Event = {
    metadata: { uid: `${reason}-${message}` },
    involvedObject: { kind: 'Pod', name },
    reason,
    message,
    firstTimestamp: date(first),
    lastTimestamp: date(seconds),
  };
  return toClusterEventSnapshot(event);
}

/** `queued 0-1 testing 2-5`, in seconds after the creation of the Job. */
function told(suite: SuiteState, index = 0): string {
  const seconds = (time: string | undefined): string => (time === undefined ? '' : String((Date.parse(time) - start) / 1000));
  return attemptPhases(suite, index).map(({ phase, startedAt, endedAt }) => `${phase} ${seconds(startedAt)}-${seconds(endedAt)}`).join(' ');
}

const pulling = podEvent('Pulling', 'Pulling image "tests:1"', 2);
const pulled = podEvent('Pulled', 'Successfully pulled image "tests:1" in 4s', 6);

describe('the phases of an attempt', () => {
  test.each<[string, readonly PodTimes[], readonly ClusterEventSnapshot[], string]>([
    ['without a pull', [{ scheduled: 1, suite: [3, 8] }], [], 'queued 0-1 starting 1-3 testing 3-8'],
    ['with a pull', [{ scheduled: 1, suite: [8, 9] }], [pulling, pulled], 'queued 0-1 starting 1-2 pulling 2-6 starting 6-8 testing 8-9'],
    ['of an image that is already there', [{ scheduled: 1, suite: [3, 8] }], [podEvent('Pulled', 'Container image "tests:1" already present on machine', 2)], 'queued 0-1 starting 1-3 testing 3-8'],
    ['with results that are collected', [{ scheduled: 1, suite: [3, 8], collected: 10 }], [], 'queued 0-1 starting 1-3 testing 3-8 collecting 8-10'],
    ['with a node whose clock is behind', [{ scheduled: 1, suite: [3, 8], collected: 7 }], [], 'queued 0-1 starting 1-3 testing 3-8'],
    ['behind a network guard', [{ scheduled: 1, guard: [3, 7], suite: [8, 9] }], [], 'queued 0-1 starting 1-3 guarding 3-7 starting 7-8 testing 8-9'],
    ['with a guard that pulls the image', [{ scheduled: 1, guard: [6, 7], suite: [8, 9] }], [pulling, pulled], 'queued 0-1 starting 1-2 pulling 2-6 guarding 6-7 starting 7-8 testing 8-9'],
    ['whose command does not exist', [{ scheduled: 1, couldNotStart: 3, collected: 5, phase: 'Failed' }], [], 'queued 0-1 starting 1-3 collecting 3-5'],
    ['that did not start before its deadline', [{ scheduled: 1, overdueSince: 2, phase: 'Failed' }], [], 'queued 0-1 starting 1-62'],
    ['whose guard found a reason', [{ scheduled: 1, guard: [3, 7], phase: 'Failed' }], [], 'queued 0-1 starting 1-3 guarding 3-7'],
    ['that is still in the pull, tried again', [{ scheduled: 1 }], [podEvent('Pulling', 'Pulling image "tests:1"', 20, 2)], 'queued 0-1 starting 1-2 pulling 2-'],
    ['that is not scheduled', [{}], [], 'queued 0-'],
    ['that runs', [{ scheduled: 0, suite: [0] }], [], 'testing 0-'],
  ])('%s', (_, pods, events, expected) => {
    expect(told(suiteWith(pods, events))).toBe(expected);
  });

  test('of a retry count the back-off as queued', () => {
    const suite = suiteWith([{ scheduled: 1, suite: [3, 8] }, { attempt: 2, scheduled: 18, suite: [19, 20] }]);
    expect(told(suite, 1)).toBe('queued 8-18 starting 18-19 testing 19-20');
  });

  test('of no attempt are none', () => {
    expect(attemptPhases(suiteWith([]), 0)).toEqual([]);
  });
});

test('a container that could not be started has no start', () => {
  const pod = podOf(job, { terminated: { exitCode: 128, reason: 'StartError', startedAt: new Date(0), finishedAt: date(3) } });
  expect(toPodSnapshot(pod, false).suite).toEqual({ state: 'terminated', reason: 'StartError', message: '', exitCode: 128, finishedAt: at(3) });
});
