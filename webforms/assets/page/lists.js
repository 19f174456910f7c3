// In `[data-keyboard-list]`, while one of its `[data-row-link]` has the focus, the arrow keys and j/k move between rows.
// Keys act only inside the list, so they never stand in the way of speech input elsewhere (WCAG 2.1.4).
const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Let the marked lists under `root` be walked by keyboard. */
export function walkLists(root) {
  root.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    const link = event.target.closest?.('[data-row-link]');
    const list = link?.closest('[data-keyboard-list]');
    if (!step || !list || event.ctrlKey || event.altKey || event.metaKey) return;
    const links = [...list.querySelectorAll('[data-row-link]')];
    const next = links[links.indexOf(link) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
