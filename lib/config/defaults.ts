import type { LogFormat, ResultsFormat } from './resolved.ts';

/** What holds where neither a suite nor its type says otherwise. */
export const defaults = {
  timeout: '10m',
  /** Long enough for a big image on a laptop, short enough to notice a typo in its name. */
  startTimeout: '2m',
  retries: 0,
  infraRetries: 1,
  /** Policies are in force after a second or two; services that were just deployed need longer to answer. */
  guardTimeout: '30s',
  /**
   * Small, so that twenty suites fit into a core and a gigabyte holds four; tests mostly wait for the
   * application. What a core has idle is theirs anyway, and too little memory is named as `oom-killed`.
   */
  resources: { cpu: '50m', memory: '256Mi' },
  /** Any user but root, which PodSecurity `restricted` refuses and most images start as. */
  runAsUser: 1000,
  podSecurity: 'restricted',
} as const;

/**
 * Packed results travel through the collector's log. containerd keeps 10 MiB of it, and base64 makes
 * 6.7 MiB of 5 MiB.
 */
export const largestResultBytes = 5 * 1024 * 1024;

export const resultsDefaults = { path: '/results', format: 'junit', maxBytes: largestResultBytes } as const;

/** Formats that can be told from the other lines of a log. */
export const logFormats = ['junit', 'tap', 'gotest'] as const satisfies readonly LogFormat[];
export const resultsFormats = [...logFormats, 'ctrf', 'trx', 'cucumber'] as const satisfies readonly ResultsFormat[];

/** Result files by format, within the results folder. */
export const resultFiles = { junit: '**/*.xml', tap: '**/*.tap', gotest: '**/*.json', ctrf: '**/*.json', trx: '**/*.trx', cucumber: '**/*.json' } as const satisfies Readonly<Record<ResultsFormat, string>>;
