import { join } from 'node:path';
import { expect, test } from 'vitest';
import { x } from 'tinyexec';

/** Less than most of the inputs have: a parser that keeps what it reads ends the process. */
const heapMegabytes = 96;

test('huge and hostile inputs end in an error or in a bounded result, in little memory', async () => {
  const { stdout, stderr, exitCode } = await x(process.execPath, [`--max-old-space-size=${heapMegabytes}`, join(import.meta.dirname, 'huge-inputs.ts')], { timeout: 120_000 });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "junit: a million tests: The JUnit XML cannot be read: it has more than 250000 tests.
    junit: 100 MB of output: 5226 tests
    junit: 36 MB of failures: 1857 tests
    junit: an attribute of 100 MB: The JUnit XML cannot be read: one text or tag is longer than 33554432 characters.
    junit: a name of 100 MB: The JUnit XML cannot be read: one text or tag is longer than 33554432 characters.
    junit: a million attributes: The JUnit XML cannot be read: an element has more than 1000 attributes.
    junit: CDATA of 100 MB: The JUnit XML cannot be read: one text or tag is longer than 33554432 characters.
    junit: a comment of 100 MB: The JUnit XML cannot be read: one text or tag is longer than 33554432 characters.
    junit: an instruction of 100 MB: The JUnit XML cannot be read: one text or tag is longer than 33554432 characters.
    junit: an entity of 100 MB: The JUnit XML cannot be read: one text or tag is longer than 33554432 characters.
    junit: elements a million deep: The JUnit XML cannot be read: its elements are nested more than 200 deep.
    junit: an entity bomb: The JUnit XML cannot be read: it has more than 65536 characters before its first element.
    junit: an external entity: The JUnit XML cannot be read: it has a document type, which is refused.
    trx: a million results: The TRX cannot be read: it has more than 250000 tests.
    tap: a million tests: The TAP output cannot be read: it has more than 250000 tests.
    tap: a line of 100 MB: 1 tests
    gotest: a million tests: The go test output cannot be read: it has more than 250000 tests.
    gotest: a line of 100 MB: 0 tests
    ctrf: 100 MB: The CTRF report cannot be read: it is longer than 67108864 characters.
    ctrf: lists ten million deep: The CTRF report cannot be read: it has more than 2000000 values.
    ctrf: a million tests: The CTRF report cannot be read: it has more than 2000000 values.
    cucumber: a million empty objects: The Cucumber report cannot be read: it has more than 2000000 values.
    "
  `);
}, 130_000);
