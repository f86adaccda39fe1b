import { setTimeout } from 'node:timers/promises';
import { shell, writesPass } from '../e2e/fixtures/suites.ts';
import type { Fault, FaultGroup, Outcome } from './fault.ts';
import type { FaultScene } from './support/fault-scene.ts';
import { signal } from '../cluster/process-identity.ts';
import { fillDisk, findInPods, kill, pause, resume, start } from './support/node-parts.ts';
import { suiteIs } from './support/observed.ts';

const tap = "echo TAP version 13; echo 1..1; echo 'ok 1'";
const threePass: Outcome = { verdicts: { early: 'passed', late: 'passed', stdout: 'passed' }, exitCode: 0 };

/** One suite ends before the harm, one during it, one after it. */
async function whileRunning(scene: FaultScene, harm: (scene: FaultScene) => Promise<void>, seconds = 25): Promise<Outcome> {
  await scene.suites({
    early: shell(writesPass),
    stdout: shell(`sleep 8; ${tap}`, { results: 'stdout:tap' }),
    late: shell(`sleep ${seconds}; ${writesPass}`, { timeout: '4m' }),
  });
  const run = scene.start('run');
  await scene.seen((event): event is typeof event & { type: 'results-collected' } => event.type === 'results-collected' && event.suite === 'early');
  await scene.seen(suiteIs('running', 'late'));
  await harm(scene);
  return scene.outcome(run);
}

function fault(title: string, happens: string, harm: (scene: FaultScene) => Promise<void>, expected: Outcome = threePass, seconds?: number): Fault {
  return { title, happens, expected, quick: false, act: async (scene) => whileRunning(scene, harm, seconds) };
}

async function away(scene: FaultScene, part: string, ms: number): Promise<void> {
  const command = kill(scene.node, part);
  await setTimeout(ms);
  start(scene.node, part, command);
}

export const ownNode: FaultGroup = {
  title: 'The node and its control plane',
  node: 'own',
  faults: [
    fault('The API server is killed and comes back after 10 s', 'No time counts meanwhile; then watches and logs go on.', async (scene) => away(scene, 'kube-apiserver', 10_000)),
    fault('API server and etcd are killed and come back after 10 s', 'The same.', async (scene) => {
      const [api, etcd] = [kill(scene.node, 'kube-apiserver'), kill(scene.node, 'etcd')];
      await setTimeout(10_000);
      start(scene.node, 'etcd', etcd);
      start(scene.node, 'kube-apiserver', api);
    }),
    fault('etcd stands still for 20 s', 'The same.', async (scene) => {
      pause(scene.node, 'etcd');
      await setTimeout(20_000);
      resume(scene.node, 'etcd');
    }),
    fault('The API server stands still for 20 s, with its connections open', 'Silent connections are given up and made anew.', async (scene) => {
      pause(scene.node, 'kube-apiserver');
      await setTimeout(20_000);
      resume(scene.node, 'kube-apiserver');
    }),
    fault('The relay, the only way to the API server, is killed and comes back after 10 s', 'The same.', async (scene) => away(scene, 'relay', 10_000)),
    fault('The kubelet is killed and comes back after 15 s', 'Suites run on; their ends are seen when it is back.', async (scene) => away(scene, 'kubelet', 15_000)),
    fault('containerd is restarted', 'Containers run on; logs and results are read when it is back.', async (scene) => away(scene, 'containerd', 5000)),
    fault('The controller manager is killed and comes back after 15 s', 'Verdicts do not wait for Job conditions; nothing is lost.', async (scene) => away(scene, 'kube-controller-manager', 15_000)),
    fault(
      'The node is NotReady for a minute',
      'Suites run on; a taint of less than 5 min evicts nobody.',
      async (scene) => {
        const command = kill(scene.node, 'kubelet');
        await scene.until('the node to be NotReady', async () => ((await scene.kubectl('get', 'nodes')).includes('NotReady') ? true : undefined));
        start(scene.node, 'kubelet', command);
      },
      threePass,
      30,
    ),
    {
      title: 'The kubelet is killed and does not come back before the suite\'s timeout and 90 s more',
      happens: 'An error with its cause; nothing is waited for without end.',
      expected: { verdicts: { suite: 'error: node-lost' }, exitCode: 3 },
      quick: false,
      act: async (scene) => {
        await scene.suites({ suite: shell(`sleep 15; ${writesPass}`, { timeout: '20s' }) });
        const run = scene.start('run', ['--keep']);
        await scene.seen(suiteIs('running'));
        const command = kill(scene.node, 'kubelet');
        const outcome = await scene.outcome(run);
        start(scene.node, 'kubelet', command);
        await scene.start('clean', ['e2e']);
        return outcome;
      },
    },
    {
      title: 'The collector is killed (`kill -9`) before it has packed the results',
      happens: 'Exit code 0 and no results are no pass; the collector is to blame, not the suite.',
      expected: { verdicts: { suite: 'error: collector-failed' }, exitCode: 3 },
      quick: false,
      act: async (scene) => {
        await scene.suites({ suite: shell(`sleep 6; ${writesPass}`) });
        const run = scene.start('run');
        await scene.seen(suiteIs('running'));
        // Stopped, it gets the SIGTERM that tells it to pack, and cannot act on it.
        const collector = findInPods(scene.node, 'collect.sh');
        signal(collector, 'SIGSTOP');
        await scene.seen(suiteIs('terminated'));
        signal(collector, 'SIGKILL');
        return scene.outcome(run);
      },
    },
    {
      title: 'The suite fills the disk that it may use (sizeLimit of a volume)',
      happens: 'The kubelet evicts it; it is not started again.',
      expected: { verdicts: { suite: 'error: disk-full' }, exitCode: 3 },
      quick: false,
      act: async (scene) => {
        await scene.suites({ suite: shell(`${writesPass}; dd if=/dev/zero of=/scratch/big bs=1M count=20 2>/dev/null; sleep 200`, { timeout: '4m', volumes: [{ emptyDir: { sizeLimit: '5Mi' }, mountPath: '/scratch' }] }) });
        return scene.outcome(scene.start('run'));
      },
    },
    {
      title: 'The disk of the node is full',
      happens: 'The kubelet evicts the pod; once more than `infraRetries`, or with no room for another one, it is an error.',
      expected: { verdicts: { suite: 'error: evicted' }, exitCode: 3 },
      quick: false,
      act: async (scene) => {
        await scene.suites({ suite: shell(`sleep 200; ${writesPass}`, { timeout: '4m', infraRetries: 0 }) });
        const run = scene.start('run');
        await scene.seen(suiteIs('running'));
        const free = await fillDisk(scene.node);
        try {
          return await scene.outcome(run);
        } finally {
          await free();
        }
      },
    },
  ],
};
