import type { k8s } from 'cdk8s-plus-28';
import { each, hole } from '../chart/hole.ts';
import type { Templated } from '../chart/hole.ts';
import { podPaths } from '../config/pod-paths.ts';
import type { ResolvedEnv, ResolvedEnvFrom, ResolvedSuite } from '../config/resolved.ts';
import { fieldOf, goString, helpersOf } from './helpers-of.ts';

type EnvVar = Templated<k8s.EnvVar>;

/**
 * Declared order is kept, since Kubernetes expands `$(NAME)` only from variables before it. Plain
 * values come from values.yaml, where an installer changes them or adds others.
 */
export function suiteEnv(suite: ResolvedSuite, chart: string): readonly EnvVar[] {
  const home = needsHome(suite) ? [{ name: 'HOME', value: hole.string(`$suite.env.HOME | default ${goString(podPaths.home)}`) }] : [];
  const fixed = [{ name: 'KUBESUITE_SUITE', value: suite.name }, ...resultsEnv(suite), ...shardEnv(suite.shards), ...hostEnv(suite, chart), ...home];
  const declared = suite.env.map(toEnvVar);
  const known = [...home, ...suite.env].map(({ name }) => goString(name));
  const others = known.length === 0 ? '$suite.env' : `omit $suite.env ${known.join(' ')}`;
  return [
    ...fixed,
    ...declared,
    ...each(`range $name, $value := ${others}`, [{ name: hole.string('$name'), value: hole.string('$value') }]),
  ];
}

/** Defaults of `suites.<name>.env` in values.yaml. */
export function plainEnv(suite: ResolvedSuite): Readonly<Record<string, string>> {
  return Object.fromEntries(suite.env.flatMap((env) => ('value' in env ? [[env.name, env.value]] : [])));
}

/** Names that values.yaml cannot give, because the suite takes them from a Secret or a ConfigMap. */
export function referencedEnv(suite: ResolvedSuite): readonly string[] {
  return suite.env.flatMap((env) => ('value' in env ? [] : [env.name]));
}

export function suiteEnvFrom(sources: readonly ResolvedEnvFrom[]): readonly Templated<k8s.EnvFromSource>[] {
  return sources.map((source) => {
    const optional = source.optional ? { optional: true } : {};
    const prefix = source.prefix === undefined ? {} : { prefix: source.prefix };
    return 'secret' in source
      ? { ...prefix, secretRef: { name: source.secret, ...optional } }
      : { ...prefix, configMapRef: { name: source.configMap, ...optional } };
  });
}

/** A home of its own, unless the image's user has one or the suite names another. */
export function needsHome(suite: ResolvedSuite): boolean {
  return suite.runAsUser !== 'image' && !suite.env.some(({ name }) => name === 'HOME');
}

function resultsEnv({ results }: ResolvedSuite): readonly EnvVar[] {
  return results.from === 'files' ? [{ name: 'KUBESUITE_RESULTS', value: results.path }] : [];
}

/** How others reach a suite that serves; it has to tell them, as nobody else knows the release. */
function hostEnv({ name, serves }: ResolvedSuite, chart: string): readonly EnvVar[] {
  if (serves.length === 0) return [];
  return [{ name: 'KUBESUITE_HOST', value: hole.string(`printf "%s.%s.svc" (${helpersOf(chart).objectName(name)}) $.Release.Namespace`) }];
}

function shardEnv(shards: number): readonly EnvVar[] {
  if (shards === 1) return [];
  return [
    { name: 'KUBESUITE_SHARD', value: `${hole.raw('$shard')}/${shards}` },
    { name: 'KUBESUITE_SHARD_INDEX', value: hole.string('$shard') },
    { name: 'KUBESUITE_SHARD_TOTAL', value: String(shards) },
  ];
}

function toEnvVar(env: ResolvedEnv): EnvVar {
  if ('value' in env) return { name: env.name, value: hole.string(fieldOf('$suite.env', env.name)) };
  const optional = env.optional ? { optional: true } : {};
  return 'secret' in env
    ? { name: env.name, valueFrom: { secretKeyRef: { name: env.secret, key: env.key, ...optional } } }
    : { name: env.name, valueFrom: { configMapKeyRef: { name: env.configMap, key: env.key, ...optional } } };
}
