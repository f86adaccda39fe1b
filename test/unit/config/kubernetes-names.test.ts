import { describe, expect, test } from 'vitest';
import { clusterRoleName, dataKey, envName, isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, name, objectName, ownLabelKey } from '../../../lib/config/schema/kubernetes-names.ts';

const grammars: readonly (readonly [string, (value: string) => boolean, readonly string[], readonly string[]])[] = [
  ['a DNS label', isDnsLabel, ['a', 'a-1', '1a', 'a'.repeat(63)], ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a'.repeat(64), 'ü', 'a\n']],
  ['a DNS subdomain', isDnsSubdomain, ['a', 'a.b', '1.2.3', `${'a'.repeat(64)}.b`, 'a'.repeat(253)], ['', '.', 'a.', 'a..b', 'a_b', 'a.'.repeat(126) + 'aa']],
  ['a label key', isLabelKey, ['app', 'example.com/app', 'A.b_c-d', '1'], ['', '/app', 'a/', 'a/b/c', 'Example_.com/app', '-a', 'a'.repeat(64), 'a b']],
  ['a label value', isLabelValue, ['', 'x', 'a.b-c_D', '1'], ['-x', 'x-', 'x y', 'x/', 'a'.repeat(64)]],
  ['a name', name.obeys, ['a', 'checkout-api', 'a1', 'a'.repeat(40)], ['', '1', '1a', 'A', 'a.b', 'a-', 'a'.repeat(41)]],
  ['the name of an environment variable', envName.obeys, ['PATH', '_x', 'my.var', 'a-b'], ['', '1A', 'A=B', 'A B', '.', '..A', 'KUBESUITE_SHARD']],
  ['the name of a ClusterRole', clusterRoleName.obeys, ['view', 'system:basic-user', 'Team_A.read@shop'], ['', '.', '..', 'a/b', 'a%b', 'a b']],
  ['a key of a Secret', dataKey.obeys, ['tls.crt', 'A_b-1', '.env'], ['', '..', '.', 'a/b', 'a b']],
  ['a label of the user', ownLabelKey.obeys, ['team', 'example.com/team', 'app.kubernetes.io/part-of'], ['kubesuite.dev/suite', 'app.kubernetes.io/name', 'job-name', 'batch.kubernetes.io/job-name', 'a b']],
];

describe.each(grammars)('%s', (_title, obeys, right, wrong) => {
  test.each(right)('%j is one', (value) => {
    expect(obeys(value)).toBe(true);
  });
  test.each(wrong)('%j is none', (value) => {
    expect(obeys(value)).toBe(false);
  });
});

test.each([
  [name, 'My Shop', "write 'my-shop'"],
  [name, '2fa_Login', "write 'fa-login'"],
  [name, '--', undefined],
  [objectName, 'TLS_Key', "write 'tls-key'"],
  [envName, '1st value', "write '_1st_value'"],
])('what was meant: %#', (rule, received, hint) => {
  expect(rule.hint?.(received)).toBe(hint);
});
