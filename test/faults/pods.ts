import { shell, writesFailure, writesPass } from '../e2e/fixtures/suites.ts';
import type { PodObserved } from '../../lib/run/events.ts';
import { slow, type Fault, type FaultGroup, type Outcome } from './fault.ts';
import type { FaultScene } from './support/fault-scene.ts';
import { suiteIs } from './support/observed.ts';

type Harm = (scene: FaultScene, pod: string, seen: PodObserved) => Promise<unknown>;

/** Runs one suite and does something to its pod while it runs. */
async function whileRunning(scene: FaultScene, suite: object, harm: Harm): Promise<Outcome> {
  await scene.suites({ suite });
  const run = scene.start('run');
  const seen = await scene.seen(suiteIs('running'));
  await harm(scene, seen.pod.name, seen);
  return scene.outcome(run);
}

/** As `kubectl drain` does. */
async function evict(scene: FaultScene, pod: string): Promise<void> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: scene.namespace } };
  await scene.post(`/api/v1/namespaces/${scene.namespace}/pods/${pod}/eviction`, eviction);
}

function fault(title: string, happens: string, suite: object, harm: Harm, verdict: string, exitCode: number): Fault {
  return { title, happens, expected: { verdicts: { suite: verdict }, exitCode }, quick: true, act: async (scene) => whileRunning(scene, suite, harm) };
}

/** A suite that a SIGTERM ends; a shell alone would not notice it as the first process of its container. */
const polite = (seconds: number, then: string): string => `trap 'exit 143' TERM; sleep ${seconds} & wait $!; ${then}`;
const long = shell(polite(10, writesPass));
const deletePod: Harm = async (scene, pod) => scene.kubectl('delete', 'pod', pod, '--wait=false');

export const pods: FaultGroup = {
  title: 'Pods and Jobs',
  node: 'shared',
  faults: [
    fault('The pod is deleted while the suite runs', 'The Job has failed by it, so nothing runs again.', long, deletePod, 'error: pod-deleted', 3),
    slow(fault('The pod is deleted by force', 'Neither log nor results are left.', long, async (scene, pod) => scene.kubectl('delete', 'pod', pod, '--force', '--grace-period=0'), 'error: pod-deleted', 3)),
    fault(
      'The pod of a suite with `retries` is deleted',
      'The next pod counts; the lost one is no failure of the suite.',
      shell(polite(5, writesPass), { retries: 1 }),
      deletePod,
      'passed',
      0,
    ),
    fault(
      'The suite answers the deletion of its pod with exit code 0 and passing tests',
      'It did not end by itself, so it is no pass.',
      shell(`trap '${writesPass.replaceAll("'", "'\\''")}; exit 0' TERM; sleep 60 & wait`),
      deletePod,
      'error: pod-deleted',
      3,
    ),
    fault('The pod is evicted once (Eviction API)', 'Kubernetes starts another one (`infraRetries`), which counts.', shell(polite(5, writesPass)), evict, 'passed', 0),
    slow(fault(
      'The pod is evicted twice',
      'More often than `infraRetries`: an error, whatever Kubernetes starts next.',
      long,
      async (scene, pod) => {
        await evict(scene, pod);
        const next = await scene.seen((event): event is PodObserved => event.type === 'pod-observed' && event.pod.name !== pod && event.pod.suite.state === 'running');
        await evict(scene, next.pod.name);
      },
      'error: evicted',
      3,
    )),
    slow(fault(
      'The pod is evicted, and its successor fails by its tests',
      'A failure of the suite, not of the cluster.',
      shell(polite(5, `${writesFailure}; exit 1`)),
      evict,
      'failed',
      1,
    )),
    slow(fault(
      'The pod is deleted, and its suite does not care and passes',
      'It may have seen the end coming: no proof, no pass.',
      shell(`sleep 6; ${writesPass}`),
      deletePod,
      'error: pod-deleted',
      3,
    )),
    slow(fault('The Job is deleted', 'Nothing is waited for that cannot come.', long, async (scene, _pod, { suite }) => scene.kubectl('delete', 'jobs', '--selector', `kubesuite.dev/suite=${suite}`, '--wait=false'), 'error: job-deleted', 3)),
    slow(fault('The collector is killed while the suite runs', 'Kubernetes starts it again, and it still collects.', long, async (scene, pod) => scene.kubectl('exec', pod, '--container=collector', '--', 'sh', '-c', 'kill -TERM 1').catch(() => undefined), 'passed', 0)),
    fault(
      'A result file shrinks while it is packed',
      'The results are told as incomplete.',
      shell(`until [ -e /results/changing ]; do sleep 1; done; ${writesPass}`),
      async (scene, pod) => {
        // When tar has it open, and not by chance meanwhile; large, so that it is still being read then.
        const change = 'truncate -s 150M /results/changing; while :; do for open in /proc/[0-9]*/fd/*; do if [ "$open" -ef /results/changing ]; then : >/results/changing; exit; fi; done; done';
        void scene.kubectl('exec', pod, '--container=collector', '--', 'sh', '-c', `(${change}) >/dev/null 2>&1 & sleep 1`).catch(() => undefined);
      },
      'error: results-truncated',
      3,
    ),
  ],
};
