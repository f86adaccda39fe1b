import { KubesuiteError } from '../errors.ts';
import { DefaultReporter } from './default/default-reporter.ts';
import { JsonReporter } from './json-reporter.ts';
import { JunitReporter } from './junit-reporter.ts';
import type { ReporterDeps } from './reporter-deps.ts';
import type { Reporter } from './reporter.ts';

const factories = {
  default: (deps) => new DefaultReporter(deps),
  json: (deps) => new JsonReporter(deps),
  junit: (deps) => new JunitReporter(deps),
} satisfies Readonly<Record<string, (deps: ReporterDeps) => Reporter>>;

export type ReporterName = keyof typeof factories;

export const reporterNames = Object.keys(factories) as readonly ReporterName[];

/** In the order of the names, each once. */
export function createReporters(names: readonly string[], deps: ReporterDeps): readonly Reporter[] {
  return [...new Set(names)].map((name) => factories[parseReporterName(name)](deps));
}

function parseReporterName(name: string): ReporterName {
  const known = reporterNames.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  const close = reporterNames.find((candidate) => candidate.startsWith(name.toLowerCase().slice(0, 2)));
  throw new KubesuiteError('USAGE', `Reporter must be one of ${reporterNames.join(', ')}; received ${JSON.stringify(name)}.`, {
    hint: close === undefined ? `Use --reporter ${reporterNames[0]}.` : `Did you mean --reporter ${close}?`,
  });
}
