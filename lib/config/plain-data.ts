import type { Finding, Path } from './problem.ts';

/**
 * A copy of what a config file exports with nothing but plain objects, lists, text, numbers and
 * booleans. A config becomes a chart, so that all else is a finding; it is left out of the copy.
 */
export function toPlainData(input: unknown): { readonly data: unknown; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const data = copy(input, [], [], findings);
  return { data, findings };
}

function copy(value: unknown, path: Path, parents: readonly unknown[], findings: Finding[]): unknown {
  if (value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)) return value;
  const refuse = (rule: string, hint?: string): undefined => {
    findings.push({ path, rule, hint });
  };
  if (typeof value !== 'object') return refuse('must be plain data', hintFor(value));
  if (parents.includes(value)) return refuse('must not contain itself');
  if (Array.isArray(value)) return value.map((item, index) => copy(item, [...path, index], [...parents, value], findings));
  if (!isPlainObject(value)) return refuse('must be plain data', hintFor(value));
  return copyObject(value, path, [...parents, value], findings);
}

function copyObject(object: object, path: Path, parents: readonly unknown[], findings: Finding[]): object {
  const entries: [string, unknown][] = [];
  for (const key of Reflect.ownKeys(object)) {
    const property = Object.getOwnPropertyDescriptor(object, key);
    const name = String(key);
    if (typeof key === 'symbol' || key === '__proto__') findings.push({ path: [...path, name], rule: 'must have another name', isKey: true });
    else if (property?.get !== undefined) findings.push({ path: [...path, name], rule: 'must be a value, not a getter' });
    else entries.push([name, copy(property?.value, [...path, name], parents, findings)]);
  }
  return Object.fromEntries(entries);
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The config's own module may come from another realm, such as a test runner's.
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf'));
}

function hintFor(value: unknown): string | undefined {
  if (typeof value === 'function') return 'write its result';
  return value instanceof Promise ? 'await it' : undefined;
}
