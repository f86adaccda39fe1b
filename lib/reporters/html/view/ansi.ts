import Anser from 'anser';

/** A piece of a log in one style. */
export interface StyledText {
  readonly text: string;
  /** Names of CSS classes: `ansi-red`, `ansi-bold`, `ansi-on-blue`. */
  readonly classes: readonly string[];
  /** `rgb(…)`, for the colours that no class has. */
  readonly color?: string;
  readonly background?: string;
}

const escape = '\u001b';
const bell = '\u0007';
// Strings (titles, links) and all sequences but colours. No part runs past the next escape, so the time is linear.
const strings = `${escape}[\\]PX^_][^${escape}${bell}]*(?:${bell}|${escape}\\\\)`;
const notColours = `(?:${escape}\\[|\u009b)[0-?]*[ -/]*[@-ln-~]`;
const short = `${escape}[ -/]*[0-Z\\\\-~]`;
const sequences = new RegExp(`${strings}|${notColours}|${short}`, 'g');
// oxlint-disable-next-line no-control-regex
const unprintable = /(?![\t\n\u001b])\p{Cc}|\p{Bidi_Control}|\p{Cs}|\ufeff/gu;

/** Beyond this a browser would be slow; what follows has no colours. */
const mostPieces = 20_000;

/** What a terminal would show of a log. Progress bars are as they were at the end. */
export function styleLog(log: string): readonly StyledText[] {
  const plain = log.split('\n').map(lastWritten).join('\n').replaceAll('\u009b', `${escape}[`).replaceAll(sequences, '').replaceAll(unprintable, '');
  if (!plain.includes(escape)) return plain === '' ? [] : [{ text: plain, classes: [] }];
  const entries = Anser.ansiToJson(plain, { json: true, use_classes: true, remove_empty: true });
  const pieces = entries.slice(0, mostPieces).map(toStyled);
  const rest = entries.slice(mostPieces).map(({ content }) => content).join('');
  return rest === '' ? pieces : [...pieces, { text: rest, classes: [] }];
}

/** A carriage return takes a terminal back to the beginning of the line. */
function lastWritten(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end--;
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
}

function toStyled({ content, fg, bg, fg_truecolor: fgRgb, bg_truecolor: bgRgb, decorations }: Anser.AnserJsonEntry): StyledText {
  const background = toRgb(bg, bgRgb);
  const color = toRgb(fg, fgRgb) ?? (background !== undefined && !isNamed(fg) ? readableOn(background) : undefined);
  return {
    text: content.replaceAll(escape, ''),
    classes: [
      ...(isNamed(fg) ? [fg] : []),
      ...(isNamed(bg) ? [bg.replace('ansi-', 'ansi-on-')] : []),
      ...decorations.map((decoration) => `ansi-${decoration}`),
    ],
    ...(color !== undefined && { color }),
    ...(background !== undefined && { background }),
  };
}

function isNamed(name: string | null): name is string {
  return name !== null && /^ansi-(?:bright-)?[a-z]+$/.test(name) && name !== 'ansi-truecolor';
}

function toRgb(name: string | null, rgb: string | null): string | undefined {
  if (name === 'ansi-truecolor') return /^\d{1,3}, \d{1,3}, \d{1,3}$/.test(rgb ?? '') ? `rgb(${rgb})` : undefined;
  const index = Number(/^ansi-palette-(\d+)$/.exec(name ?? '')?.[1] ?? Number.NaN);
  if (index >= 232 && index <= 255) return grey(8 + (index - 232) * 10);
  if (!(index >= 16 && index < 232)) return undefined;
  const part = (divisor: number): number => [0, 95, 135, 175, 215, 255][Math.floor((index - 16) / divisor) % 6] ?? 0;
  return `rgb(${part(36)}, ${part(6)}, ${part(1)})`;
}

function readableOn(background: string): string {
  const [red = 0, green = 0, blue = 0] = (background.match(/\d+/g) ?? []).map(Number);
  return red * 0.3 + green * 0.59 + blue * 0.11 > 140 ? grey(0) : grey(255);
}

function grey(value: number): string {
  return `rgb(${value}, ${value}, ${value})`;
}
