// The diagram of an instance or a definition, with tokens, incidents and timers on it.
// <div id="diagram" data-xml-url data-state-url data-language>; the page shows the same facts as a table, whose rows
// may carry data-element-id to be linked with the diagram.
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import './viewer.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { bindZoom, fit } from './diagram/zoom.js';
import { showState } from './diagram/state.js';
import { linkRows } from './diagram/rows.js';

const TEXTS = {
  en: {
    active: '{n} active', incidents: '{n} incidents', done: 'done', failed: 'failed',
    failure: 'The diagram could not be loaded. The table holds the same facts.',
  },
  zh: {
    active: '{n} 个进行中', incidents: '{n} 个异常', done: '已完成', failed: '失败',
    failure: '流程图未能加载。表格中有相同的信息。',
  },
};

async function load(url, read) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return read(answer);
}

async function show(container) {
  const { xmlUrl, stateUrl, language } = container.dataset;
  const texts = TEXTS[language?.startsWith('zh') ? 'zh' : 'en'];
  const viewer = new NavigatedViewer({ container, zoomScroll: { enabled: false } });
  try {
    const [xml, state] = await Promise.all([
      load(xmlUrl, (answer) => answer.text()),
      stateUrl ? load(stateUrl, (answer) => answer.json()) : { elements: {}, flows: [] },
    ]);
    await viewer.importXML(xml);
    showState(viewer, state, texts);
  } catch (error) {
    viewer.destroy();
    container.classList.add('diagram-failed');
    container.textContent = texts.failure;
    throw error;
  }
  fit(viewer);
  bindZoom(viewer, container.closest('.diagram-frame') ?? container);
  linkRows(viewer, document);
  container.dataset.ready = 'true';
}

const container = document.getElementById('diagram');
if (container) show(container);
