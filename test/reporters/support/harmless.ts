import { extname } from 'node:path';
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
  },
};

export function expectHarmlessFile(path: string, content: string): void {
  const check = files[extname(path)];
  expect(check, `what is harmless in ${path}?`).toBeDefined();
  check?.(content);
}
