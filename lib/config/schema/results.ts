import { z } from 'zod';
import { largestResultBytes, logFormats, resultsDefaults, resultsFormats } from '../defaults.ts';
import { name } from './kubernetes-names.ts';
import { relativePath, resultsPath } from './paths.ts';
import { alternatives, choice, meant, message, section, text, whole } from './primitives.ts';

const words = [...logFormats.map((format) => `stdout:${format}` as const), 'exit-code'] as const;

const resultsFolder = section({
  /** Folder that the suite writes to. @default '/results' */
  path: text(resultsPath).default(resultsDefaults.path).describe('Folder that the suite writes to.'),
  /** Format of the result files. @default 'junit' */
  format: choice(...resultsFormats).default(resultsDefaults.format).describe('Format of the result files.'),
  /** Glob of the result files in `path`: by default *.xml, *.tap, *.trx or *.json at any depth. Other files are kept as attachments. */
  files: text(relativePath).optional().describe('Glob of the result files in `path`: by default *.xml, *.tap, *.trx or *.json at any depth. Other files are kept as attachments.'),
  /** Most bytes of the packed folder; at most 5 MiB, as the collector's log holds no more. @default 5242880 */
  maxBytes: whole(1024, largestResultBytes, `must be a whole number of bytes from 1024 to ${largestResultBytes} (5 MiB)`)
    .default(resultsDefaults.maxBytes)
    .describe("Most bytes of the packed folder; at most 5 MiB, as the collector's log holds no more."),
  /** Name of one of `images` that packs the folder, for a suite image without sh, tar, gzip, base64 and sha256sum. */
  collectorImage: text(name).optional().describe('Name of one of `images` that packs the folder, for a suite image without sh, tar, gzip, base64 and sha256sum.'),
});

export const results = z.union([z.enum(words), resultsFolder], {
  error: ({ input }) =>
    message(`must be ${alternatives(words)}, or a folder such as { path: '/results', format: 'junit' }`, meant(input, words)),
});
