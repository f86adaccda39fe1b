import type { ErrorCause } from '../events.ts';
import { clusterCauses } from './cluster-causes.ts';
import type { CauseGuide } from './guide.ts';
import { resultCauses } from './result-causes.ts';
import { startCauses } from './start-causes.ts';

/** The one place that says what a cause means and what to do about it. */
export const causes: Readonly<Record<ErrorCause, CauseGuide>> = { ...startCauses, ...clusterCauses, ...resultCauses };

/** The section about a cause. */
export function docsOf(cause: ErrorCause): string {
  return `docs/guide/verdicts.md#${cause}`;
}
