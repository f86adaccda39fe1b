import { describe, expect, test } from 'vitest';
import { helm, kubeconfig } from '../support/e2e.ts';
import { brokenImages, brokenServices, brokenSuites } from './broken-suites.ts';
import { matrix } from './matrix.ts';
import { expectOutcome } from './support/fault-test.ts';

const place = () => ({ kubeconfig: kubeconfig(), helm: helm(4) });

describe.concurrent.each(matrix.filter(({ node }) => node === 'shared'))('$title', ({ faults }) => {
  test.for(faults.filter(({ quick }) => quick))('$title', { timeout: 420_000 }, async (fault) => {
    await expectOutcome(fault, place());
  });
});

test.concurrent('suites that are broken by themselves get their verdict and cause, and none of them a pass', { timeout: 420_000 }, async () => {
  const expected = {
    verdicts: Object.fromEntries(brokenSuites.map(({ key, expected: verdict }) => [key, verdict])),
    exitCode: 1,
  };
  await expectOutcome(
    {
      expected,
      act: async (scene) => {
        await scene.suites(Object.fromEntries(brokenSuites.map(({ key, suite }) => [key, suite])), {
          images: brokenImages,
          services: brokenServices,
        });
        const outcome = await scene.outcome(scene.start('run'));
        expect(Object.values(outcome.verdicts)).not.toContain('passed');
        return outcome;
      },
    },
    place(),
  );
});
