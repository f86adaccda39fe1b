/** `did you mean 'x'?`, else the list of what there is. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = findNearest(word, known);
  if (meant !== undefined) return `did you mean '${meant}'?`;
  return known.length === 0 ? 'none is defined' : `there is: ${known.join(', ')}`;
}

/** The known word that a misspelt or shortened one was meant to be, if any is near. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 4)))
    .toSorted((a, b) => a.distance - b.distance);
  return nearest?.candidate ?? known.find((candidate) => lower.length > 2 && candidate.toLowerCase().startsWith(lower));
}

/** Levenshtein's, with a swap of neighbours counted once. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, isSwap ? at(i - 2, j - 2) + 1 : change));
    }
  }
  return at(a.length, b.length);
}
