import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseResultFiles } from '../../../lib/run/results/parse-results.ts';
import { countCases } from '../../e2e/frameworks/counts.ts';
import { frameworks } from '../../e2e/frameworks/frameworks.ts';

/** Recorded by `npm run test:frameworks`, from real runs on the node. */
const recordings = join(import.meta.dirname, 'fixtures/frameworks');

test.each(frameworks)('$name: its recorded results have the numbers of its recorded summary', ({ name, readSummary }) => {
  const folder = join(recordings, name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.xml'));
  const parsed = parseResultFiles({ format: 'junit', files: '**/*.xml' }, files.map((path) => ({ path, bytes: readFileSync(join(folder, path)) })));
  const summary = readSummary(readFileSync(join(folder, 'log.txt'), 'utf8'));
  expect(parsed.ok && countCases(parsed.tests, summary)).toEqual(summary);
});
