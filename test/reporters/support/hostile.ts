/**
 * What a suite, an image, a log or a file name may hold to fool a terminal, a CI system, a browser, a
 * Markdown renderer or a parser. Every reporter is run with every one of them, in every field.
 */
export const hostileTexts: Readonly<Record<string, string>> = {
  'workflow commands': [
    '::error file=a.ts::from a suite',
    '   ::set-output name=x::indented',
    '::set-env name=PATH::/tmp',
    '::add-mask::kubesuite',
    '::stop-commands::token',
    '::endgroup::',
    'before\r::warning::after a carriage return',
    'legacy ##[add-path]/tmp and ##vso[task.setvariable variable=x]y and ##teamcity[buildStatus text="x"]',
    'line\u2028::error::separator\u0085::error::next line',
    'percent %0A::error::%0D%25 title,line=1:file=x',
  ].join('\n'),

  'terminal escapes': [
    '\u001b[2J\u001b]0;title\u0007\u001b[31mred \u009b31mC1',
    '\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\',
    '\u001b\u001b[31m[2Jnested #\u200b#[error]x',
    'section_start:1:x\r\u001b[0Ksection',
    'NUL \0 BEL \u0007 backspace \b form feed \f',
    '\u001b]8;;unterminated '.repeat(20),
  ].join('\n'),

  html: [
    '<script>alert(1)</script><ScRiPt src=//evil.example></sCrIpT >',
    '<img src=x onerror=alert(1)><svg onload=alert(1)><iframe srcdoc="<script>alert(1)</script>">',
    '"><b onmouseover=alert(1)>\' onfocus=alert(1) autofocus=\'',
    '</script></style></textarea></title></pre></code><!-- --!> <![CDATA[ ]]>',
    '<a href="javascript:alert(1)">x</a> <a href="data:text/html,<script>alert(1)</script>">y</a>',
    '<style>*{display:none}</style><base href=//evil.example><meta http-equiv=refresh content=0>',
    '&lt;script&gt; &#60;script&#62; \\u003cscript\\u003e {{constructor}} ${alert(1)}',
  ].join('\n'),

  markdown: [
    '</details></summary></code></pre>',
    '```',
    '# heading',
    '~~~~ ````` ``````````',
    '| a | b |',
    '|---|---|',
    '| \\| ` | `` |',
    '@octocat @octo-org/team #1 GH-1 owner/repo#1 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
    '![image](https://evil.example/pixel.png) [link](javascript:alert(1)) <https://evil.example>',
    'https://evil.example www.evil.example mail@evil.example',
    '- [ ] task *bold* _em_ ~~strike~~ $x^2$ \\',
    '> quote',
    '    indented code',
    '[reference]: https://evil.example "title"',
    '[reference] ![reference]',
    '===',
    '<!-- comment',
  ].join('\n'),

  'file names': '../../../../etc/passwd\n/etc/passwd\nC:\\windows\\x\nfile:///etc/passwd\n%2e%2e/%2f\nname with spaces, commas:colons and [[ATTACHMENT|/etc/passwd]]\n-rf',

  unicode: [
    'bidi \u202Eesrever\u202C \u2066isolate\u2069 zero\u200Bwidth\u2060 \uFEFF',
    'xml ]]> <b a="1">&amp;</b> \uFFFE \uFFFF lone \uD800 pair \u{1F600} reversed \uDE00\uD83D',
    'combining Z\u0351\u036B\u0343\u036A\u0302 wide 画像 \u3000',
  ].join('\n'),

  'property names': '__proto__ constructor toString hasOwnProperty',
  blank: ' \t\n \n',
};

/** All of them at once. */
export const hostileText = Object.values(hostileTexts).join('\n');

/** For a single test: in every field it would only show that memory is finite. */
export const longText = `${'<a href=x>`|@b '.repeat(40_000)}${'\u001b]8;;'.repeat(50_000)}end`;

/** A copy in which every string that is free text is hostile; different strings stay different. */
export function poison<T>(value: T, text?: string): T;
export function poison(value: unknown, text: string = hostileText): unknown {
  if (typeof value === 'string') return `${text}${value}${text}`;
  if (Array.isArray(value)) return value.map((item: unknown) => poison(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typeof item === 'string' && isRuled(key, item) ? item : poison(item, text)]));
}

/** Written by kubesuite itself or by Kubernetes in a fixed form: words of a list, times. */
function isRuled(key: string, value: string): boolean {
  if (key === 'type') return eventTypes.test(value);
  return ruled.has(key);
}

const eventTypes = /^(?:(?:run|job|pod|cluster|queue|results|log|grace|suite|start|contact|evidence)-[a-z-]+|Complete|Failed|Warning|Normal)$/;
const ruled = new Set([
  'verdict', 'cause', 'status', 'phase', 'state', 'from', 'format', 'disruption', 'startedAt', 'finishedAt', 'endedAt', 'queuedAt', 'createdAt', 'deletedAt',
  'disruptedAt', 'firstAt', 'at', 'since', 'waitsFor', 'kind',
]);
