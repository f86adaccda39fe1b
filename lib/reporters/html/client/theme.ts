import { button } from './element.ts';

const key = 'kubesuite-theme';

/** The colours that somebody chose before; without a choice the page follows the system. */
export function applyChosenTheme(): void {
  const chosen = remember();
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
}

export function createThemeButton(): HTMLButtonElement {
  const root = document.documentElement;
  const element = button('', () => toggle(), { class: 'theme' });
  const label = (): void => {
    const next = isDark() ? 'light' : 'dark';
    element.textContent = isDark() ? '☀' : '☾';
    element.setAttribute('aria-label', `Use ${next} colours`);
    element.title = `Use ${next} colours (t)`;
  };
  const toggle = (): void => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    remember(root.dataset['theme']);
    label();
  };
  label();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', label);
  return element;
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}

/** A page that was opened as a file may have no storage. */
function remember(theme?: string): string | null {
  try {
    if (theme !== undefined) localStorage.setItem(key, theme);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
