import type { AttemptReport, RunReport } from './report.ts';

/** Every file of the run folder that the report names. */
export function filesOf({ suites }: RunReport): readonly string[] {
  return suites.flatMap(({ attempts, attachments }) => [
    ...attempts.flatMap(filesOfAttempt),
    ...attachments.flatMap(({ path = [] }) => path),
  ]);
}

/** The same of one attempt. */
export function filesOfAttempt({ log, files, attachments }: AttemptReport): readonly string[] {
  return [...(log === undefined ? [] : [log]), ...files.map(({ path }) => path), ...attachments.flatMap(({ path = [] }) => path)];
}
