import { describe, expect, test } from 'vitest';
import { findResultsTrouble } from '../../../lib/run/diagnosis/find-results-trouble.ts';
import { toPodSnapshot } from '../../../lib/run/snapshots.ts';
import { contractOf, exited, jobOf, podOf, running } from '../../support/kube-objects.ts';

const podWith = (collector: Parameters<typeof exited>) => toPodSnapshot(podOf(jobOf(contractOf('a')), exited(0), { collector: exited(...collector) }), false);
const looksOn = toPodSnapshot(podOf(jobOf(contractOf('a')), exited(0), { collector: running() }), false);

describe('results that are missing', () => {
  const missing = { ok: false, cause: 'results-missing', message: 'Nothing came.', files: [] } as const;

  test.each([0, 1])('are told in the same way whether the collector is seen at work or has ended with its exit code %i', (exitCode) => {
    expect(findResultsTrouble(podWith([exitCode]), missing)).toEqual(findResultsTrouble(looksOn, missing));
  });

  test('because the collector had no memory', () => {
    expect(findResultsTrouble(podWith([137, 'OOMKilled']), missing)).toMatchObject({ cause: 'collector-failed', evidence: [{ name: 'collector', reason: 'OOMKilled' }] });
  });

  test('because the collector was ended', () => {
    expect(findResultsTrouble(podWith([143]), missing)).toMatchObject({ cause: 'collector-failed', message: expect.stringContaining('exit code 143 (Error) before the results were out. Nothing came.'), evidence: [{ name: 'collector' }] });
  });
});

test('results that were there and are wrong are nothing that the end of the collector explains', () => {
  const invalid = { ok: false, cause: 'results-invalid', message: 'No JUnit.', files: [] } as const;
  expect(findResultsTrouble(podWith([0]), invalid)).toEqual({ cause: 'results-invalid', message: 'No JUnit.', evidence: [] });
});
