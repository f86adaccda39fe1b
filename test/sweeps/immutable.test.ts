import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ChartOnDisk, helmBuildTimeoutMs, prepareHelm } from '../charts/support/helm.ts';
import type { KubeObject } from '../charts/support/kube-object.ts';
import { variedConfig, variedSuites } from '../charts/support/fixture.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What Kubernetes refuses to change in an object that is there. */
const immutable: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Job: [['spec', 'template'], ['spec', 'podFailurePolicy']],
  PriorityClass: [['value'], ['preemptionPolicy']],
  ResourceQuota: [['spec', 'scopes']],
  RoleBinding: [['roleRef']],
};

/** Other values that the schema allows where the default stands; by the last part of the path, else by kind. */
const others: Readonly<Record<string, Json>> = {
  id: 'other',
  digest: `sha256:${'cd'.repeat(32)}`,
  pullPolicy: 'Always',
  resources: { requests: { cpu: '10m' }, limits: { memory: '1Gi' } },
  quota: { pods: '3' },
  env: { EXTRA: 'x' },
  nodeSelector: { disk: 'fast' },
  trigger: 'argocd-postsync',
  start: 'controlled',
  pullSecrets: ['other'],
  limits: { cpu: '2' },
  tolerations: [{ key: 'other', operator: 'Exists' }],
  labels: { team: 'other' },
  annotations: { 'example.com/owner': 'other' },
};

/** Values that values.yaml leaves out while they are empty. */
const optional = {
  images: { tests: { pullSecrets: ['one'] } },
  types: { platform: { limits: { cpu: '1' }, queueName: 'one', tolerations: [{ key: 'one' }], nodeSelector: { a: 'b' }, labels: { a: 'b' }, annotations: { a: 'b' } } },
};

/** What has to change with a value: Kueue and the CLI cannot both start a Job. */
const together: Readonly<Record<string, object>> = { start: { types: { platform: { queueName: '' } } } };

/** A suite with all that pods can have, and one with a Role. */
const config = { ...variedConfig, suites: variedSuites.filter(({ name }) => name === 'worker' || name === 'watcher') };

beforeAll(prepareHelm, helmBuildTimeoutMs);

describe('every value may change in an upgrade', () => {
  it.each([{}, { ...optional, run: { id: 'same' }, priorityClasses: { create: true }, productionMode: true }])('starting from %j', { timeout: 60_000 }, async (start) => {
    using chart = new ChartOnDisk(config);
    const template = async (values: object): Promise<ReadonlyMap<string, string>> => fixedParts(await chart.template(4, { values }));
    const before = await template(start);
    const defaults = parse(chart.files.get('values.yaml') ?? '') as Json;
    const refused: string[] = [];
    const changes = Map.groupBy(leavesOf(merge(defaults as object, start) as Json), ({ path }) => whereverItIs(path));
    expect(changes.size).toBeGreaterThan(25);
    for (const [what, leaves] of changes) {
      const changed = leaves.map(({ path, value }) => merge(together[path[0] ?? ''] ?? {}, nest(path, otherThan(path, valueAt(start, path) ?? value))));
      const after = await template([start, ...changed].reduce(merge));
      for (const [name, fixed] of after) {
        if (before.has(name) && before.get(name) !== fixed) refused.push(`${what} changes ${name}`);
      }
    }
    expect(refused).toEqual([]);
  });
});

function fixedParts(objects: readonly KubeObject[]): ReadonlyMap<string, string> {
  return new Map(objects.flatMap((object) => {
    const paths = immutable[object.kind];
    return paths === undefined ? [] : [[`${object.kind}/${object.metadata.name}`, JSON.stringify(paths.map((path) => valueAt(object, path) ?? null))]];
  }));
}

function leavesOf(value: Json, path: readonly string[] = []): readonly { readonly path: readonly string[]; readonly value: Json }[] {
  const name = path.at(-1) ?? '';
  if (isMap(value) && !(name in others) && name !== 'global') {
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
  }
  return name === 'global' ? [] : [{ path, value }];
}

/** The same value of all suites, types or images changes at once: each has objects of its own. */
function whereverItIs(path: readonly string[]): string {
  return (path.length > 2 ? path.with(1, '*') : path).join('.');
}

function otherThan(path: readonly string[], value: Json): Json {
  const known = others[path.at(-1) ?? ''];
  if (known !== undefined) return known;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (path.at(-1)?.endsWith('Cidrs')) return ['198.51.100.0/24'];
  throw new Error(`${path.join('.')} needs an entry in 'others'`);
}

function nest(path: readonly string[], value: Json): Record<string, Json> {
  return path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value) as Record<string, Json>;
}

function merge(a: object, b: object): object {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => {
      const [left, right] = [(a as Record<string, Json>)[key], (b as Record<string, Json>)[key]];
      return [key, isMap(left) && isMap(right) ? merge(left, right) : (right ?? left)];
    }),
  );
}

function valueAt(value: object, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isMap(inner) ? inner[key] : undefined), value as Json);
}

function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
