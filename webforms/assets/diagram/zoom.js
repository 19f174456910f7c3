// Zooming with buttons, because the wheel belongs to the page.
const STEP = 1.25;
const MARGIN = 0.92; // leaves air around the drawing

/** Show the whole drawing, never larger than its natural size. */
export function fit(diagram) {
  const canvas = diagram.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  if (canvas.zoom() < 1) canvas.zoom(canvas.zoom() * MARGIN, 'auto');
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
