export type SafePath = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string };

const maxPathBytes = 1024;
const maxSegmentBytes = 255;

// What Windows refuses in names, and what a terminal could take for an order.
const forbidden = /[<>:"|?*\\\ufeff]|\p{Cc}|\p{Bidi_Control}|\p{Cs}/gu;
const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Turns a name of an archive into a relative POSIX path that any system can write, or says why not. */
export function toSafePath(name: string): SafePath {
  if (/^[/\\]|^[A-Za-z]:[/\\]/.test(name)) return { ok: false, reason: 'absolute path' };
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0) return { ok: false, reason: 'empty path' };
  if (segments.some((segment) => segment.split('\\').includes('..'))) return { ok: false, reason: 'path leaves the results folder' };
  const path = segments.map(toSafeSegment).join('/');
  if (segments.some((segment) => Buffer.byteLength(segment) > maxSegmentBytes) || Buffer.byteLength(path) > maxPathBytes) {
    return { ok: false, reason: 'path is too long' };
  }
  return { ok: true, path };
}

function toSafeSegment(segment: string): string {
  const safe = segment.replaceAll(forbidden, '_').replace(/[. ]+$/, (end) => '_'.repeat(end.length));
  return windowsDevice.test(safe) ? `_${safe}` : safe;
}
