import { button } from './element.ts';

export function copyButton(text: string, what: string): HTMLButtonElement {
  const element = button('Copy', () => {
    const told = (word: string): void => {
      element.textContent = word;
      setTimeout(() => {
        element.textContent = 'Copy';
      }, 1500);
    };
    navigator.clipboard.writeText(text).then(() => told('Copied'), () => told('Not allowed'));
  }, { class: 'copy', 'aria-label': `Copy ${what}` });
  return element;
}
