// Taking complaints in (`form[data-desk]`): questions that an answer brings up appear by themselves, and what is here already
// is looked for a short pause after typing. Without this script two buttons do the same.
const PAUSE = 600; // milliseconds after the last keystroke
const SOUGHT = /\.(full_name|mobile|email|id_no|uscc|customer_ref|account_ref)$|regulator\.number$/;

const ids = (root) => [...root.querySelectorAll('[id]')].map((each) => each.id).join();

/** The form's fields without its files. */
function fields(form, pressed) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  if (pressed) body.set(pressed, '1');
  return body;
}

/** What was typed meanwhile stays. */
function carryOver(from, to) {
  for (const fresh of to.querySelectorAll('input[id], select[id], textarea[id]')) {
    const old = from.querySelector(`#${CSS.escape(fresh.id)}`);
    if (!old) continue;
    if (fresh.type === 'checkbox' || fresh.type === 'radio') fresh.checked = old.checked;
    else if (fresh.type !== 'file') fresh.value = old.value;
  }
}

async function askAnew(form, token) {
  const answer = await fetch(form.action, { method: 'POST', body: fields(form, '_update'), headers: { 'X-CSRFToken': token } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const focused = document.activeElement?.id;
  for (const part of form.querySelectorAll('[data-part]')) {
    const fresh = page.getElementById(part.id);
    if (!fresh || ids(fresh) === ids(part)) continue;
    carryOver(part, fresh);
    part.replaceChildren(...fresh.childNodes);
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

async function look(form, box, token) {
  const answer = await fetch(form.dataset.earlierUrl, { method: 'POST', body: fields(form), headers: { 'X-CSRFToken': token } }).catch(() => null);
  if (answer?.ok && !answer.redirected) box.innerHTML = await answer.text();
}

/** Let the marked forms under `root` answer by themselves. */
export function takeIn(root, csrfToken) {
  for (const form of root.querySelectorAll('form[data-desk]')) {
    const box = form.querySelector('[data-earlier]');
    let timer;
    form.querySelector('[data-update]')?.setAttribute('hidden', '');
    if (box) form.querySelector('[data-earlier-button]')?.setAttribute('hidden', '');
    form.addEventListener('change', (event) => {
      if (event.target.matches('select, input[type=radio], input[type=checkbox], input[type=date], input[type=datetime-local]')) askAnew(form, csrfToken());
    });
    form.addEventListener('input', (event) => {
      if (!box || !SOUGHT.test(event.target.name ?? '')) return;
      clearTimeout(timer);
      timer = setTimeout(() => look(form, box, csrfToken()), PAUSE);
    });
  }
}
