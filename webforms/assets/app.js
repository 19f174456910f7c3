// Loaded on every page. Each page works without it; this adds partial updates and small comforts.
import htmx from 'htmx.org/dist/htmx.esm.js';
import { guardUnsaved } from './page/unsaved.js';
import { saveDrafts } from './page/drafts.js';
import { walkLists } from './page/lists.js';
import { followChanges } from './page/live.js';
import { board } from './page/board.js';
import { offerAnswers } from './page/answers.js';
import { showPresence } from './page/presence.js';
import { walkTasks } from './page/walk.js';
import { triage } from './page/triage.js';
import { takeIn } from './page/desk.js';
import { uploadVisibly } from './page/upload.js';

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[23]..', swap: true },
  { code: '422', swap: true, error: false },
  { code: '[45]..', swap: false, error: true },
];

function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}

function focusErrorSummary(root) {
  root.querySelector('.error-summary')?.focus();
}

document.addEventListener('htmx:configRequest', (event) => {
  event.detail.headers['X-CSRFToken'] = csrfToken();
});
document.addEventListener('htmx:afterSwap', (event) => {
  enhance(event.target);
  focusErrorSummary(event.target);
});

function enhance(root) {
  guardUnsaved(root);
  saveDrafts(root, csrfToken);
  takeIn(root, csrfToken);
  uploadVisibly(root);
}

enhance(document);
walkLists(document);
triage(document);
board(document);
followChanges(document);
offerAnswers(document);
showPresence(document, csrfToken);
walkTasks(document);
focusErrorSummary(document);
document.addEventListener('redress:shown', () => { enhance(document); focusErrorSummary(document); });
