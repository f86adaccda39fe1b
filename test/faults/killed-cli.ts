import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { shell, writesFailure, writesPass } from '../e2e/fixtures/suites.ts';
import type { Fault, FaultGroup, Outcome } from './fault.ts';
import type { FaultScene } from './support/fault-scene.ts';
import { podIs, suiteIs } from './support/observed.ts';
import { slowHelm } from './support/slow-helm.ts';

interface Phase {
  readonly name: string;
  readonly helm: { readonly afterInstall?: number; readonly beforeUninstall?: number };
  /** Resolves at the moment of the kill. */
  readonly reached: (scene: FaultScene) => Promise<unknown>;
  /** Whether the killed run had written its report already. */
  readonly hasReported?: boolean;
}

const phases: readonly Phase[] = [
  {
    name: 'before Helm has returned',
    helm: { afterInstall: 20 },
    reached: async (scene) => scene.until('the Jobs', async () => ((await scene.kubectl('get', 'jobs', '--output=name')).trim().split('\n').length === 3 ? true : undefined)),
  },
  { name: 'while pods are pending', helm: {}, reached: async (scene) => scene.seen(podIs('Pending')) },
  { name: 'while suites run', helm: {}, reached: async (scene) => scene.seen(suiteIs('running', 'slow')) },
  { name: 'while results are collected', helm: {}, reached: async (scene) => scene.seen(suiteIs('terminated', 'slow')) },
  {
    name: 'after the last suite, before the release is removed',
    helm: { beforeUninstall: 60 },
    reached: async (scene) => scene.until('the report', async () => scene.reportBytes().then((text) => (text.endsWith('}\n') ? true : undefined), () => undefined)),
    hasReported: true,
  },
];

const suites = {
  quick: shell(writesPass),
  breaks: shell(`sleep 1; ${writesFailure}; exit 1`),
  // Much to pack, little to send.
  slow: shell(`sleep 3; ${writesPass}; dd if=/dev/zero of=/results/zeros bs=1M count=30 2>/dev/null`),
};

/** Kills the run in a phase, and waits for it from other folders: one has looked on from the beginning, one comes later. */
async function killAt(scene: FaultScene, phase: Phase): Promise<Outcome> {
  await scene.suites(suites);
  const run = scene.start('run', [], { env: { KUBESUITE_HELM: await slowHelm(scene, phase.helm) } });
  const observed = observe(scene, 'observer');
  await phase.reached(scene);
  process.kill(-(run.process?.pid ?? 0), 'SIGKILL');
  await run;
  const outcome = await observed;
  await waitFrom(scene, 'second');
  const [first, ...others] = await Promise.all([...['observer', 'second'].map((name) => join(scene.folder, name)), ...(phase.hasReported ? [scene.folder] : [])].map(async (folder) => scene.reportBytes(folder)));
  for (const other of others) expect(other).toBe(first);
  expect((await scene.start('clean', ['e2e'])).exitCode).toBe(0);
  return outcome;
}

async function observe(scene: FaultScene, name: string): Promise<Outcome> {
  await scene.until('the release', async () => scene.kubectl('get', 'configmap', 'e2e-suites', '--output=name').catch(() => undefined));
  return waitFrom(scene, name);
}

async function waitFrom(scene: FaultScene, name: string): Promise<Outcome> {
  const folder = join(scene.folder, name);
  await mkdir(folder);
  return scene.outcome(scene.start('wait', ['e2e'], { folder }), folder);
}

export const killedCli: FaultGroup = {
  title: 'The CLI is killed',
  node: 'shared',
  faults: phases.map(
    (phase): Fault => ({
      title: `\`kill -9\` of the CLI (and its Helm) ${phase.name}`,
      happens: 'The suites go on. `kubesuite wait` from other folders gives the report of an observer who looked on from the beginning, byte for byte.',
      expected: { verdicts: { quick: 'passed', breaks: 'failed', slow: 'passed' }, exitCode: 1 },
      quick: true,
      act: async (scene) => killAt(scene, phase),
    }),
  ),
};

