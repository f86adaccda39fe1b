import { SaxesParser } from 'saxes';
import { Unreadable } from './parsed-results.ts';
import { sanitizeLine } from './sanitize.ts';
import type { TextChunks } from './text-lines.ts';

export type Attributes = Readonly<Record<string, string>>;

export interface XmlReader {
  open(name: string, attributes: Attributes): void;
  /** Also CDATA; one text may come in several pieces. */
  text(text: string): void;
  close(name: string): void;
}

const maxDepth = 200;
const maxAttributes = 1000;
const maxPieceLength = 32 * 1024 * 1024;
/** Before the first element. The parser reads document types letter by letter, each of which takes 32 bytes. */
const maxPrologLength = 64 * 1024;

/**
 * Reads one XML document. Document types are refused, so there are no entities to expand and nothing to
 * fetch; depth, attributes and the length of each piece are limited.
 * @throws Unreadable
 */
export function readXml(chunks: TextChunks, reader: XmlReader): void {
  const parser = new SaxesParser();
  let depth = 0;
  let attributeCount = 0;
  let pieceLength = 0;
  let isProlog = true;
  parser.on('error', (error) => {
    throw new Unreadable(sanitizeLine(error.message, 200).replace(/\.$/, ''));
  });
  parser.on('doctype', () => {
    throw new Unreadable('it has a document type, which is refused');
  });
  parser.on('attribute', () => {
    if (++attributeCount > maxAttributes) throw new Unreadable(`an element has more than ${maxAttributes} attributes`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    pieceLength = attributeCount = 0;
    isProlog = false;
    if (++depth > maxDepth) throw new Unreadable(`its elements are nested more than ${maxDepth} deep`);
    reader.open(name, attributes);
  });
  parser.on('closetag', ({ name }) => {
    pieceLength = 0;
    depth--;
    reader.close(name);
  });
  const text = (piece: string): void => {
    pieceLength = 0;
    reader.text(piece);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  for (const chunk of legalXml(chunks)) {
    pieceLength += chunk.length;
    parser.write(chunk);
    if (isProlog && pieceLength > maxPrologLength + chunk.length) throw new Unreadable(`it has more than ${maxPrologLength} characters before its first element`);
    if (pieceLength > maxPieceLength) throw new Unreadable(`one text or tag is longer than ${maxPieceLength} characters`);
  }
  try {
    parser.close();
  } catch (error) {
    // What the parser only misses at the end of the text has been cut off.
    throw error instanceof Unreadable ? new Unreadable(error.message, { isCutOff: true }) : error;
  }
}

const escape = '\u001b';
const colours = new RegExp(`(?:${escape}|&#(?:27|x0*1b);)\\[[\\d;?]*[a-z]`, 'giu');
const longestSequence = 40;

/** Terminal escapes of a test's output are the usual reason for XML that is none, and say nothing about the tests. */
function* legalXml(chunks: TextChunks): Generator<string> {
  let rest = '';
  for (const chunk of chunks) {
    const text = rest + chunk;
    // An escape or a reference may go on in the next piece.
    const begin = Math.max(text.lastIndexOf('&'), text.lastIndexOf(escape));
    const end = begin < Math.max(0, text.length - longestSequence) ? text.length : begin;
    rest = text.slice(end);
    yield withoutIllegalCharacters(text.slice(0, end));
  }
  if (rest !== '') yield withoutIllegalCharacters(rest);
}

function withoutIllegalCharacters(xml: string): string {
  const legal = xml.toWellFormed().replaceAll(colours, '').replaceAll(/(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd');
  if (!legal.includes('&#')) return legal;
  return legal.replaceAll(/&#(?:x([0-9a-f]{1,8})|(\d{1,8}));/gi, (reference, hex: string | undefined, decimal: string | undefined) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return isLegal(code) ? reference : '\ufffd';
  });
}

function isLegal(code: number): boolean {
  return code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
