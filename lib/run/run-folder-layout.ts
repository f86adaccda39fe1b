/** Paths within `.kubesuite/runs/<run>/`. */
export const runFiles = { events: 'events.jsonl', report: 'report.json', junit: 'junit.xml', html: 'report.html', ctrf: 'ctrf.json', markdown: 'report.md', blob: 'blob.jsonl' } as const;

export function attemptFolder(suiteKey: string, attempt: number): string {
  return `${suiteFolder(suiteKey)}/${attempt}`;
}

export function suiteFolder(suiteKey: string): string {
  return `suites/${suiteKey}`;
}
