/** Where terminal reporters write. Escapes that come out of a suite are removed before they get here. */
export interface Screen {
  /** Whether a live window can be redrawn. */
  readonly interactive: boolean;
  /** Width of the terminal. */
  readonly columns: number;
  /** Height of the terminal. */
  readonly rows: number;
  /** Whether it shows colours. */
  readonly colors: boolean;
  /** Writes a text that stays; `text` carries its own line ends. */
  write(text: string): void;
  /** Replaces the live window; an empty text removes it. Does nothing when not interactive. */
  window(text: string): void;
}
