// Zooming with buttons, because the wheel belongs to the page.
const STEP = 1.25;
const MARGIN = 0.92; // leaves air around the drawing

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

/** Let the buttons with data-zoom="in|out|fit" inside `frame` zoom `diagram`. */
export function bindZoom(diagram, frame) {
  const canvas = diagram.get('canvas');
  const acts = {
    in: () => canvas.zoom(canvas.zoom() * STEP),
    out: () => canvas.zoom(canvas.zoom() / STEP),
    fit: () => fit(diagram),
  };
  for (const button of frame.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', acts[button.dataset.zoom]);
    button.hidden = false;
  }
}
