// The task list by keyboard: j and k move, x ticks, c takes, u undoes, / searches, ? explains. Whoever needs single keys for
// something else, as for speech input, switches them off in the help; the browser remembers it (WCAG 2.1.4).
const OFF = 'redress.keys';
const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable], dialog';

/** Whether this browser takes single keys. */
export const areKeysOn = () => localStorage.getItem(OFF) !== 'off';
const box = (row) => row?.querySelector('input[name=task]');
const rows = () => [...document.querySelectorAll('#list [data-row]')].filter(box);

let last = 0;

function current() {
  const row = document.activeElement?.closest('[data-row]');
  return row ?? rows()[last];
}

function goTo(index) {
  const all = rows();
  if (!all.length) return;
  last = Math.min(Math.max(index, 0), all.length - 1);
  all[last].querySelector('[data-row-link]').focus();
}

function move(step) {
  const row = document.activeElement?.closest('[data-row]');
  goTo(row ? rows().indexOf(row) + step : last);
}

function showTicks() {
  const form = document.querySelector('[data-bulk]');
  if (!form) return;
  let ticked = 0;
  for (const row of rows()) {
    const isTicked = Boolean(box(row)?.checked);
    row.classList.toggle('is-ticked', isTicked);
    ticked += isTicked ? 1 : 0;
  }
  const words = form.querySelector('[data-ticked]');
  words.dataset.plain ??= words.textContent;
  words.textContent = ticked ? `${words.dataset.ticked} ${ticked}` : words.dataset.plain;
}

function tick(row) {
  if (!box(row)) return;
  box(row).checked = !box(row).checked;
  showTicks();
}

function take() {
  const row = current();
  if (row && !rows().some((each) => box(each)?.checked)) tick(row);
  document.querySelector('[data-bulk] [value=claim]')?.click();
}

function give() {
  const row = current();
  if (row && !rows().some((each) => box(each)?.checked)) tick(row);
  const to = document.querySelector('#to');
  const sheet = to?.closest('details');
  if (sheet) sheet.open = true;
  to?.focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => tick(current()),
  c: take,
  a: give,
  u: () => document.querySelector('#list .notice [name=act]')?.click(),
  '/': () => document.querySelector('#search')?.focus(),
  '?': () => document.querySelector('#shortcuts')?.showModal(),
};

/** What a list shows only where there are scripts. */
function reveal() {
  for (const each of document.querySelectorAll('[data-tick-all], [data-shortcuts]')) each.hidden = false;
  showTicks();
}

/** Let the task list of `root`, if it has one, be worked by keyboard. */
export function triage(root) {
  if (!root.querySelector('#list')) return;
  reveal();
  const on = root.querySelector('[data-keys-on]');
  on.checked = areKeysOn();
  on.addEventListener('change', () => localStorage.setItem(OFF, on.checked ? 'on' : 'off'));
  root.addEventListener('keydown', (event) => {
    const act = KEYS[event.key];
    if (!act || !areKeysOn() || event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPING)) return;
    event.preventDefault();
    act();
  });
  root.addEventListener('focusin', (event) => {
    const row = event.target.closest?.('[data-row]');
    if (row) last = rows().indexOf(row);
  });
  root.addEventListener('change', (event) => {
    if (event.target.matches?.('[data-tick-all]')) {
      for (const row of rows()) if (box(row)) box(row).checked = event.target.checked;
    }
    showTicks();
  });
  root.addEventListener('click', (event) => {
    if (event.target.closest?.('[data-shortcuts]')) root.querySelector('#shortcuts').showModal();
    for (const sheet of root.querySelectorAll('.bulk-more[open]')) if (!sheet.contains(event.target)) sheet.open = false;
  });
  // The list was exchanged: whoever works by keyboard goes on where they were.
  root.addEventListener('htmx:afterSettle', () => {
    reveal();
    if (document.activeElement === document.body) goTo(last);
  });
}
