import { expect, it } from 'vitest';
import { explainError } from '../../lib/cli/explain-error.ts';
import { KubesuiteError } from '../../lib/errors.ts';

it('tells message and hint', () => {
  expect(explainError(new KubesuiteError('USAGE', 'no such suite', { hint: 'name another' }))).toBe('error: no such suite\nhint: name another\n');
});

it('makes no workflow command of what a cluster says', () => {
  const said = 'admission webhook denied the request:\n::set-env name=PATH::/evil\n  ::add-mask::x\n##vso[task.setvariable]x\n\u001b[31mred';
  expect(explainError(new KubesuiteError('CLUSTER_FAILED', said))).toBe(
    'error: admission webhook denied the request:\n│ ::set-env name=PATH::/evil\n│   ::add-mask::x\n│ ##vso[task.setvariable]x\nred\n',
  );
});
