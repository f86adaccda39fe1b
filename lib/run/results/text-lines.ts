/** A text in pieces, cut anywhere. A plain string, which is iterable as well, would come letter by letter. */
export type TextChunks = readonly string[] | Generator<string>;

/** The lines of a text that comes in pieces, without their line ends. What is longer than `maxLength` is cut. */
export function* textLines(chunks: TextChunks, maxLength: number): Generator<string> {
  let rest = '';
  const add = (piece: string): void => {
    if (rest.length < maxLength) rest += piece.slice(0, maxLength - rest.length);
  };
  for (const chunk of chunks) {
    let start = 0;
    for (let newline = chunk.indexOf('\n'); newline !== -1; newline = chunk.indexOf('\n', start)) {
      add(chunk.slice(start, newline));
      yield rest;
      rest = '';
      start = newline + 1;
    }
    add(chunk.slice(start));
  }
  if (rest !== '') yield rest;
}
