import type { SuiteReport, Verdict } from '../../run/report.ts';
import type { TestCase } from '../../run/results/test-case.ts';

export function isFailing({ status }: TestCase): boolean {
  return status === 'failed' || status === 'error';
}

export function failingTests({ attempts }: Pick<SuiteReport, 'attempts'>): readonly TestCase[] {
  return (attempts.at(-1)?.tests ?? []).filter(isFailing);
}

export function isBad({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === 'failed' || verdict === 'timedout' || verdict === 'error';
}

/** What a test says of its failure: message and details, without saying the message twice. */
export function failureText({ message = '', details = '' }: TestCase): string {
  return details.includes(message) ? details : `${message}\n${details}`.trimEnd();
}

/** `tests/test_worker.py › test_retry` */
export function testTitle({ group, name }: TestCase): string {
  return [group, name].filter(Boolean).join(' › ');
}
