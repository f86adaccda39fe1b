import type { PageText } from '../page-data.ts';
import { styleLog } from '../view/ansi.ts';
import { h } from './element.ts';

/** A log with its colours. Its text is made when it is opened: a page has thousands of them. */
export function createLog(title: string, { text, omittedBytes, path }: PageText, isOpen: boolean): HTMLElement {
  const note = omittedBytes > 0 ? ` (the last ${formatBytes(text.length)}; ${formatBytes(omittedBytes)} before it are in ${path})` : '';
  const pre = h('pre.log', { tabindex: '0', 'aria-label': title });
  const details = h('details.text', {}, h('summary', {}, h('span', {}, title), h('span.dim', {}, note)), pre);
  const fill = (): void => {
    if (pre.hasChildNodes()) return;
    pre.replaceChildren(...styleLog(text).map(toSpan));
    if (!pre.hasChildNodes()) pre.append(h('span.dim', {}, 'It is empty.'));
  };
  details.addEventListener('toggle', () => {
    if (!details.open) return;
    fill();
    pre.scrollTop = pre.scrollHeight;
  });
  if (isOpen) {
    fill();
    details.open = true;
  }
  return details;
}

function toSpan({ text, classes, color, background }: ReturnType<typeof styleLog>[number]): Node {
  if (classes.length === 0 && color === undefined && background === undefined) return document.createTextNode(text);
  const span = h('span', { class: classes.join(' ') }, text);
  // Made for a dark terminal: mixed with the text's own colour it can be read on both.
  if (color !== undefined) span.style.color = background === undefined ? `color-mix(in oklab, ${color} 55%, var(--text))` : color;
  if (background !== undefined) span.style.backgroundColor = background;
  return span;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
