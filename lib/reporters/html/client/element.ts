/** What may stand in an element. Text is always text: nothing in the page is ever parsed as markup. */
export type Child = Node | string | undefined | false | readonly Child[];

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** `h('a.row', { href: '#' }, 'text')` */
export function h<Tag extends keyof HTMLElementTagNameMap>(selector: Tag | `${Tag}.${string}`, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const [tag = '', ...classes] = selector.split('.');
  const element = document.createElement(tag as Tag);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === 'class') element.classList.add(...String(value).split(' ').filter((word) => word !== ''));
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue;
    if (typeof child === 'string' || child instanceof Node) parent.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    else append(parent, child);
  }
}

/** A button that is no form's. */
export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', onClick);
  return element;
}

/** Something that only eyes need. */
export function decoration(text: string, classes: string): HTMLElement {
  return h('span', { class: classes, 'aria-hidden': 'true' }, text);
}
