import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedResults } from '../../../lib/run/results/parsed-results.ts';

/** Output of a real producer. */
export function readFixture(name: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
}

/** `failed  group > name: message (file:line)`, one a test. */
export function summarize(parsed: ParsedResults): string {
  if (!parsed.ok) return `${parsed.cause}: ${parsed.message}`;
  return parsed.tests
    .map(({ status, group, name, message, file, line }) => {
      const place = file === undefined ? '' : ` (${[file, line].filter(Boolean).join(':')})`;
      return `${status.padEnd(8)}${group === '' ? '' : `${group} > `}${name}${message === undefined ? '' : `: ${message}`}${place}`;
    })
    .join('\n');
}
