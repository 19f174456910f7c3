// A form with `data-unsaved-guard` asks before the page is left while it holds unsaved input.
const dirty = new Set();
const guarded = new WeakSet();

/** Guard the marked forms in `root`, each once. */
export function guardUnsaved(root) {
  for (const form of root.querySelectorAll('form[data-unsaved-guard]')) {
    if (guarded.has(form)) continue;
    guarded.add(form);
    form.addEventListener('input', () => dirty.add(form));
    form.addEventListener('submit', () => dirty.delete(form));
  }
}

/** `form` holds nothing that is not stored. */
export function markSaved(form) {
  dirty.delete(form);
}

window.addEventListener('beforeunload', (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});
