import type { RunReport } from './report.ts';

/** Every file of the run folder that the report names. */
export function filesOf({ suites }: RunReport): readonly string[] {
  return suites.flatMap(({ attempts, attachments }) => [
    ...attempts.flatMap(({ log, files, attachments: own }) => [...(log === undefined ? [] : [log]), ...files.map(({ path }) => path), ...own.flatMap(({ path = [] }) => path)]),
    ...attachments.flatMap(({ path = [] }) => path),
  ]);
}
