// What others do shows in the task list without a reload, and no row moves under the pointer: rows change in their place,
// rows that are gone are struck through and stay, and new ones are told of above the list until somebody asks for them.
const EVERY = 20_000;
/** Whoever does nothing for so long is not there; asking on would only keep the log-in alive. */
const IDLE = 15 * 60_000;

let lastSeen = Date.now();

const byKey = (root) => new Map([...root.querySelectorAll('[data-row]')].map((row) => [row.dataset.row, row]));
const words = (row) => row.textContent.replace(/\s+/g, ' ');

function isBusy(row) {
  return row.contains(document.activeElement) || row.matches(':hover');
}

function change(row, fresh) {
  if (words(row) === words(fresh) || isBusy(row)) return;
  const ticked = row.querySelector('input[name=task]')?.checked;
  row.replaceChildren(...fresh.cloneNode(true).childNodes);
  const box = row.querySelector('input[name=task]');
  if (box) box.checked = Boolean(ticked);
  row.classList.add('is-changed');
}

function tell(list, number) {
  const note = list.querySelector('[data-news]');
  if (!note) return;
  note.hidden = !number;
  note.querySelector('[data-number]').textContent = number;
}

function merge(list, fresh) {
  const [shown, found] = [byKey(list), byKey(fresh)];
  for (const [key, row] of shown) {
    row.classList.toggle('is-gone', !found.has(key));
    if (found.has(key)) change(row, found.get(key));
  }
  tell(list, [...found.keys()].filter((key) => !shown.has(key)).length);
  const counts = fresh.querySelectorAll('.filters .num');
  list.querySelectorAll('.filters .num').forEach((each, index) => {
    if (counts[index]) each.textContent = counts[index].textContent;
  });
}

async function ask(list) {
  const answer = await fetch(list.dataset.live, { headers: { Accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#list');
  if (fresh && document.contains(list)) merge(list, fresh);
}

/** Keep the task list of `root`, if it has one, as it is for everybody. */
export function followChanges(root) {
  if (!root.querySelector('[data-live]')) return;
  for (const kind of ['pointermove', 'keydown', 'focusin']) root.addEventListener(kind, () => (lastSeen = Date.now()), { passive: true });
  const look = () => {
    const list = root.querySelector('[data-live]');
    if (list && root.visibilityState === 'visible' && Date.now() - lastSeen < IDLE) ask(list).catch(() => {});
  };
  setInterval(look, EVERY);
  root.addEventListener('visibilitychange', look);
}
