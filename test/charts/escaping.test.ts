import { beforeAll, describe, expect, it } from 'vitest';
import { configOf, suiteOf } from './support/fixture.ts';
import { ChartOnDisk, helmBuildTimeoutMs, helmMajors, prepareHelm } from './support/helm.ts';
import { jobOf, suiteContainerOf } from './support/kube-object.ts';

const nasty = [
  '{{ .Values }}', '{{- end }}', '}}', '{{{{{', '{{"{{"}}', '${{ github.sha }}', '{{/* no */}}', '`{{`', '{', '{ {',
  'no', 'on', 'Y', 'NULL', '~', '012', '0x1f', '1e3', '1_000', '1:30', '2026-01-01', '.inf', '-', '?', '!x', '&x', '*x', '|', '>', '@x', '%x', '`x`',
  '', ' ', ' leading', 'trailing ', 'a: b', 'a #b', '# c', '---', '...', "it's", 'say "no"', 'back\\slash', '\\n', "'", '"', `'"'"`,
  'two\nlines', 'two\nlines\n', '\nfirst', 'three\n\n\n', 'tab\there', '  indented\n next {{ x }}\n', 'trailing \nspace', 'win\r\ndows', '\r', '{{ a\n}}',
  '\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\u009f', '\u00a0', '\u2028', '\u2029', '\ufeff', 'ü', '日本', '😀', '\u{10ffff}',
  'x'.repeat(2_000), 'long words '.repeat(100), '$(HOME)', '%s %d', '<&>', '[a, b]', '{a: b}', 'a, b', ':', ': ', ' :',
];

const suite = suiteOf({
  name: 'nasty',
  command: nasty,
  args: [nasty.join('\n')],
  env: nasty.map((value, index) => ({ name: `V${index}`, value })),
  tags: nasty,
  annotations: Object.fromEntries(nasty.map((value, index) => [`example.com/n${index}`, value])),
  results: { from: 'files', format: 'junit', path: '/results', files: '{{ * }}/"\'.xml', maxBytes: 1 },
});

beforeAll(prepareHelm, helmBuildTimeoutMs);

describe.each(helmMajors)('Helm %i', (major) => {
  it('gives back every string as the config has it', async () => {
    using chart = new ChartOnDisk(configOf({ suites: [suite] }));
    const job = jobOf(await chart.template(major), 'nasty');
    const container = suiteContainerOf(job);
    expect(container.command).toEqual(nasty);
    expect(container.args).toEqual([nasty.join('\n')]);
    expect(container.env?.filter(({ name }) => /^V\d/.test(name)).map(({ value }) => value)).toEqual(nasty);
    expect(Object.values(job.spec.template.metadata.annotations ?? {})).toEqual(expect.arrayContaining(nasty));
    const contract = JSON.parse(job.metadata.annotations?.['kubesuite.dev/contract'] ?? '') as { tags: string[]; results: { files: string } };
    expect(contract.tags).toEqual(nasty);
    expect(contract.results.files).toBe('{{ * }}/"\'.xml');
  });
});
