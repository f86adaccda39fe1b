import type { ResolvedSuite } from './resolved.ts';

/** Names of the images that the pod of a suite runs, its own first. */
export function imagesOf({ image, results, guard }: Pick<ResolvedSuite, 'image' | 'results' | 'guard'>): readonly string[] {
  const names = [image, results.from === 'files' ? results.collectorImage : undefined, guard?.image];
  return [...new Set(names.filter((name) => name !== undefined))];
}
