// Markers and badges for the state of an instance. A colour never stands alone: each badge carries a number or words.
const POSITIONS = {
  active: { top: -12, left: -12 },
  done: { top: -12, left: -12 },
  incidents: { top: -12, right: 14 },
  due: { top: -30, left: 14 },
};

function badge(kind, text, title) {
  const mark = document.createElement('span');
  mark.className = `state-badge state-${kind}`;
  mark.textContent = text;
  mark.title = title;
  return mark;
}

function badges({ active, done, incidents, due, failed }, texts) {
  const count = (text, n) => text.replace('{n}', n);
  const found = [];
  if (active) found.push(badge('active', active, count(texts.active, active)));
  else if (done) found.push(badge('done', done > 1 ? `✓ ${done}` : '✓', texts.done));
  if (incidents) found.push(badge('incidents', `! ${incidents}`, count(texts.incidents, incidents)));
  else if (failed) found.push(badge('incidents', '!', texts.failed));
  if (due) found.push(badge('due', due, due));
  return found;
}

/**
 * Draw `state` on the diagram of `viewer`.
 * state: {elements: {id: {active, done, incidents, due, failed}}, flows: [id of a sequence flow taken]};
 * ids that the drawing does not have are passed over.
 */
export function showState(viewer, { elements = {}, flows = [] }, texts) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const drawn = (id) => viewer.get('elementRegistry').get(id);
  for (const [id, facts] of Object.entries(elements).filter(([id]) => drawn(id))) {
    if (facts.failed || facts.incidents) canvas.addMarker(id, 'is-failed');
    else if (facts.active) canvas.addMarker(id, 'is-active');
    else if (facts.done) canvas.addMarker(id, 'is-done');
    for (const html of badges(facts, texts)) {
      const kind = html.className.split('state-').pop();
      overlays.add(id, kind, { position: POSITIONS[kind], html });
    }
  }
  for (const id of flows.filter(drawn)) canvas.addMarker(id, 'is-taken');
}
