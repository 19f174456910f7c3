// The board of a lead: rows are dragged onto a person, also by way of a tray that stands in view while somebody drags;
// decisions are read where they stand. Without scripts the select and the links do the same.
const tray = () => document.querySelector('.tray');
const box = (row) => row.querySelector('input[name=task]');

function prepare(root) {
  for (const row of root.querySelectorAll('tr[data-drag]')) row.draggable = true;
  for (const hint of root.querySelectorAll('[data-drag-hint]')) hint.hidden = false;
}

/** Everybody on the board, for whoever drags from a list far below the team. */
function openTray() {
  const shown = document.createElement('div');
  shown.className = 'tray';
  shown.setAttribute('aria-hidden', 'true');
  for (const option of document.querySelectorAll('[data-assign-to] option[value]:not([value=""])')) {
    const person = document.createElement('div');
    person.dataset.drop = option.value;
    person.textContent = option.textContent;
    shown.append(person);
  }
  document.body.append(shown);
}

function begin(event) {
  const row = event.target.closest?.('tr[data-drag]');
  if (!row) return;
  if (!box(row).checked) {
    for (const each of document.querySelectorAll('#list input[name=task]:checked')) each.checked = false;
    box(row).checked = true;
    box(row).dispatchEvent(new Event('change', { bubbles: true }));
  }
  for (const each of document.querySelectorAll('tr[data-drag]')) each.classList.toggle('is-dragged', box(each).checked);
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', box(row).value);
  setTimeout(openTray); // a change of the page within dragstart ends the drag in Chromium
}

function end() {
  tray()?.remove();
  for (const each of document.querySelectorAll('.is-dragged, .is-over')) each.classList.remove('is-dragged', 'is-over');
}

function drop(event) {
  const target = event.target.closest?.('[data-drop]');
  if (!target || !document.querySelector('.is-dragged')) return;
  event.preventDefault();
  give(target.dataset.drop);
}

function give(username) {
  document.querySelector('[data-assign-to]').value = username;
  document.querySelector('#bulk [value=assign]').click();
}

function over(event) {
  if (!document.querySelector('.is-dragged')) return;
  const target = event.target.closest?.('[data-drop]');
  for (const each of document.querySelectorAll('.is-over')) each.classList.toggle('is-over', each === target);
  if (!target) return;
  event.preventDefault();
  target.classList.add('is-over');
}

async function unfold(item) {
  const body = item.querySelector('[data-decision-body]');
  body.dataset.link ??= body.innerHTML;
  if (!item.open) {
    body.innerHTML = body.dataset.link; // two decisions in one page would share the ids of their fields
    return;
  }
  const address = item.dataset.decision;
  const answer = await fetch(address, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok || answer.redirected || !item.open) return;
  const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#decision');
  if (found) body.replaceChildren(...found.childNodes);
}

/** Let the board of `root`, if it has one, be dragged on and its decisions be unfolded. */
export function board(root) {
  if (!root.querySelector('[data-decisions]')) return;
  prepare(root);
  root.addEventListener('dragstart', begin);
  root.addEventListener('dragend', end);
  root.addEventListener('dragover', over);
  root.addEventListener('drop', drop);
  root.addEventListener('htmx:afterSettle', () => { end(); prepare(root); });
  root.addEventListener('toggle', (event) => { if (event.target.matches?.('[data-decision]')) unfold(event.target); }, true);
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.matches?.('[data-assign-to]') || !event.target.value) return;
    event.preventDefault();
    give(event.target.value);
  });
}
