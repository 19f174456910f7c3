// Keys act only while the drawing has the focus; Tab leaves it.
const STEP = 80; // pixels
const MOVES = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
const ZOOMS = { '+': 'in', '=': 'in', '-': 'out', 0: 'fit' };

/** Move `diagram` with the arrow keys and zoom it with +, - and 0 (`acts` of zoom.js); `label` tells what it is. */
export function bindKeys(diagram, acts, label) {
  const canvas = diagram.get('canvas');
  const drawing = canvas.getContainer().querySelector(':scope > svg');
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', label);
  drawing.addEventListener('keydown', (event) => {
    const [dx, dy] = MOVES[event.key] ?? [];
    const act = acts[ZOOMS[event.key]];
    if (event.ctrlKey || event.altKey || event.metaKey || !(act || dx !== undefined)) return;
    event.preventDefault();
    if (act) act();
    else canvas.scroll({ dx, dy });
  });
}
