import { isCI } from 'ci-info';
import { createLogUpdate } from 'log-update';
import type { Screen } from '../ports/screen.ts';

type Output = NodeJS.WritableStream & Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'cork' | 'uncork'>>;

export interface TerminalScreenOptions {
  /** @default process.stdout */
  readonly output?: Output;
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default whether a CI system is detected */
  readonly ci?: boolean;
}

/** Standard output. When its reader goes away (`| head`), the run goes on in silence. */
export class TerminalScreen implements Screen {
  readonly interactive: boolean;
  readonly colors: boolean;
  readonly #output: Output;
  readonly #update: ReturnType<typeof createLogUpdate>;
  #window = '';
  #closed = false;

  constructor({ output = process.stdout, env = process.env, ci = isCI }: TerminalScreenOptions = {}) {
    const terminal = output.isTTY === true && env['TERM'] !== 'dumb';
    this.interactive = terminal && !ci;
    this.colors = wantsColors(env, terminal);
    this.#output = output;
    this.#update = createLogUpdate(output);
    output.on('error', () => {
      this.#closed = true;
    });
  }

  get columns(): number {
    return this.#output.columns || 80;
  }

  get rows(): number {
    return this.#output.rows || 24;
  }

  write(text: string): void {
    if (this.#window === '') {
      this.#emit(() => this.#output.write(text));
      return;
    }
    this.#emit(() => {
      this.#update.clear();
      this.#output.write(text.endsWith('\n') ? text : `${text}\n`);
      this.#update(this.#window);
    });
  }

  window(text: string): void {
    if (!this.interactive || (text === '' && this.#window === '')) return;
    this.#window = text;
    this.#emit(() => {
      if (text !== '') {
        this.#update(text);
        return;
      }
      this.#update.clear();
      this.#update.done();
    });
  }

  /** In one write, so that no half of a window is ever seen. */
  #emit(write: () => void): void {
    if (this.#closed) return;
    this.#output.cork?.();
    try {
      write();
    } finally {
      this.#output.uncork?.();
    }
  }
}

/** https://no-color.org and https://force-color.org; a log that is no terminal stays plain. */
function wantsColors(env: Readonly<Record<string, string | undefined>>, terminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return terminal;
}
