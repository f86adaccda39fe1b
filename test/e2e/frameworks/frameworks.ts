import type { Counts } from './counts.ts';
import { lastLine, numberBefore } from './summary-line.ts';

/** A test framework that runs for real; its project is the folder of the same name. */
export interface Framework {
  readonly name: string;
  /** Writes JUnit to `/results`, and the framework's own summary to the log. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly memory?: string;
  /** What the summary in the log says. Pure, so that recorded logs can be read too. */
  readonly readSummary: (log: string) => Counts;
}

export const frameworks: readonly Framework[] = [
  {
    name: 'pytest',
    command: ['pytest', '-p', 'no:cacheprovider', '--junitxml=/results/junit.xml'],
    readSummary: (log) => {
      const line = lastLine(log, /^=+ .* in [\d.]+s =+$/);
      return {
        passed: numberBefore(line, 'passed'),
        failed: numberBefore(line, 'failed'),
        errors: numberBefore(line, 'error'),
        // A failure that was expected is a skip in JUnit.
        skipped: numberBefore(line, 'skipped') + numberBefore(line, 'xfailed'),
      };
    },
  },
  {
    name: 'bats',
    command: ['bats', '--formatter', 'pretty', '--report-formatter', 'junit', '--output', '/results', '.'],
    env: { TERM: 'dumb' },
    readSummary: (log) => {
      const line = lastLine(log, /^\d+ tests?, \d+ failures?/);
      const failed = numberBefore(line, 'failure');
      const skipped = numberBefore(line, 'skipped');
      return { passed: numberBefore(line, 'test') - failed - skipped, failed, errors: 0, skipped };
    },
  },
  {
    name: 'vitest',
    command: ['./node', 'node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=junit', '--outputFile.junit=/results/junit.xml'],
    memory: '512Mi',
    readSummary: (log) => {
      const line = lastLine(log, /^ +Tests  .*\(\d+\)$/);
      return { passed: numberBefore(line, 'passed'), failed: numberBefore(line, 'failed'), errors: 0, skipped: numberBefore(line, 'skipped') + numberBefore(line, 'todo') };
    },
  },
  {
    name: 'jest',
    command: ['./node', 'node_modules/jest/bin/jest.js', '--ci', '--reporters=default', '--reporters=jest-junit'],
    env: { JEST_JUNIT_OUTPUT_DIR: '/results' },
    memory: '512Mi',
    readSummary: (log) => {
      const line = lastLine(log, /^Tests: .* total$/);
      return { passed: numberBefore(line, 'passed'), failed: numberBefore(line, 'failed'), errors: 0, skipped: numberBefore(line, 'skipped') };
    },
  },
];
