import type { Screen } from '../../lib/ports/screen.ts';

/** A screen that keeps what was written, and every state of its window. */
export class FakeScreen implements Screen {
  readonly interactive: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly colors: boolean;
  readonly windows: string[] = [];
  #text = '';

  constructor({ interactive = false, columns = 80, rows = 24, colors = false }: Partial<Omit<Screen, 'write' | 'window'>> = {}) {
    this.interactive = interactive;
    this.columns = columns;
    this.rows = rows;
    this.colors = colors;
  }

  /** All that stays on the screen. */
  get text(): string {
    return this.#text;
  }

  /** What the window shows now. */
  get currentWindow(): string {
    return this.windows.at(-1) ?? '';
  }

  write(text: string): void {
    this.#text += text;
  }

  window(text: string): void {
    if (this.interactive) this.windows.push(text);
  }
}
