import type { RunReport } from '../../run/report.ts';

type KeysOf<T> = T extends readonly (infer Item)[]
  ? KeysOf<Item>
  : T extends object
    ? { [K in keyof T & string]-?: K | KeysOf<T[K]> }[keyof T & string]
    : never;

/** Every key of a report, in the order of the file. A key that is missing here does not compile. */
const order: Readonly<Record<KeysOf<RunReport>, true>> = {
  version: true,
  id: true,
  key: true,
  suite: true,
  shard: true,
  index: true,
  type: true,
  tags: true,
  job: true,
  number: true,
  pod: true,
  node: true,
  release: true,
  namespace: true,
  context: true,
  chart: true,
  uid: true,
  object: true,
  source: true,
  kind: true,
  service: true,
  title: true,
  name: true,
  group: true,
  file: true,
  line: true,
  path: true,
  bytes: true,
  status: true,
  verdict: true,
  cause: true,
  reason: true,
  message: true,
  details: true,
  note: true,
  hint: true,
  commands: true,
  docs: true,
  evidence: true,
  diagnosis: true,
  exitCode: true,
  at: true,
  queuedAt: true,
  startedAt: true,
  endedAt: true,
  durationMs: true,
  phases: true,
  phase: true,
  total: true,
  passed: true,
  flaky: true,
  failed: true,
  timedout: true,
  error: true,
  skipped: true,
  interrupted: true,
  counts: true,
  log: true,
  logTail: true,
  files: true,
  run: true,
  totals: true,
  suites: true,
  tests: true,
  attempts: true,
  events: true,
  attachments: true,
  reporterErrors: true,
};

/** The same report gives the same bytes, however it was put together. */
export function renderReportJson(report: RunReport): string {
  return `${JSON.stringify(report, Object.keys(order), 2)}\n`;
}
