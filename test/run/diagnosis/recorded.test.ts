import { readFile, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ChangeAttribution } from '../../../lib/run/attribute-change.ts';
import { toDiagnosis } from '../../../lib/run/diagnosis/to-diagnosis.ts';
import type { ErrorCause, ResultsOutcome, RunEvent } from '../../../lib/run/events.ts';
import type { Judgement } from '../../../lib/run/attempt-verdict.ts';
import { emptyRun, reduceRun, type SuiteState } from '../../../lib/run/run-state.ts';
import { toNodeSnapshot } from '../../../lib/run/snapshots.ts';
import { findTrouble } from '../../../lib/run/trouble.ts';
import type { Change } from '../../../lib/ports/cluster.ts';
import { contractOf } from '../../support/kube-objects.ts';
import { endCases } from './recorder/end-cases.ts';
import type { Recording } from './recorder/recording.ts';
import { startCases } from './recorder/start-cases.ts';

const fixtures = resolve(import.meta.dirname, 'fixtures');
const run = { id: 'r', release: 'shop', namespace: 'ns', context: 'c', chart: 'x' };
const none: ResultsOutcome = { ok: false, cause: 'results-missing', message: 'Nothing was printed.', files: [] };

/** What a run makes of the objects of a case; results that never came are missing ones. */
function replay({ job, jobDeleted, pods, events, node, namespace }: Recording): SuiteState {
  const planned = { key: 'a', job: job.metadata?.name ?? '', uid: job.metadata?.uid ?? '', contract: contractOf('a', { infraRetries: 0 }) };
  const attribution = new ChangeAttribution([planned]);
  const changes: readonly Change[] = [
    { kind: 'jobs', type: 'present', object: job },
    ...pods.map(({ object }): Change => ({ kind: 'pods', type: 'present', object })),
    ...events.map((object): Change => ({ kind: 'events', type: 'present', object })),
    // Its pods are deleted because it is.
    ...(jobDeleted ? [{ kind: 'jobs', type: 'deleted', object: job } as const] : []),
    ...pods.filter(({ deleted }) => deleted).map(({ object }): Change => ({ kind: 'pods', type: 'deleted', object })),
  ];
  const namespaceDeleted = namespace === null || namespace?.metadata?.deletionTimestamp !== undefined;
  const observed = changes
    .flatMap((change) => attribution.toEvents(change, job.metadata?.creationTimestamp?.toString() ?? ''))
    .map((event): RunEvent => {
      if (event.type === 'pod-observed') return { ...event, namespaceDeleted, ...(node && { node: toNodeSnapshot(node) }) };
      return event.type === 'job-observed' ? { ...event, namespaceDeleted } : event;
    });
  const ended = observed.flatMap((event) => (event.type === 'pod-observed' && event.pod.suite.state === 'terminated' ? [event.pod.name] : []));
  const all: readonly RunEvent[] = [
    { type: 'run-started', version: 1, at: '', run, suites: [planned] },
    ...observed,
    ...[...new Set(ended)].map((pod): RunEvent => ({ type: 'results-collected', at: '', suite: 'a', pod, outcome: none })),
  ];
  const suite = all.reduce(reduceRun, emptyRun).suites.get('a');
  if (suite === undefined) throw new Error('no suite');
  return suite;
}

interface Expected {
  readonly cause: ErrorCause | undefined;
  /** How long it lasts before it is an error; `ended`: there is nothing to wait for. */
  readonly after: number | 'ended';
  readonly says: RegExp;
  /** Reasons of the evidence. */
  readonly evidence: readonly string[];
  readonly hint?: RegExp;
}

const expected: Readonly<Record<string, Expected>> = {
  'image-not-found': { cause: 'image-pull', after: 30, says: /^The registry does not have the image: .*localhost:5404\/none:1.*not found/, evidence: ['ImagePullBackOff'], hint: /push it/ },
  'image-unauthorized': { cause: 'image-pull', after: 30, says: /^The registry does not let the node have the image: .*401 Unauthorized/, evidence: ['ImagePullBackOff'], hint: /pullSecrets/ },
  'image-no-registry': { cause: 'image-pull', after: 120, says: /^The image cannot be pulled: .*connection refused/, evidence: ['ImagePullBackOff'], hint: /does not answer the node/ },
  'image-never-pulled': { cause: 'image-pull', after: 3, says: /^The image is not on the node, and is never pulled: .*kubesuite-absent:1/, evidence: ['ErrImageNeverPull'], hint: /load it there/ },
  'image-name-invalid': { cause: 'image-pull', after: 0, says: /^The name of the image is invalid: .*Localhost\/UPPER/, evidence: ['InvalidImageName'], hint: /^Correct the name/ },
  'command-missing': { cause: 'container-start', after: 'ended', says: /\/no\/such\/command.*no such file or directory/s, evidence: ['StartError'] },
  'command-not-executable': { cause: 'container-start', after: 'ended', says: /\/etc.*(?:is a directory|permission denied)/s, evidence: ['StartError'] },
  'root-refused': { cause: 'container-start', after: 3, says: /runAsNonRoot and image will run as root/, evidence: ['CreateContainerConfigError'] },
  'configmap-missing': { cause: 'missing-config', after: 60, says: /^ConfigMap 'absent' does not exist$/, evidence: ['CreateContainerConfigError'] },
  'secret-missing': { cause: 'missing-config', after: 60, says: /^Secret 'absent' does not exist$/, evidence: ['CreateContainerConfigError'] },
  'key-missing': { cause: 'missing-config', after: 60, says: /^Secret 'present' has no key 'absent'$/, evidence: ['CreateContainerConfigError'], hint: /^Add the key/ },
  'volume-secret-missing': { cause: 'missing-config', after: 60, says: /^Secret 'absent' does not exist$/, evidence: ['FailedMount'] },
  'volume-key-missing': { cause: 'missing-config', after: 60, says: /^A volume of the suite names key 'absent', which its ConfigMap does not have$/, evidence: ['FailedMount'], hint: /^Add the key/ },
  'no-cpu': { cause: 'unschedulable', after: 120, says: /Insufficient cpu/, evidence: ['PodScheduled=False'], hint: /^Lower the suite's resources/ },
  'no-memory': { cause: 'unschedulable', after: 120, says: /Insufficient memory/, evidence: ['PodScheduled=False'], hint: /^Lower the suite's resources/ },
  'no-node-selected': { cause: 'unschedulable', after: 120, says: /didn't match Pod's node affinity\/selector/, evidence: ['PodScheduled=False'], hint: /^Label a node/ },
  'no-toleration': { cause: 'unschedulable', after: 120, says: /untolerated taint/, evidence: ['PodScheduled=False'], hint: /olerate the taint/ },
  'no-claim': { cause: 'unschedulable', after: 120, says: /persistentvolumeclaim "absent" not found/, evidence: ['PodScheduled=False'], hint: /^Create or bind the claim/ },
  'quota-full': { cause: 'quota', after: 3, says: /^the pod never fits into the quota 'team': asks for pods 1 of 0$/, evidence: ['FailedCreate'] },
  'quota-unspecified': { cause: 'quota', after: 3, says: /^A quota wants the pod to say what it needs: failed quota: team: must specify limits\.cpu/, evidence: ['FailedCreate'], hint: /does not declare/ },
  'limit-range': { cause: 'limit-range', after: 3, says: /^A LimitRange refuses the pod: maximum memory usage per Container is 8Mi, but limit is 64Mi/, evidence: ['FailedCreate'] },
  'pod-security': { cause: 'pod-security', after: 3, says: /^PodSecurity refuses the pod: violates PodSecurity "restricted:latest"/, evidence: ['FailedCreate'] },
  'policy-denied': { cause: 'webhook', after: 3, says: /^An admission policy refuses the pod: .*every pod needs the label team/, evidence: ['FailedCreate'] },
  'webhook-down': { cause: 'webhook', after: 60, says: /^An admission webhook does not answer: .*failed calling webhook "guard\.example\.com"/, evidence: ['FailedCreate'], hint: /does not answer/ },
  'service-account-missing': { cause: 'rejected', after: 30, says: /^The API server refuses the pod: .*serviceaccount "absent" not found/, evidence: ['FailedCreate'] },
  'guard-failed': { cause: 'service-unreachable', after: 'ended', says: /no answer: db \(db:5432\)/, evidence: ['Error'] },
  'collector-missing-shell': { cause: 'collector-failed', after: 30, says: /^Container collector cannot start: .*\/no\/such\/shell.*no such file or directory/s, evidence: ['StartError'] },
  'suite-oom': { cause: 'oom-killed', after: 'ended', says: /more memory than its limit/, evidence: ['OOMKilled'] },
  'collector-oom': { cause: 'collector-failed', after: 'ended', says: /^The collector was killed because it used more memory/, evidence: ['OOMKilled'], hint: /memory/ },
  'pod-deadline': { cause: undefined, after: 'ended', says: /^The suite did not end within its timeout/, evidence: [] },
  'disk-of-volume-full': { cause: 'disk-full', after: 'ended', says: /^The pod used more disk than it may: Usage of EmptyDir volume "v" exceeds the limit "1Mi"/, evidence: ['Evicted'] },
  'disk-of-container-full': { cause: 'disk-full', after: 'ended', says: /^The pod used more disk than it may: .*ephemeral/, evidence: ['Evicted'] },
  evicted: { cause: 'evicted', after: 'ended', says: /^Somebody evicted the pod through the API/, evidence: ['EvictionByEvictionAPI'] },
  drained: { cause: 'drained', after: 'ended', says: /^Node node was drained/, evidence: ['EvictionByEvictionAPI', 'Unschedulable'] },
  preempted: { cause: 'preempted', after: 'ended', says: /^A pod of higher priority took the place/, evidence: ['PreemptionByScheduler'] },
  'node-lost': { cause: 'node-lost', after: 90, says: /^Pod shop-a-r1-\w+ was told to end, and its node \(kubesuite-lost\) does not end it\.$/, evidence: ['DeletionByTaintManager', 'NodeStatusNeverUpdated'] },
  'pod-deleted': { cause: 'pod-deleted', after: 'ended', says: /^Pod shop-a-r1-\w+ was deleted before its results were collected\.$/, evidence: ['Deleted'] },
  'job-deleted': { cause: 'job-deleted', after: 'ended', says: /^Job shop-a-r1 was deleted while it ran\.$/, evidence: ['Deleted'] },
  'namespace-deleted': { cause: 'namespace-deleted', after: 'ended', says: /^The namespace was deleted while the suite ran\.$/, evidence: ['Deleted'] },
};

describe('objects that a real API server has shown', () => {
  test('are there for every case that is recorded', async () => {
    const names = Object.keys({ ...startCases, ...endCases });
    expect((await readdir(fixtures)).toSorted()).toEqual(names.map((name) => `${name}.json`).toSorted());
    expect(Object.keys(expected).toSorted()).toEqual(names.toSorted());
  });

  test.each(Object.entries(expected))('%s', async (name, { cause, after, says, evidence, hint = /./ }) => {
    const recording = JSON.parse(await readFile(resolve(fixtures, `${name}.json`), 'utf8')) as Recording;
    const suite = replay(recording);
    const trouble = findTrouble(suite);
    if (after !== 'ended') expect(suite.verdict).toBeUndefined();
    const judgement: Judgement | undefined = after === 'ended' ? suite.verdict : { verdict: 'error', ...trouble };
    expect(judgement).toMatchObject({ verdict: cause === undefined ? 'timedout' : 'error', message: expect.stringMatching(says) });
    expect(judgement?.cause).toBe(cause);
    if (after !== 'ended') expect(trouble.graceSeconds).toBe(after);
    expect((judgement?.evidence ?? []).map(({ reason }) => reason)).toEqual(evidence);
    const diagnosis = judgement && toDiagnosis(judgement, suite, suite.attempts.at(-1), run);
    expect(diagnosis?.hint ?? '').toMatch(cause === undefined ? /^$/ : hint);
  });
});
