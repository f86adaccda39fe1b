import type { PageData } from '../page-data.ts';

/** Unpacks what the page carries. */
export async function readData(): Promise<PageData> {
  const base64 = document.getElementById('data')?.textContent ?? '';
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as PageData;
}
