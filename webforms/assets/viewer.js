// The diagram of an instance or a definition, with tokens, incidents and timers on it.
// <div id="diagram" data-xml-url data-state-url data-language>; the page shows the same facts as a table, whose rows
// may carry data-element-id to be linked with the diagram.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import './viewer.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { bindKeys } from './diagram/keys.js';
import { linkRows } from './diagram/rows.js';
import { showState } from './diagram/state.js';
import { bindTouch } from './diagram/touch.js';
import { whereabouts } from './diagram/whereabouts.js';
import { bindZoom, zooming } from './diagram/zoom.js';

const TEXTS = {
  en: {
    active: '{n} active', incidents: '{n} incidents', done: 'done', failed: 'failed',
    label: 'Process diagram. Arrow keys move it, + and − zoom, 0 shows all of it.',
    failure: 'The diagram could not be loaded. The table holds the same facts.',
  },
  zh: {
    active: '{n} 个进行中', incidents: '{n} 个异常', done: '已完成', failed: '失败',
    label: '流程图。方向键移动，+ 和 − 缩放，0 显示整张图。',
    failure: '流程图未能加载。表格中有相同的信息。',
  },
};

async function load(url, read) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return read(answer);
}

/** Draw the model on `viewer`; gives the state of the case (as showState takes it), empty where there is none. */
async function draw(viewer, { xmlUrl, stateUrl }) {
  const [xml, state] = await Promise.all([
    load(xmlUrl, (answer) => answer.text()),
    stateUrl ? load(stateUrl, (answer) => answer.json()) : { elements: {}, flows: [] },
  ]);
  await viewer.importXML(xml);
  return state;
}

async function show(container) {
  const texts = TEXTS[container.dataset.language?.startsWith('zh') ? 'zh' : 'en'];
  const viewer = new NavigatedViewer({ container, zoomScroll: { enabled: false } });
  let state;
  try {
    state = await draw(viewer, container.dataset);
  } catch (error) {
    viewer.destroy();
    container.classList.add('diagram-failed');
    container.textContent = texts.failure;
    throw error;
  }
  showState(viewer, state, texts);
  const acts = { ...zooming(viewer), here: whereabouts(viewer, state) };
  bindZoom(acts, container.closest('.diagram-frame') ?? container);
  bindKeys(viewer, acts, texts.label);
  bindTouch(viewer);
  linkRows(viewer, document);
  (acts.here ?? acts.fit)();
  container.dataset.ready = 'true';
}

const container = document.getElementById('diagram');
if (container) show(container);
