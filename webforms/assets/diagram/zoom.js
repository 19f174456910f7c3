// Zooming with buttons, because the wheel belongs to the page.
const STEP = 1.25;
const MARGIN = 0.92; // leaves air around the drawing
const LEAST = 0.05;
const MOST = 4;

/** Show the whole drawing, never larger than its natural size, beside what covers the canvas on its left. */
export function fit(diagram) {
  const canvas = diagram.get('canvas');
  const covered = diagram.get('palette', false) ? coveredByPalette(canvas) : 0;
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !inner.height) return;
  const scale = Math.min(1, ((outer.width - covered) * MARGIN) / inner.width, (outer.height * MARGIN) / inner.height);
  canvas.viewbox({
    x: inner.x + inner.width / 2 - (outer.width + covered) / 2 / scale,
    y: inner.y + inner.height / 2 - outer.height / 2 / scale,
    width: outer.width / scale,
    height: outer.height / scale,
  });
}

/** Pixels from the left border of the canvas to the right border of the palette. */
function coveredByPalette(canvas) {
  const container = canvas.getContainer();
  const palette = container.querySelector('.djs-palette');
  return palette.getBoundingClientRect().right - container.getBoundingClientRect().left;
}

/** Zoom by `factor`, the point `centre` (x and y in pixels of the canvas; default: its middle) staying where it is. */
export function zoomBy(diagram, factor, centre) {
  const canvas = diagram.get('canvas');
  canvas.zoom(Math.min(MOST, Math.max(LEAST, canvas.zoom() * factor)), centre);
}

/** What the buttons and keys do: in, out, fit. */
export function zooming(diagram) {
  return {
    in: () => zoomBy(diagram, STEP),
    out: () => zoomBy(diagram, 1 / STEP),
    fit: () => fit(diagram),
  };
}

/** Let the buttons with data-zoom inside `frame` do the acts of that name; the others stay hidden. */
export function bindZoom(acts, frame) {
  for (const button of frame.querySelectorAll('[data-zoom]')) {
    const act = acts[button.dataset.zoom];
    if (!act) continue;
    button.addEventListener('click', act);
    button.hidden = false;
  }
}
