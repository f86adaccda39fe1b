import { describe, expect, it } from 'vitest';
import { each, hole, when } from '../../lib/chart/hole.ts';
import { renderManifest } from '../../lib/chart/manifest.ts';
import { valuesYaml } from '../../lib/chart/values-yaml.ts';
import { parseTap } from '../../lib/run/results/parse-tap.ts';

describe('renderManifest', () => {
  it('writes each kind of hole as its type needs', () => {
    expect(
      renderManifest({
        string: hole.string('.Values.a'),
        int: hole.int('.Values.b'),
        bool: hole.bool('.Values.c'),
        block: { inner: hole.block('.Values.d') },
        list: [hole.string('.Values.e')],
        text: `{"n":${hole.int('.Values.f')},"s":"it's"}`,
      }),
    ).toMatchInlineSnapshot(`
      "block:
        inner:
          {{- toYaml .Values.d | nindent 4 }}
      bool: {{ .Values.c }}
      int: {{ .Values.b | int64 }}
      list:
        - {{ .Values.e | quote }}
      string: {{ .Values.a | quote }}
      text: '{"n":{{ .Values.f | int64 }},"s":"it''s"}'
      "
    `);
  });

  it('puts neighbours under one control, once', () => {
    const fields = { ...when('if .Values.x', { a: 1, b: { c: [2] } }), bb: 3, ...when('if .Values.x', { c: 4 }), ...when('if .Values.y', { d: 5 }) };
    expect(renderManifest({ map: fields })).toMatchInlineSnapshot(`
      "map:
        {{- if .Values.x }}
        a: 1
        b:
          c:
            - 2
        {{- end }}
        bb: 3
        {{- if .Values.x }}
        c: 4
        {{- end }}
        {{- if .Values.y }}
        d: 5
        {{- end }}
      "
    `);
  });

  it('puts fields and items between their controls', () => {
    expect(
      renderManifest({
        name: 'x',
        ...when('if .Values.a', { a: hole.string('.Values.a'), map: { b: [1] } }),
        list: ['first', ...each('range $k, $v := .Values.env', [{ name: hole.string('$k') }]), 'last'],
        only: [...each('range .Values.items', [hole.string('.')])],
      }),
    ).toMatchInlineSnapshot(`
      "name: x
      {{- if .Values.a }}
      a: {{ .Values.a | quote }}
      {{- end }}
      list:
        - first
        {{- range $k, $v := .Values.env }}
        - name: {{ $k | quote }}
        {{- end }}
        - last
      {{- if .Values.a }}
      map:
        b:
          - 1
      {{- end }}
      only:
        {{- range .Values.items }}
        - {{ . | quote }}
        {{- end }}
      "
    `);
  });

  it('keeps the order of keys that readers expect, whatever order they came in', () => {
    expect(renderManifest({ spec: {}, metadata: { labels: {}, name: 'x' }, kind: 'Job', apiVersion: 'batch/v1' })).toBe(
      'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\n  labels: {}\nspec: {}\n',
    );
  });

  it('quotes dates also in a run, whose TAP parser changes the yaml library', () => {
    expect(parseTap(['1..1\nok 1\n'])).toMatchObject({ ok: true });
    expect(renderManifest({ date: '2026-01-01' })).toBe('date: "2026-01-01"\n');
    expect(valuesYaml({ kind: 'group', description: '', members: { date: { kind: 'field', description: '', default: '2026-01-01', schema: {} } } })).toContain('date: "2026-01-01"\n');
  });

  it('quotes what YAML 1.1 would not take for a string', () => {
    expect(renderManifest({ yes: 'no', N: 'on', time: '1:30', date: '2026-01-01', octal: '012', float: '1e3', empty: '', under: '1_000' })).toMatchInlineSnapshot(`
      ""N": "on"
      date: "2026-01-01"
      empty: ""
      float: "1e3"
      octal: "012"
      time: "1:30"
      under: "1_000"
      "yes": "no"
      "
    `);
  });

  it('escapes what Helm would execute', () => {
    expect(renderManifest({ a: '{{ .Values }}', b: '{{{', c: 'x {{- y', d: `it's "{{"`, e: 'one\n{{ two }}\n', f: '\u0007{{', '{{k}}': 'v' })).toMatchInlineSnapshot(`
      "a: '{{ \`{{\` }} .Values }}'
      b: '{{ \`{{\` }}{'
      c: 'x {{ \`{{\` }}- y'
      d: 'it''s "{{ \`{{\` }}"'
      e: |
        one
        {{ \`{{\` }} two }}
      f: "\\u0007{{ \`{{\` }}"
      '{{ \`{{\` }}k}}': v
      "
    `);
  });

  it('keeps a brace before a hole apart from it', () => {
    expect(renderManifest({ a: `{${hole.raw('.x')}}` })).toBe("a: '{{ `{` }}{{ .x }}}'\n");
  });
});
