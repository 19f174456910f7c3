// Links table rows (data-element-id) with the elements of a diagram, both ways.
const MARK = 'is-pointed-at';

/** A row under the pointer or with the focus marks its element; a click on an element marks and shows its first row. */
export function linkRows(viewer, page) {
  const canvas = viewer.get('canvas');
  const known = (id) => viewer.get('elementRegistry').get(id);
  const rows = [...page.querySelectorAll('[data-element-id]')].filter((row) => !row.closest('.djs-container'));
  for (const row of rows) {
    const id = row.dataset.elementId;
    if (!known(id)) continue;
    for (const name of ['mouseenter', 'focusin']) row.addEventListener(name, () => canvas.addMarker(id, MARK));
    for (const name of ['mouseleave', 'focusout']) row.addEventListener(name, () => canvas.removeMarker(id, MARK));
  }
  viewer.on('element.click', ({ element }) => {
    for (const row of rows) row.classList.toggle(MARK, row.dataset.elementId === element.id);
    const row = rows.find((each) => each.dataset.elementId === element.id);
    const folded = row?.closest('details');
    if (folded) folded.open = true;
    row?.scrollIntoView({ block: 'nearest' });
  });
}
