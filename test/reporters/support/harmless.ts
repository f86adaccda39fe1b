import { extname } from 'node:path';
import { marked, type Token } from 'marked';
import { SaxesParser } from 'saxes';
import { expect } from 'vitest';

/** What no terminal and no CI log may get: control characters, marks that reorder text, commands that are obeyed anywhere in a line. */
export function expectHarmlessLog(text: string): void {
  // oxlint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff]/);
  expect(text).not.toMatch(/##\w*\[/);
  expect(text.isWellFormed()).toBe(true);
}

/** Names of the commands that GitHub's runner finds in a log, by its own rules. */
export function workflowCommands(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, name] = /^\s*::(.+?)::/.exec(line) ?? [];
    return name === undefined ? [] : [name.split(' ', 1)[0] ?? ''];
  });
}

/** HTML is only what folds, links and images are none, and what could be a mention, a reference or a formula stands in code. */
function expectHarmlessMarkdown(content: string): void {
  expectHarmlessLog(content);
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(content), (token) => void tokens.push(token));
  const allowed = new Set(['heading', 'paragraph', 'text', 'codespan', 'code', 'table', 'list', 'list_item', 'space', 'html']);
  expect(tokens.filter(({ type }) => !allowed.has(type))).toEqual([]);
  const html = tokens.filter(({ type }) => type === 'html').flatMap(({ raw }) => raw.trim().split('\n'));
  for (const line of html) expect(line).toMatch(/^(?:<details><summary>(?:<code>[^<>`]*<\/code>|[\w✓✗. ])*<\/summary>|<\/details>)$/);
  expect(html.filter((line) => line.startsWith('<details>'))).toHaveLength(html.filter((line) => line === '</details>').length);
  for (const token of tokens) {
    if (token.type === 'text' && !('tokens' in token && token.tokens)) expect(token.raw).not.toMatch(/[@#<>[\]$`]|:\/\/|www\./);
    if (token.type === 'table') for (const row of (token as { readonly rows: readonly (readonly unknown[])[] }).rows) expect(row).toHaveLength(6);
  }
}

/** Whatever the suites say, the markup is the same: they are in the title as text, and in the data as base64. */
function expectHarmlessPage(content: string): void {
  const markup = content.replace(/<style>[^]*?<\/style>/, '<style>').replace(/id="data">[\w+/=]*<\/script>/, 'id="data">').replace(/<script type="module">[^]*<\/script>/, '<script type="module">');
  expect(markup.match(/<\/?\w*/g)?.join('')).toBe('<<html<head<meta<meta<meta<meta<meta<meta<title</title<link<style</head<body<noscript<p</p<p<code</code<code</code</p</noscript<div</div<script<script</body</html');
  expectHarmlessLog(markup.replaceAll(/##\w*\[/g, ''));
}

/** What files of each ending must be whatever the suites say. A reporter that writes another kind of file says it here. */
const files: Readonly<Record<string, (content: string) => void>> = {
  '.json': (content) => {
    expect(JSON.parse(content)).toBeTypeOf('object');
    expect(content.isWellFormed()).toBe(true);
  },
  '.xml': (content) => {
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(content).close();
    for (const [, path] of content.matchAll(/<(?:system-out|failure|error)[^>]*>[^<]*\[\[\w+\|([^\]]*)/g)) expect(path).toMatch(/^\.kubesuite\/runs\//);
  },
  '.md': expectHarmlessMarkdown,
  '.html': expectHarmlessPage,
  '.jsonl': (content) => {
    for (const line of content.trimEnd().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object');
  },
};

export function expectHarmlessFile(path: string, content: string): void {
  const check = files[extname(path)];
  expect(check, `what is harmless in ${path}?`).toBeDefined();
  check?.(content);
}
