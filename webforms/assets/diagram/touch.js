// Fingers on the canvas: one moves it, two move and zoom it. The style sheet keeps the browser's own gestures away
// from it (touch-action); the page scrolls beside it.
import { zoomBy } from './zoom.js';

const TREMOR = 6; // pixels below which a touch is a tap
const CONTROLS = 'button, a, input, [contenteditable], .djs-palette, .djs-context-pad-parent, .djs-popup-parent';

/** Let fingers move and zoom `diagram`. */
export function bindTouch(diagram) {
  const canvas = diagram.get('canvas');
  const container = canvas.getContainer();
  const fingers = new Map();
  let moving = false;

  container.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch' || event.target.closest(CONTROLS)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moving = fingers.size > 1;
  });

  container.addEventListener('pointermove', (event) => {
    const start = fingers.get(event.pointerId);
    if (!start) return;
    const now = { x: event.clientX, y: event.clientY };
    if (!moving && Math.hypot(now.x - start.x, now.y - start.y) < TREMOR) return;
    moving = true;
    const before = grip(fingers);
    const after = grip(fingers.set(event.pointerId, now));
    canvas.scroll({ dx: after.x - before.x, dy: after.y - before.y });
    if (before.width && after.width) zoomBy(diagram, after.width / before.width, within(container, after));
  });

  for (const name of ['pointerup', 'pointercancel']) {
    container.addEventListener(name, ({ pointerId }) => fingers.delete(pointerId));
  }
}

/** The middle of the first two fingers, and how far they are from each other (0 for one). */
function grip(fingers) {
  const [one, two = one] = fingers.values();
  return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2, width: Math.hypot(one.x - two.x, one.y - two.y) };
}

function within(container, { x, y }) {
  const { left, top } = container.getBoundingClientRect();
  return { x: x - left, y: y - top };
}
