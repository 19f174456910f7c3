// The modeler page: draws, checks, saves and deploys one BPMN file. Its configuration stands in #modeler-config.
import './modeler.css';
import { createEditor } from './modeler/editor.js';
import { Remote } from './modeler/remote.js';
import { Notice } from './modeler/notice.js';
import { ProblemList } from './modeler/problems.js';
import { Session } from './modeler/session.js';
import { bindTouch } from './diagram/touch.js';
import { bindZoom, zooming } from './diagram/zoom.js';

const config = JSON.parse(document.getElementById('modeler-config').textContent);
const page = document.querySelector('.modeler');
const part = (name) => page.querySelector(`[data-part="${name}"]`);

const remote = new Remote(config);
const notice = new Notice(part('notice'), config.texts);
const editor = createEditor({ container: part('canvas'), panel: part('properties'), language: config.language });
const problems = new ProblemList({ list: part('problems'), summary: part('problem-summary'), editor, config });
const session = new Session({ config, remote, editor, notice, problems, state: part('state') });

const acts = {
  check: () => session.check(),
  save: () => session.saveDraft(),
  download: () => session.download(),
  'ask-deploy': () => askDeploy(),
  'cancel-deploy': () => closeDeploy(),
};

function askDeploy() {
  part('deploy').hidden = false;
  part('comment').focus();
}

function closeDeploy() {
  part('deploy').hidden = true;
  page.querySelector('[data-act="ask-deploy"]').focus();
}

for (const button of page.querySelectorAll('[data-act]')) {
  button.addEventListener('click', acts[button.dataset.act]);
}
part('deploy').addEventListener('submit', async (event) => {
  event.preventDefault();
  if (await session.deploy(part('comment').value)) closeDeploy();
});
part('deploy').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeDeploy();
});
page.addEventListener('redress:create-group', ({ detail }) => session.createGroup(detail));
document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
  event.preventDefault();
  session.saveDraft();
});
window.addEventListener('beforeunload', (event) => {
  if (session.dirty) event.preventDefault();
});

bindZoom(zooming(editor), page);
bindTouch(editor);
await session.open();
page.dataset.ready = 'true';
