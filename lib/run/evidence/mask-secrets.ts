const mask = '[masked]';

/** Names whose values nobody should read in a report. */
const secretWord = 'pass(?:word|wd|phrase)|(?<![a-z])pass(?![a-z])|pwd|secret|token(?!s|i[sz])|api[-_]?key|access[-_]?key|private[-_]?key|client[-_]?secret|credentials?|auth[-_]?key|session[-_]?id|cookie';
const secretName = new RegExp(secretWord, 'i');

/** Between a name and its value. */
const colour = '(?:\\u001b\\[[\\d;]{0,20}m){0,3}';
/** Of JSON, also of JSON in a text of JSON. */
const quote = `(?:\\\\{0,3}["'])?`;

interface Pattern {
  readonly find: RegExp;
  readonly replace: string;
}

/** Each runs over megabytes of foreign text: no part of one may repeat without a bound. */
const patterns: readonly Pattern[] = [
  { find: /\b([a-z][-+.a-z0-9]{0,20}:\/\/[^\s:/@"']{0,200}):[^\s/@"']{1,500}@/gi, replace: `$1:${mask}@` },
  { find: /\b(authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:[a-z]{1,20}\s{1,4})?)[^\s"',;]{4,8000}/gi, replace: `$1${mask}` },
  { find: /\b(bearer\s{1,4})[-._~+/=a-z0-9]{8,8000}/gi, replace: `$1${mask}` },
  { find: /\beyJ[-_A-Za-z0-9]{8,8000}\.[-_A-Za-z0-9]{4,8000}(?:\.[-_A-Za-z0-9]{0,8000})?/g, replace: '[masked JWT]' },
  { find: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g, replace: '[masked AWS key]' },
  { find: /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[-_A-Za-z0-9]{20,255}|npm_[A-Za-z0-9]{30,64}|xox[a-z]-[-A-Za-z0-9]{10,255}|sk_(?:live|test)_[A-Za-z0-9]{10,255}|sk-(?=[-_A-Za-z0-9]{0,40}\d)[-_A-Za-z0-9]{20,255}|AIza[-_A-Za-z0-9]{35})/g, replace: mask },
  {
    find: new RegExp(`((?:${secretWord})[a-z0-9]{0,20}${colour}${quote}\\s{0,4}[:=]>?\\s{0,4}${colour})(?:"(?:[^"\\\\\\n]|\\\\.){1,8000}"|\\\\{1,3}"[^"\\\\\\n]{1,8000}\\\\{1,3}"|'[^'\\n]{1,8000}'|[^\\s"'&,;{}\\[\\]\\\\\\u001b]{1,8000})`, 'gi'),
    replace: `$1${mask}`,
  },
  // As arguments of a command, and as elements of XML.
  { find: new RegExp(`(--?[-a-z0-9]{0,20}(?:${secretWord})[a-z0-9]{0,20}\\s{1,4})(?![-\\s])(?:"[^"\\n]{1,8000}"|'[^'\\n]{1,8000}'|[^\\s"'&,;]{1,8000})`, 'gi'), replace: `$1${mask}` },
  { find: new RegExp(`(<[-\\w:.]{0,20}(?:${secretWord})[-\\w.]{0,20}>)[^<\\n]{1,8000}(?=<)`, 'gi'), replace: `$1${mask}` },
];

/**
 * Text of foreign origin without what looks like a credential. The values of Secrets are not known
 * here, so this goes by form: it can miss one, and can mask what is none.
 */
export function maskSecrets(text: string): string {
  return patterns.reduce((masked, { find, replace }) => masked.replaceAll(find, replace), maskPrivateKeys(text));
}

const longestKey = 16 * 1024;
const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const keyEnds = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;

/** A key that was cut off is masked up to the end. */
function maskPrivateKeys(text: string): string {
  const begins = [...text.matchAll(keyBegins)].map(({ index }) => index);
  const ends = [...text.matchAll(keyEnds)].map(({ index, 0: line }) => index + line.length);
  let masked = '';
  let done = 0;
  for (const begin of begins) {
    if (begin < done) continue;
    while (ends[0] !== undefined && ends[0] <= begin) ends.shift();
    const end = Math.min(ends[0] ?? text.length, begin + longestKey);
    masked += `${text.slice(done, begin)}[masked private key]`;
    done = end;
  }
  return masked + text.slice(done);
}

/** Plain data: the values of environment variables with telling names, and every text. */
export function maskDeep(value: unknown): unknown {
  if (typeof value === 'string') return maskSecrets(value);
  if (Array.isArray(value)) return value.map(maskDeep);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  const entries = Object.entries(value);
  const name = 'name' in value && typeof value.name === 'string' ? value.name : '';
  return Object.fromEntries(entries.map(([key, item]) => [key, key === 'value' && typeof item === 'string' && secretName.test(name) ? mask : maskDeep(item)]));
}
