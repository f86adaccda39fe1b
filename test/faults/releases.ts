import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { x } from 'tinyexec';
import { shell, writesPass } from '../e2e/fixtures/suites.ts';
import type { FaultGroup } from './fault.ts';
import { slowHelm } from './support/slow-helm.ts';

const suites = { one: shell(`sleep 8; ${writesPass}`), two: shell(writesPass) };

export const releases: FaultGroup = {
  title: 'Releases',
  node: 'shared',
  faults: [
    {
      title: 'Helm is killed in the middle of an install',
      happens: 'The CLI tells it, and removes what there is.',
      expected: { verdicts: {}, exitCode: 3 },
      quick: true,
      act: async (scene) => {
        await scene.suites(suites);
        const run = scene.start('run', [], { env: { KUBESUITE_HELM: await slowHelm(scene, { afterInstall: 30 }) } });
        await scene.until('the release', async () => scene.kubectl('get', 'configmap', 'e2e-suites', '--output=name').catch(() => undefined));
        const pid = await scene.until('Helm', async () => (await x('pgrep', ['--parent', String(run.process?.pid), 'sleep'])).stdout.trim() || undefined);
        process.kill(Number(pid), 'SIGKILL');
        expect((await run).stderr).toContain('helm install');
        return scene.outcome(run);
      },
    },
    {
      title: 'CLI and Helm are killed in the middle of an install, and the run is started again',
      happens: 'The second run refuses to touch the release of the first and says how to remove it.',
      expected: { verdicts: {}, exitCode: 2 },
      quick: false,
      act: async (scene) => {
        await scene.suites(suites);
        const run = scene.start('run', [], { env: { KUBESUITE_HELM: await slowHelm(scene, { afterInstall: 30 }) } });
        await scene.until('the release', async () => scene.kubectl('get', 'configmap', 'e2e-suites', '--output=name').catch(() => undefined));
        process.kill(-(run.process?.pid ?? 0), 'SIGKILL');
        await run;
        const second = scene.start('run');
        expect((await second).stderr).toContain('kubesuite clean e2e');
        const outcome = await scene.outcome(second);
        expect((await scene.start('clean', ['e2e'])).exitCode).toBe(0);
        return outcome;
      },
    },
    {
      title: 'The namespace is deleted while suites run',
      happens: 'Nothing is waited for that cannot come; what had passed stays passed.',
      expected: { verdicts: { one: 'error: namespace-deleted', two: 'passed' }, exitCode: 3 },
      quick: true,
      act: async (scene) => {
        await scene.suites(suites);
        const run = scene.start('run');
        await scene.seen((event): event is typeof event & { type: 'results-collected' } => event.type === 'results-collected' && event.suite === 'two');
        await scene.kubectl('delete', 'namespace', scene.namespace, '--wait=false');
        return scene.outcome(run);
      },
    },
    {
      title: 'A ResourceQuota of the namespace has no room for any pod',
      happens: 'The numbers are told, in seconds.',
      expected: { verdicts: { one: 'error: quota', two: 'error: quota' }, exitCode: 3 },
      quick: true,
      act: async (scene) => {
        await scene.suites(suites);
        await scene.kubectl('create', 'quota', 'none', '--hard=pods=0');
        const outcome = await scene.outcome(scene.start('run'));
        await scene.kubectl('delete', 'quota', 'none');
        return outcome;
      },
    },
    {
      title: 'The disk of the CLI is full',
      happens: 'Results that cannot be kept are no pass; the release is removed.',
      expected: { verdicts: {}, exitCode: 3 },
      quick: true,
      act: async (scene) => {
        await scene.suites({ one: shell(`sleep 2; ${writesPass}; head -c 300000 /dev/urandom > /results/data`) });
        const disk = join(scene.folder, '.kubesuite');
        await mkdir(disk);
        await x('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk], { throwOnError: true });
        try {
          const run = scene.start('run');
          expect((await run).stderr).toContain('ENOSPC');
          return { verdicts: {}, exitCode: (await run).exitCode };
        } finally {
          await x('umount', [disk], { throwOnError: true });
        }
      },
    },
  ],
};
