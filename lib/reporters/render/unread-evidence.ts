import type { SuiteReport } from '../../run/report.ts';

/** What would have explained a suite and could not be read, with the reason: silence would look like nothing to tell. */
export function unreadEvidence({ attempts, attachments }: SuiteReport): readonly string[] {
  return [...attachments, ...(attempts.at(-1)?.attachments ?? [])].flatMap(({ path, title, note }) => (path === undefined ? [`${title}: ${note ?? 'it could not be read'}`] : []));
}
