/** Names that the chart gives and the CLI looks for. */
export const containerNames = { suite: 'suite', collector: 'collector', guard: 'network-guard' } as const;

/** ConfigMap `<release>-suites` lists the Jobs of the release, so that a missing one is noticed. */
export const suiteSetName = (release: string): string => `${release}-suites`;

/** Keys of the suite-set ConfigMap's data. */
export const suiteSetKeys = { run: 'run', jobs: 'jobs', chart: 'chart', hash: 'hash' } as const;
