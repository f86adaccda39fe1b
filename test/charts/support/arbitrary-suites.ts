import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { ResolvedSuite } from '../../../lib/config/resolved.ts';
import { filesResults, suiteOf } from './fixture.ts';

/** Texts that templates, YAML or JSON could take for something else. */
const text = fc.oneof(
  fc.constantFrom('{{ .Values.x }}', '{{', '{', '}}', "it's", '"quoted"', 'a: b # c', '- x', 'no', '1e3', '0x1F', 'null', '~', '', ' ', 'two\nlines\n', 'tab\t', 'a\\b', '`', '<&>', '\u0085', '\u2028', '\u0007', 'ü', '😀', '%d %s', '$entry', 'é\u0301'),
  fc.string({ maxLength: 12 }),
);
/** Of a file name or an argument, as most are. */
const word = fc.stringMatching(/^[a-z][a-z0-9/._-]{0,12}$/).filter(isText);
const argument = fc.oneof({ weight: 3, arbitrary: word }, { weight: 1, arbitrary: text });
const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/).filter(isText);

const fields = fc.record(
  {
    type: fc.constantFrom('smoke', 'integration', 'platform'),
    image: fc.constantFrom('tests', 'tools'),
    command: fc.array(argument, { minLength: 1, maxLength: 3 }),
    args: fc.array(argument, { minLength: 1, maxLength: 3 }),
    workingDir: fc.constantFrom('/srv', '/app'),
    env: fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B', 'N', 'HOME', 'a.b-c'), value: text }), { selector: (env) => env.name, maxLength: 3 }),
    timeoutSeconds: fc.integer({ min: 1, max: 86_400 }),
    startTimeoutSeconds: fc.integer({ min: 1, max: 3600 }),
    retries: fc.integer({ min: 0, max: 3 }),
    shards: fc.integer({ min: 1, max: 3 }),
    results: fc.constantFrom<ResolvedSuite['results']>(filesResults, { ...filesResults, path: '/reports' }, { from: 'stdout', format: 'tap' }, { from: 'exit-code' }),
    uses: fc.subarray(['redis', 'web', 'outside']),
    tags: fc.array(fc.oneof(word, text), { maxLength: 2 }),
    labels: fc.dictionary(fc.constantFrom('team', 'tier'), name, { maxKeys: 2 }),
    podSecurity: fc.constantFrom('restricted', 'baseline'),
    runAsUser: fc.constantFrom<number | 'image'>(0, 1000, 2000, 'image'),
    rules: fc.constantFrom<ResolvedSuite['rules']>([], [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }], [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }]),
    clusterRoles: fc.subarray(['view', 'system:basic-user']),
  },
  { requiredKeys: [] },
);

/** Suites of which many have the same shape, and differ as suites do. */
export const arbitrarySuites: Arbitrary<readonly ResolvedSuite[]> = fc
  .tuple(fc.array(fields, { minLength: 1, maxLength: 3 }), fc.uniqueArray(fc.tuple(name, fc.nat(), argument, fc.integer({ min: 0, max: 5 })), { selector: ([key]) => key, minLength: 2, maxLength: 8 }))
  .map(([shapes, entries]) =>
    entries.map(([key, shape, last, retries]) => {
      const base = shapes[shape % shapes.length] ?? {};
      const defined = Object.fromEntries(Object.entries(base).filter(([, value]) => value !== undefined));
      return suiteOf({ name: key, ...defined, retries, command: [...(base.command ?? ['run']), last, key] });
    }),
  )
  // `a-1` may be a suite, or the first shard of `a`.
  .filter((suites) => new Set(suites.flatMap(keysOf)).size === suites.flatMap(keysOf).length);

/** `e0` or `e-0` is a text to Helm, and no number at all to the parser of these tests. */
function isText(value: string): boolean {
  return !/^e-?\d+$/.test(value);
}

function keysOf({ name: key, shards }: ResolvedSuite): readonly string[] {
  return shards === 1 ? [key] : Array.from({ length: shards }, (_, index) => `${key}-${index + 1}`);
}
