import { button, h } from './element.ts';

const keys = [
  ['/', 'search'],
  ['j k', 'next and previous suite'],
  ['Enter', 'open the suite'],
  ['n p', 'next and previous suite that did not pass'],
  ['Esc', 'back to the overview'],
  ['t', 'light or dark'],
  ['?', 'this help'],
] as const;

export function createHelp(): { readonly button: HTMLButtonElement; readonly dialog: HTMLDialogElement } {
  const close = button('Close', () => dialog.close());
  const dialog: HTMLDialogElement = h(
    'dialog.help',
    { 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Keys'),
    h('dl', {}, ...keys.map(([key, does]) => h('div', {}, h('dt', {}, ...key.split(' ').map((one) => h('kbd', {}, one))), h('dd', {}, does)))),
    h('p', {}, 'Search takes words: of suites, types, tags, causes, messages, events and tests. All of them must be there. The address holds search, filters and the open suite, so a link to it shows the same.'),
    close,
  );
  return { dialog, button: button('?', () => dialog.showModal(), { class: 'help-button', 'aria-label': 'Help', title: 'Keys (?)' }) };
}
