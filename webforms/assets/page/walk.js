// Through the tasks of a list by keyboard: j to the next, k to the one before, unless somebody writes, or has switched
// the keys of the task list off (WCAG 2.1.4).
import { areKeysOn } from './triage.js';

const BUSY = 'input, textarea, select, button, summary, [contenteditable], dialog';

/** Let the links of `[data-walk]` in `root` be followed by j and k. */
export function walkTasks(root) {
  const walk = root.querySelector('[data-walk]');
  if (!walk) return;
  root.addEventListener('keydown', (event) => {
    const link = walk.querySelector({ j: '[rel=next]', k: '[rel=prev]' }[event.key] ?? 'none');
    if (!link || !areKeysOn() || event.ctrlKey || event.altKey || event.metaKey || event.target.closest(BUSY)) return;
    event.preventDefault();
    link.click();
  });
}
