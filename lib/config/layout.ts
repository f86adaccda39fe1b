/** How the suites of a chart are written: a template file each, or one template with a row of data each. */
export type Layout = 'files' | 'range';

export const layouts = ['files', 'range'] as const satisfies readonly Layout[];

/**
 * Helm keeps chart and manifest in one Secret of at most 1 MiB. A file for each suite takes 0.4 KiB of it where all
 * names are equally long, and up to 1.2 KiB where they are not, because Helm's base64 hides repeated text from
 * its gzip unless it is shifted by a multiple of three bytes: see docs/decisions/0008.
 */
const mostFiles = 500;

export function layoutFor(suiteCount: number): Layout {
  return suiteCount > mostFiles ? 'range' : 'files';
}
