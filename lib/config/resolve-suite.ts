import { defaults, resultFiles, resultsDefaults } from './defaults.ts';
import { inheritResources } from './inherit-resources.ts';
import { resolveGuard } from './resolve-guard.ts';
import type { ResolvedEnv, ResolvedEnvFrom, ResolvedSuite, ResolvedToleration, ResolvedVolume, LogFormat, ResultsSpec } from './resolved.ts';
import { toSeconds } from './schema/duration.ts';
import type { ParsedSuite, ParsedType } from './schema.ts';

/** What a suite says itself, then what its type says, then the defaults. */
export function resolveSuite(name: string, suite: ParsedSuite, type: ParsedType | undefined): ResolvedSuite {
  const { command, args, workingDir } = suite;
  const guard = resolveGuard(suite, type);
  return {
    name,
    type: suite.type,
    image: suite.image,
    ...(command !== undefined && { command }),
    ...(args !== undefined && { args }),
    ...(workingDir !== undefined && { workingDir }),
    env: Object.entries({ ...type?.env, ...suite.env }).map(([key, value]) => resolveEnv(key, value)),
    envFrom: [...(type?.envFrom ?? []), ...(suite.envFrom ?? [])].map(resolveEnvFrom),
    resources: inheritResources([defaults.resources, type?.resources, suite.resources]),
    timeoutSeconds: toSeconds(suite.timeout ?? type?.timeout ?? defaults.timeout),
    startTimeoutSeconds: toSeconds(suite.startTimeout ?? type?.startTimeout ?? defaults.startTimeout),
    retries: suite.retries ?? type?.retries ?? defaults.retries,
    infraRetries: suite.infraRetries ?? type?.infraRetries ?? defaults.infraRetries,
    shards: suite.shards,
    results: resolveResults(suite.results ?? type?.results ?? resultsDefaults),
    needs: [...new Set(suite.needs)],
    uses: [...new Set(suite.uses)],
    denies: [...new Set(suite.denies)],
    ...(guard !== undefined && { guard }),
    serves: (suite.serves ?? []).map(({ from, ...served }) => ({ ...served, from: [...new Set(from)] })),
    volumes: (suite.volumes ?? []).map(resolveVolume),
    podSecurity: suite.podSecurity ?? type?.podSecurity ?? defaults.podSecurity,
    runAsUser: suite.runAsUser ?? type?.runAsUser ?? defaults.runAsUser,
    rules: suite.serviceAccount?.rules ?? [],
    clusterRoles: [...new Set(suite.serviceAccount?.clusterRoles)],
    tags: [...new Set([...(type?.tags ?? []), ...(suite.tags ?? [])])],
    nodeSelector: suite.nodeSelector ?? {},
    tolerations: (suite.tolerations ?? []).map(resolveToleration),
    labels: suite.labels ?? {},
    annotations: suite.annotations ?? {},
  };
}

function resolveEnv(name: string, value: NonNullable<ParsedSuite['env']>[string]): ResolvedEnv {
  return typeof value === 'string' ? { name, value } : { name, ...value };
}

function resolveEnvFrom({ prefix, ...source }: NonNullable<ParsedSuite['envFrom']>[number]): ResolvedEnvFrom {
  return { ...source, ...(prefix !== undefined && { prefix }) };
}

type Results = Exclude<ParsedSuite['results'], undefined>;

function resolveResults(results: Results): ResultsSpec {
  if (results === 'exit-code') return { from: 'exit-code' };
  if (typeof results === 'string') return { from: 'stdout', format: results.slice('stdout:'.length) as LogFormat };
  const { path, format, files = resultFiles[format], maxBytes, collectorImage } = results;
  return { from: 'files', path, format, files, maxBytes, ...(collectorImage !== undefined && { collectorImage }) };
}

function resolveVolume(volume: NonNullable<ParsedSuite['volumes']>[number]): ResolvedVolume {
  const { mountPath, readOnly, subPath } = volume;
  return { mountPath, readOnly, ...(subPath !== undefined && { subPath }), source: sourceOf(volume) };
}

function sourceOf(volume: NonNullable<ParsedSuite['volumes']>[number]): ResolvedVolume['source'] {
  if ('configMap' in volume) return { kind: 'configMap', name: volume.configMap, optional: volume.optional };
  if ('secret' in volume) return { kind: 'secret', name: volume.secret, optional: volume.optional };
  const { sizeLimit } = volume.emptyDir;
  return { kind: 'emptyDir', ...(sizeLimit !== undefined && { sizeLimit }) };
}

export function resolveToleration({ key, operator, value, effect }: NonNullable<ParsedSuite['tolerations']>[number]): ResolvedToleration {
  return { ...(key !== undefined && { key }), operator, ...(value !== undefined && { value }), ...(effect !== undefined && { effect }) };
}
