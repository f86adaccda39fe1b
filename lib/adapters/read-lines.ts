import { createReadStream } from 'node:fs';

/** The lines of a file, which may be larger than the memory. Unlike node:readline it takes only line feeds for ends: JSON may hold the others. */
export async function* readLines(path: string): AsyncIterable<string> {
  let rest: string[] = [];
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const [first = '', ...others] = chunk.split('\n');
    rest.push(first);
    for (const line of others) {
      yield rest.join('');
      rest = [line];
    }
  }
  const last = rest.join('');
  if (last !== '') yield last;
}
