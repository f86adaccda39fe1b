import type { Counts } from './counts.ts';
import { lastLine, lastLines, numberAfter, numberBefore } from './summary-line.ts';

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

/** Bats ends before its report is written, and a container that has ended kills what still writes: https://github.com/bats-core/bats-core/issues/690 */
const batsAndItsReport = [
  'bats --formatter pretty --report-formatter junit --output /results .',
  'code=$?',
  `until grep -q '</testsuites>' /results/report.xml; do sleep 0.1; done`,
  'exit $code',
].join('\n');

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
    command: ['sh', '-c', batsAndItsReport],
    env: { TERM: 'dumb' },
    readSummary: (log) => {
      const line = lastLine(log, /^\d+ tests?, \d+ failures?/);
      const failed = numberBefore(line, 'failure');
      const skipped = numberBefore(line, 'skipped');
      return { passed: numberBefore(line, 'test') - failed - skipped, failed, skipped };
    },
  },
  {
    name: 'vitest',
    command: ['./node', 'node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=junit', '--outputFile.junit=/results/junit.xml'],
    memory: '512Mi',
    readSummary: (log) => {
      const line = lastLine(log, /^ +Tests  .*\(\d+\)$/);
      return {
        passed: numberBefore(line, 'passed') + numberBefore(line, 'expected fail'),
        // A suite that failed in a hook is not in this line, and a test of its own in JUnit.
        failed: numberBefore(line, 'failed') + numberAfter(log, 'Failed Suites'),
        skipped: numberBefore(line, 'skipped') + numberBefore(line, 'todo'),
      };
    },
  },
  {
    name: 'jest',
    command: ['./node', 'node_modules/jest/bin/jest.js', '--ci', '--reporters=default', '--reporters=jest-junit'],
    env: { JEST_JUNIT_OUTPUT_DIR: '/results' },
    memory: '512Mi',
    readSummary: (log) => {
      const line = lastLine(log, /^Tests: .* total$/);
      return { passed: numberBefore(line, 'passed'), failed: numberBefore(line, 'failed'), skipped: numberBefore(line, 'skipped') };
    },
  },
  {
    name: 'gotestsum',
    // The image has no Go: what `go test -json` does is done by its parts.
    command: ['./gotestsum', '--junitfile=/results/junit.xml', '--raw-command', '--', './test2json', '-t', '-p', 'example.com/shop', './shop.test', '-test.v=test2json'],
    env: { GOVERSION: 'unknown' },
    readSummary: (log) => {
      const line = lastLine(log, /^DONE \d+ tests/);
      const failed = numberBefore(line, 'failure');
      const skipped = numberBefore(line, 'skipped');
      return { passed: numberBefore(line, 'tests') - failed - skipped, failed, skipped };
    },
  },
  {
    name: 'ginkgo',
    // What `ginkgo --junit-report` runs, without Go.
    command: ['./shop.test', '--ginkgo.no-color', '--ginkgo.junit-report=/results/junit.xml'],
    readSummary: (log) => {
      const line = lastLine(log, /^(?:FAIL|SUCCESS)! -- /);
      return { passed: numberBefore(line, 'Passed'), failed: numberBefore(line, 'Failed'), skipped: numberBefore(line, 'Pending') + numberBefore(line, 'Skipped') };
    },
  },
  {
    name: 'rspec',
    command: ['rspec', '--format', 'progress', '--format', 'RspecJunitFormatter', '--out', '/results/rspec.xml', '.'],
    readSummary: (log) => {
      const line = lastLine(log, /^\d+ examples?, \d+ failures?/);
      const failed = numberBefore(line, 'failure');
      const skipped = numberBefore(line, 'pending');
      return { passed: numberBefore(line, 'example') - failed - skipped, failed, skipped };
    },
  },
  {
    name: 'phpunit',
    command: ['phpunit', '--do-not-cache-result', '--log-junit', '/results/junit.xml', '.'],
    readSummary: (log) => {
      const line = lastLine(log, /^Tests: \d+, Assertions: \d+/);
      const failed = numberAfter(line, 'Failures');
      const errors = numberAfter(line, 'Errors');
      const skipped = numberAfter(line, 'Skipped') + numberAfter(line, 'Incomplete');
      return { passed: numberAfter(line, 'Tests') - failed - errors - skipped, failed, errors, skipped };
    },
  },
  {
    name: 'surefire',
    command: ['mvn', '-B', '-o', '-Dmaven.repo.local=repository', '-Dresults=/results', 'surefire:test'],
    env: { MAVEN_OPTS: '-Duser.home=/tmp' },
    memory: '768Mi',
    readSummary: (log) => {
      const line = lastLine(log, /Tests run: \d+, Failures: \d+, Errors: \d+, Skipped: \d+(?:, Flakes: \d+)?$/);
      const failed = numberAfter(line, 'Failures');
      const errors = numberAfter(line, 'Errors');
      const skipped = numberAfter(line, 'Skipped');
      return { passed: numberAfter(line, 'Tests run') - failed - errors - skipped, failed, errors, skipped };
    },
  },
  {
    name: 'playwright',
    command: ['./node', 'node_modules/@playwright/test/cli.js', 'test'],
    env: { HOME: '/tmp' },
    memory: '1Gi',
    readSummary: (log) => {
      const lines = lastLines(log, /^ {2}\d+ failed$/);
      return {
        passed: numberBefore(lines, 'passed') + numberBefore(lines, 'flaky'),
        failed: numberBefore(lines, 'failed'),
        skipped: numberBefore(lines, 'skipped') + numberBefore(lines, 'did not run'),
      };
    },
  },
  {
    name: 'nextest',
    command: ['./cargo-nextest', 'nextest', 'run', '--archive-file', 'tests.tar.zst', '--workspace-remap', '.', '--profile', 'kubesuite', '--no-fail-fast'],
    env: { HOME: '/tmp' },
    readSummary: (log) => {
      const line = lastLine(log, /^ +Summary \[/);
      return { passed: numberBefore(line, 'passed'), failed: numberBefore(line, 'failed'), skipped: numberBefore(line, 'skipped') };
    },
  },
];
