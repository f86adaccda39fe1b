/** Longest message or details of one test. */
export const maxTextLength = 64 * 1024;
export const maxNameLength = 1000;

const escape = '\u001b';
const bell = '\u0007';
// Terminal sequences: strings (titles, links), CSI (colours, cursor), the rest. Not from node:util, whose
// expression takes seconds for a text of unterminated links; here no part runs past the next escape.
const strings = `${escape}[\\]PX^_][^${escape}${bell}]*(?:${bell}|${escape}\\\\)`;
const csi = `(?:${escape}\\[|\u009b)[0-?]*[ -/]*[@-~]`;
const sequences = new RegExp(`${strings}|${csi}|${escape}[ -/]*[0-~]`, 'g');
// Control characters but tab and newline, what turns the direction of text, lone surrogates.
const unsafe = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|\p{Cs}|\ufeff/gu;

/** The text without terminal sequences, also unfinished ones. */
export function stripSequences(text: string): string {
  return text.replaceAll(sequences, '');
}

/** Text of foreign origin that may be shown on a terminal: no escapes, no control characters. */
export function sanitizeText(text: string, maxLength = maxTextLength): string {
  // Cut twice: the first bounds the work, the second the result.
  const plain = stripSequences(text.slice(0, maxLength * 4)).replaceAll(/\r\n?/g, '\n').replaceAll(unsafe, '').trimEnd();
  const omitted = text.length > maxLength * 4 ? text.length - maxLength * 4 + Math.max(0, plain.length - maxLength) : plain.length - maxLength;
  return omitted > 0 ? `${plain.slice(0, maxLength).toWellFormed()}\n[${omitted} more characters]` : plain;
}

/** The same on one line, for names. */
export function sanitizeLine(text: string, maxLength = maxNameLength): string {
  const line = sanitizeText(text.slice(0, maxLength * 4)).replaceAll(/\s+/g, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1).toWellFormed()}…` : line;
}
