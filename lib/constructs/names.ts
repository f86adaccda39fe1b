import { createHash } from 'node:crypto';

/** Names that the chart gives and the CLI looks for. */
export const containerNames = { suite: 'suite', collector: 'collector', guard: 'network-guard' } as const;

/** ConfigMap `<release>-suites` lists the Jobs of the release, so that a missing one is noticed. */
export const suiteSetName = (release: string): string => `${release}-suites`;

/** Keys of the suite-set ConfigMap's data. */
export const suiteSetKeys = { run: 'run', jobs: 'jobs', chart: 'chart', hash: 'hash' } as const;

const longestName = 63;

/** Name of an object that stays from run to run, as the chart's `name` helper gives it: a long one ends in a hash of the whole. */
export function objectName(release: string, key: string): string {
  const name = `${release}-${key}`;
  if (name.length <= longestName) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, longestName - 9).replace(/-$/, '')}-${hash}`;
}
