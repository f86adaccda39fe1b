import { expect, it } from 'vitest';
import { largestFileBytes, packFile } from '../../lib/reporters/blob.ts';

it('holds no file that could not be unpacked again', () => {
  expect(() => packFile('suites/a/1/log.txt', new Uint8Array(largestFileBytes + 1))).toThrow('A file of a blob has at most 536870912 bytes; suites/a/1/log.txt has 536870913.');
});
