import { stripSequences } from '../../run/results/sanitize.ts';

export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

// XML 1.0 has no way to write other characters, not even escaped.
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** An element with escaped attributes around content that is XML already. */
export function element(name: string, attributes: XmlAttributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`)
    .join('');
  if (children.length === 0) return `<${name}${written}/>`;
  return `<${name}${written}>\n${children.map((child) => `${child}\n`).join('')}</${name}>`;
}

/** An element around text; the text is kept as it is, blanks included. */
export function textElement(name: string, attributes: XmlAttributes, text: string): string {
  const escaped = escapeText(text);
  const opening = element(name, attributes).slice(0, -2);
  return escaped === '' ? `${opening}/>` : `${opening}>${escaped}</${name}>`;
}

function escapeText(text: string): string {
  return stripSequences(text)
    .replaceAll(illegal, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** Parsers turn raw line ends of an attribute into blanks. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
