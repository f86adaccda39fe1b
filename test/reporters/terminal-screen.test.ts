import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { TerminalScreen } from '../../lib/adapters/terminal-screen.ts';

function createOutput(isTTY: boolean): { readonly output: PassThrough; readonly written: () => string } {
  const output = Object.assign(new PassThrough(), { isTTY, columns: 60, rows: 10 });
  return { output, written: () => String(output.read() ?? '') };
}

describe('TerminalScreen', () => {
  it.each([
    { name: 'terminal', isTTY: true, ci: false, env: {}, interactive: true, colors: true },
    { name: 'terminal in CI', isTTY: true, ci: true, env: {}, interactive: false, colors: true },
    { name: 'dumb terminal', isTTY: true, ci: false, env: { TERM: 'dumb' }, interactive: false, colors: false },
    { name: 'pipe', isTTY: false, ci: false, env: {}, interactive: false, colors: false },
    { name: 'pipe in CI', isTTY: false, ci: true, env: {}, interactive: false, colors: false },
    { name: 'NO_COLOR', isTTY: true, ci: false, env: { NO_COLOR: '1' }, interactive: true, colors: false },
    { name: 'empty NO_COLOR', isTTY: true, ci: false, env: { NO_COLOR: '' }, interactive: true, colors: true },
    { name: 'FORCE_COLOR', isTTY: false, ci: true, env: { FORCE_COLOR: '1' }, interactive: false, colors: true },
    { name: 'FORCE_COLOR=0', isTTY: true, ci: false, env: { FORCE_COLOR: '0' }, interactive: true, colors: false },
  ])('knows what a $name can', ({ isTTY, ci, env, interactive, colors }) => {
    const screen = new TerminalScreen({ output: createOutput(isTTY).output, ci, env });
    expect({ interactive: screen.interactive, colors: screen.colors }).toEqual({ interactive, colors });
  });

  it('has the usual size when none is known', () => {
    const screen = new TerminalScreen({ output: new PassThrough(), ci: false, env: {} });
    expect([screen.columns, screen.rows]).toEqual([80, 24]);
  });

  it('keeps texts above the window', () => {
    const { output, written } = createOutput(true);
    const screen = new TerminalScreen({ output, ci: false, env: {} });
    screen.window('window');
    screen.write('line without an end');
    screen.window('');
    screen.write('last\n');
    const text = written();
    expect(text.indexOf('line without an end\n')).toBeLessThan(text.lastIndexOf('window'));
    expect(text.endsWith('last\n')).toBe(true);
  });

  it('writes nothing but the text where no window can be', () => {
    const { output, written } = createOutput(false);
    const screen = new TerminalScreen({ output, ci: false, env: {} });
    screen.window('window');
    screen.write('a\n');
    screen.window('');
    expect(written()).toBe('a\n');
  });

  it('falls silent when the reader goes away', async () => {
    const { output } = createOutput(true);
    const screen = new TerminalScreen({ output, ci: false, env: {} });
    output.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await new Promise((resolve) => setImmediate(resolve));
    screen.write('text\n');
    screen.window('window');
    screen.window('');
    expect(output.destroyed).toBe(true);
  });
});
