import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { controlOf, hole, partsOf } from '../../../lib/chart/hole.ts';
import { mergeExpressions, mergeValues } from '../../../lib/chart/merge-values.ts';
import { RangeRows } from '../../../lib/chart/range-rows.ts';
import { shapeOf } from '../../../lib/chart/shape.ts';

const text = fc.oneof(fc.string(), fc.constantFrom('it\'s', '{{', 'a\nb', '😀', '\u0007', '$entry', 'key-1 and more'));
// JSON has no -0.
const double = fc.double({ noNaN: true }).map((number) => number + 0);
const leaf = fc.oneof(text, fc.integer(), fc.boolean(), double, text.map((inner) => `${inner}${hole.int('$suite.retries')}${inner}`), text.map((inner) => hole.string(`include "x.name" (list $ ${JSON.stringify(inner)})`)));
const tree = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(text, { maxLength: 3 }), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 })),
})).value;

it('writes one value for all of the same shape, from which each comes back with its data', () => {
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 8 }), (trees) => {
      for (const group of Map.groupBy(trees, shapeOf).values()) {
        const keys = group.map((_, index) => `key-${index}`);
        const rows = new RangeRows(keys);
        const merged = mergeValues(group, rows);
        const data = JSON.parse(JSON.stringify(rows.toRows(7))) as readonly (readonly unknown[])[];
        for (const [index, key] of keys.entries()) expect(withData(merged, key, data[index] ?? [])).toEqual(group[index]);
      }
    }),
    { numRuns: 500 },
  );
});

it('has data that two places share only once, and the key never', () => {
  const rows = new RangeRows(['cart', 'search']);
  const merged = mergeValues(['cart', 'search'].map((key, index) => ({ name: key, label: `suite ${hole.raw('$run')} ${key}!`, n: index, again: index, path: `tests/${key}.py`, also: hole.string(`include (list "${key}" "tests/${key}.py")`) })), rows);
  expect(rows.toRows(1)).toEqual([['cart', 1, 0, 'tests/cart.py'], ['search', 1, 1, 'tests/search.py']]);
  expect(merged).toEqual({
    name: hole.string('$entry'),
    label: `suite ${hole.raw('$run')} ${hole.raw('$entry')}!`,
    n: hole.int('index $row 2'),
    again: hole.int('index $row 2'),
    path: hole.string('index $row 3'),
    also: hole.string('include (list $entry (index $row 3))'),
  });
});

it('leaves what is the same for all as it is', () => {
  expect(mergeExpressions(['if eq "a" "b"', 'if eq "a" "b"'], new RangeRows(['x', 'y']))).toBe('if eq "a" "b"');
});

/** What Helm would do with the holes of `mergeValues`, and only with these. */
function withData(value: unknown, key: string, row: readonly unknown[]): unknown {
  const lookUp = (expression: string): unknown => {
    const [, column] = /^index \$row (\d+)$/.exec(expression) ?? [];
    return column === undefined ? key : row[Number(column)];
  };
  if (Array.isArray(value)) {
    const [first] = value as unknown[];
    const [only] = typeof first === 'object' && first !== null ? Object.keys(first) : [];
    const control = only === undefined ? undefined : controlOf(only)?.control;
    return control?.startsWith('range index $row') === true ? lookUp(control.replace('range ', '')) : value.map((item) => withData(item, key, row));
  }
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withData(member, key, row)]));
  if (typeof value !== 'string') return value;
  const parts = partsOf(value).map((part) => {
    if (part.kind === 'text') return part.text;
    if (/^(\$entry|index \$row \d+)$/.test(part.expression)) return lookUp(part.expression);
    const expression = part.expression.replaceAll(/\(index \$row \d+\)|\$entry(?= |\))/g, (found) => JSON.stringify(lookUp(found.replaceAll(/[()]/g, ''))));
    return hole[part.kind as 'int'](expression).replace(/^(.)\w+/u, `$1${part.kind}`);
  });
  return parts.length === 1 ? parts[0] : parts.join('');
}
