const maxLines = 40;
/** A log without line ends must not become an event of its whole size. */
const maxLength = 64 * 1024;

/** The last lines of a log, for reports. */
export function logTail(log: string): string {
  const lines = log.slice(-2 * maxLength).trimEnd().split('\n').slice(-maxLines).join('\n');
  return lines.length > maxLength ? `…${lines.slice(-maxLength)}` : lines;
}
