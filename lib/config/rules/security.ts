import { defaults } from '../defaults.ts';
import { entriesOf, typeOf, type Draft } from '../draft.ts';
import type { Finding } from '../problem.ts';

/** PodSecurity `restricted` refuses root. */
export function checkSecurity(draft: Draft): readonly Finding[] {
  return entriesOf(draft.suites).flatMap(([name, suite]) => {
    const type = typeOf(suite, draft);
    const user = suite.runAsUser ?? type?.runAsUser;
    const level = suite.podSecurity ?? type?.podSecurity ?? defaults.podSecurity;
    if (user !== 0 || level !== 'restricted') return [];
    const rule = "must not be root under podSecurity 'restricted'";
    return [{ path: ['suites', name, 'runAsUser'], rule, received: user, hint: "write another user id, or podSecurity: 'baseline'" }];
  });
}
