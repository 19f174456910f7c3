// Where a case stands: the level of the diagram and the part of it that are worth looking at first.
import { fit } from './zoom.js';

const READABLE = 0.7; // the smallest scale at which names can be read

/** The function that shows where the case of `state` stands on `viewer`, or undefined where nothing is under way. */
export function whereabouts(viewer, { elements }) {
  const [place] = innermost(viewer.get('elementRegistry'), elements);
  if (!place) return undefined;
  const canvas = viewer.get('canvas');
  return () => {
    canvas.setRootElement(canvas.findRoot(place));
    fit(viewer);
    if (canvas.zoom() < READABLE) centre(canvas, place);
  };
}

/** The elements under way that hold no others under way, those with incidents first. */
function innermost(drawn, facts) {
  const underWay = Object.keys(facts).filter((id) => facts[id].active || facts[id].incidents);
  const places = underWay.map((id) => drawn.get(id)).filter(Boolean);
  const around = new Set(places.flatMap(containers));
  return places.filter(({ id }) => !around.has(id)).sort((a, b) => facts[b.id].incidents - facts[a.id].incidents);
}

/** Ids of the sub-processes around an element, also of those drawn on another level. */
function containers({ businessObject }) {
  const ids = [];
  for (let each = businessObject.$parent; each; each = each.$parent) ids.push(each.id);
  return ids;
}

function centre(canvas, { x, y, width, height }) {
  const { outer } = canvas.viewbox();
  const shown = { width: outer.width / READABLE, height: outer.height / READABLE };
  canvas.viewbox({ x: x + (width - shown.width) / 2, y: y + (height - shown.height) / 2, ...shown });
}
