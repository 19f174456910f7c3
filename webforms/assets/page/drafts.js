// A form with `data-autosave-url` posts its fields there after a pause; files are not sent.
// `[data-autosave-status]` inside it holds the outcome; its data-saving, data-saved and data-failed are the words.
import { markSaved } from './unsaved.js';

const PAUSE = 3000; // milliseconds after the last keystroke
const started = new WeakSet();

/** Start saving the marked forms in `root`, each once. */
export function saveDrafts(root, csrfToken) {
  for (const form of root.querySelectorAll('form[data-autosave-url]')) {
    if (started.has(form)) continue;
    started.add(form);
    let timer;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(form, csrfToken()), PAUSE);
    });
    form.addEventListener('submit', () => clearTimeout(timer));
  }
}

async function save(form, token) {
  const status = form.querySelector('[data-autosave-status]');
  const say = (word) => { if (status) status.textContent = status.dataset[word] ?? ''; };
  say('saving');
  const body = textFields(form);
  const stored = await fetch(form.dataset.autosaveUrl, { method: 'POST', body, headers: { 'X-CSRFToken': token } })
    .then((answer) => answer.ok && !answer.redirected, () => false);
  say(stored ? 'saved' : 'failed');
  if (stored && `${body}` === `${textFields(form)}`) markSaved(form);
}

function textFields(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
}
