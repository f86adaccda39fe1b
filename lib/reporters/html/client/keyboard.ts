export interface Actions {
  readonly search: () => void;
  /** -1 or 1. */
  readonly move: (step: number, problemsOnly: boolean) => void;
  readonly back: () => void;
  readonly theme: () => void;
  readonly help: () => void;
}

/** Keys of the page; a field keeps its own, except Escape. */
export function listenToKeys(actions: Actions): void {
  const keys: Readonly<Record<string, () => void>> = {
    '/': actions.search,
    j: () => actions.move(1, false),
    k: () => actions.move(-1, false),
    n: () => actions.move(1, true),
    p: () => actions.move(-1, true),
    t: actions.theme,
    '?': actions.help,
    Escape: actions.back,
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]') !== null) return;
    const isField = event.target instanceof HTMLElement && event.target.closest('input, select, textarea') !== null;
    if (isField && event.key !== 'Escape') return;
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}
