import { everyCause, type RecordedRun } from './every-cause.ts';

/** Sets a flag, asks for an address or opens a dialog as soon as anything of it is taken for more than text. */
export const hostileMarkup = [
  '<script>window.pwned = 1; alert(1)</script>',
  '</script><script>window.pwned = 2</script>',
  '--></style></noscript></title><img src=x onerror="window.pwned = 3">',
  '<svg onload="window.pwned = 4"><use href="http://evil.invalid/a.svg#x"/></svg>',
  '<iframe srcdoc="<script>parent.pwned = 5</script>"></iframe><iframe src="javascript:parent.pwned=6"></iframe>',
  '<a href="javascript:window.pwned=7" autofocus onfocus="window.pwned = 8" tabindex=1>click</a>',
  '<link rel=stylesheet href=http://evil.invalid/x.css><style>@import "http://evil.invalid/y.css"; body { display: none }</style>',
  '<meta http-equiv=refresh content="0;url=http://evil.invalid/"><base href=http://evil.invalid/>',
  '<details open ontoggle="window.pwned = 9"><form action=http://evil.invalid/><button formaction="javascript:pwned=10">go</button></form>',
  '{{constructor.constructor("window.pwned = 11")()}} ${window.pwned = 12} javascript:window.pwned=13 " onmouseover="window.pwned = 14" x="',
  '\u001b]8;;javascript:window.pwned=15\u0007link\u001b]8;;\u0007 \u001b[31m<b onclick="window.pwned = 16">red\u001b[0m',
  '__proto__ constructor \u202Eesrever\u202C \0 \uD800 http://evil.invalid/link',
].join('\n');

/** What decides about verdicts and times; all else of a run is free text. */
const ruled = new Set(['type', 'status', 'state', 'phase', 'cause', 'at', 'firstAt', 'startedAt', 'finishedAt', 'createdAt', 'scheduledAt', 'collectedAt', 'disruptedAt', 'deletedAt', 'source', 'from', 'format', 'job', 'uid', 'pod', 'key', 'suite', 'name', 'disruption', 'kind', 'version']);

/** The run in which every text is hostile, names and paths too. */
export function hostileRun(): RecordedRun {
  const { events, files } = everyCause();
  const paths = new Map([...files.keys()].map((path) => [path, `${path}${hostileMarkup}`]));
  const poison = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string') return paths.get(value) ?? (ruled.has(name) || value === '' ? keyed(value, name) : `${value} ${hostileMarkup}`);
    if (Array.isArray(value)) return value.map((item) => poison(item, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poison(item, key)]));
  };
  return {
    events: events.map((event) => poison(event) as typeof event),
    files: new Map([...files].map(([path, text]) => [paths.get(path) ?? path, `${text}${hostileMarkup}\n`])),
  };
}

/** Names that tie events together must stay the same in all of them. */
function keyed(value: string, name: string): string {
  return ['key', 'suite', 'name', 'pod', 'job'].includes(name) && value !== '' ? `${value}${hostileMarkup}` : value;
}
