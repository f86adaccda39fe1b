import type { ResolvedSuite, ResolvedType } from '../config/resolved.ts';

/** What the chart's values say of a type and the templates give to its suites: later maps have the last word, tolerations add up. */
export function inheritFromType(suite: ResolvedSuite, type: ResolvedType | undefined): ResolvedSuite {
  return {
    ...suite,
    nodeSelector: { ...type?.nodeSelector, ...suite.nodeSelector },
    tolerations: [...(type?.tolerations ?? []), ...suite.tolerations],
    labels: { ...type?.labels, ...suite.labels },
    annotations: { ...type?.annotations, ...suite.annotations },
  };
}
