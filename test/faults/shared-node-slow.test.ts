import { describe, test } from 'vitest';
import { helm, kubeconfig } from '../support/e2e.ts';
import { matrix } from './matrix.ts';
import { expectOutcome } from './support/fault-test.ts';

const groups = matrix.filter(({ node }) => node === 'shared').map(({ title, faults }) => ({ title, faults: faults.filter(({ quick }) => !quick) }));

describe.concurrent.each(groups.filter(({ faults }) => faults.length > 0))('$title', ({ faults }) => {
  test.for(faults)('$title', { timeout: 240_000 }, async (fault) => {
    await expectOutcome(fault, { kubeconfig: kubeconfig(), helm: helm(4) });
  });
});
