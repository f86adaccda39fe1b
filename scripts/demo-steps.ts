/** Says what happens and about how long it takes, then how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  console.log(`• ${title}`);
  const started = performance.now();
  const result = await work();
  console.log(`  done in ${seconds(performance.now() - started)}`);
  return result;
}

export function note(text: string): void {
  console.log(`  ${text}`);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
