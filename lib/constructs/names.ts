import { createHash } from 'node:crypto';

/** Names that the chart gives and the CLI looks for. */
export const containerNames = { suite: 'suite', collector: 'collector', guard: 'network-guard' } as const;

/** ConfigMap `<release>-suites` lists the Jobs of the release, so that a missing one is noticed. */
export const suiteSetName = (release: string): string => `${release}-suites`;

/** Keys of the suite-set ConfigMap's data. */
export const suiteSetKeys = { run: 'run', jobs: 'jobs', chart: 'chart', hash: 'hash', trigger: 'trigger', start: 'start' } as const;

const longestName = 63;

/** Name of an object that stays from run to run, as the chart's `name` helper gives it. */
export function objectName(release: string, key: string): string {
  const name = `${release}-${key}`;
  return fit(release.includes('-') ? `${name}-${hashOf(`${release}/${key}`)}` : name);
}

/** Names of a type's ResourceQuota: another one while PriorityClasses are created, as its scope cannot change. */
export function quotaNames(release: string, type: string): readonly string[] {
  return [objectName(release, type), objectName(release, `${type}-by-class`)];
}

/** A long name ends in a hash of the whole, as the chart's `fit` helper has it. */
function fit(name: string): string {
  if (name.length <= longestName) return name;
  return `${name.slice(0, longestName - 9).replace(/-$/, '')}-${hashOf(name)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
