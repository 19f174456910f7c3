// Who else has this page open: `[data-presence]` holds their names, and is asked for anew while somebody is here.
const EVERY = 20_000;
/** Whoever does nothing for so long is not there. */
const IDLE = 15 * 60_000;

/** Tell others that the page of `root` is open, and show who else has it open. */
export function showPresence(root, csrfToken) {
  const place = root.querySelector('[data-presence]');
  if (!place) return;
  let lastSeen = Date.now();
  for (const kind of ['pointermove', 'keydown', 'focusin']) root.addEventListener(kind, () => (lastSeen = Date.now()), { passive: true });
  const beat = async () => {
    if (root.visibilityState !== 'visible' || Date.now() - lastSeen > IDLE) return;
    const answer = await fetch(place.dataset.presence, { method: 'POST', headers: { 'X-CSRFToken': csrfToken() } });
    if (!answer.ok || answer.redirected) return;
    const shown = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
    if (shown.textContent.trim() !== place.textContent.trim()) place.replaceChildren(...shown.childNodes);
  };
  setInterval(() => beat().catch(() => {}), EVERY);
}
