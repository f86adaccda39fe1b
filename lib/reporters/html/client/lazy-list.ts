const mostOnPaper = 2000;

/**
 * Appends items as they come into sight, some at a time: a list of 50,000 is as fast as one of 100.
 * Its last button shows more also where nothing scrolls.
 */
export function fillLazily<Item>(list: HTMLElement, items: readonly Item[], render: (item: Item) => HTMLElement, atOnce = 100): void {
  const print = matchMedia('print');
  let shown = 0;
  const more = document.createElement('li');
  more.className = 'more';
  const button = document.createElement('button');
  button.type = 'button';
  more.append(button);
  const add = (): void => {
    const fragment = document.createDocumentFragment();
    for (const item of items.slice(shown, shown + atOnce)) fragment.append(render(item));
    shown = Math.min(items.length, shown + atOnce);
    more.before(fragment);
    button.textContent = `Show more (${(items.length - shown).toLocaleString('en')})`;
    if (shown === items.length) {
      more.remove();
      observer.disconnect();
      print.removeEventListener('change', addAll);
    }
  };
  const addAll = (): void => {
    while (print.matches && list.isConnected && shown < Math.min(items.length, mostOnPaper)) add();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) add();
    },
    { rootMargin: '400px' },
  );
  print.addEventListener('change', addAll);
  button.addEventListener('click', add);
  list.replaceChildren(more);
  add();
  if (shown < items.length) observer.observe(more);
}
