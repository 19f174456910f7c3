import { fit } from '../diagram/zoom.js';
import { fill } from './notice.js';
import { Refused } from './remote.js';

/** One edit of one file, from opening to deploying; `dirty` while it holds changes that no draft holds. */
export class Session {
  constructor({ config, remote, editor, notice, problems, state }) {
    Object.assign(this, { config, remote, editor, notice, problems, state, base: config.baseDeployment });
    this.change = 0;
    this.saved = 0;
    this.busy = false;
  }

  get dirty() {
    return this.change !== this.saved;
  }

  async open() {
    const opened = await this.attempt(async () => {
      const { warnings } = await this.editor.importXML(await this.remote.xml());
      if (warnings.length) this.notice.show('importWarnings', { values: { n: warnings.length }, detail: warnings[0].message });
    });
    if (!opened) return;
    fit(this.editor);
    this.tell('unchanged');
    this.editor.on('commandStack.changed', () => {
      this.change += 1;
      this.tell('unsaved');
    });
  }

  check() {
    return this.attempt(async () => {
      this.notice.show('checking');
      const { problems } = await this.remote.post('checkUrl', await this.content());
      this.problems.show(problems);
      this.notice.show(problems.length ? 'checked' : 'noProblems', { tone: problems.length ? 'info' : 'success' });
    });
  }

  saveDraft() {
    return this.attempt(async () => {
      const change = this.change;
      const { savedAt } = await this.remote.post('draftUrl', await this.content());
      this.saved = change;
      const time = new Date(savedAt).toLocaleTimeString(this.config.language, { hour: '2-digit', minute: '2-digit' });
      this.tell(this.dirty ? 'unsaved' : 'draftSaved', { time });
      this.notice.show('draftSaved', { tone: 'success', values: { time } });
    });
  }

  /** Deploy with `comment`; true if a new version stands. A refusal keeps the edit as it is. */
  deploy(comment) {
    return this.attempt(async () => {
      const change = this.change;
      const answer = await this.remote.post('deployUrl', { ...await this.content(), comment });
      this.saved = change;
      this.base = answer.deployment ?? this.base;
      if (answer.problems) this.problems.show(answer.problems);
      this.tell(this.dirty ? 'unsaved' : 'unchanged');
      const link = answer.url && { url: answer.url, label: this.config.texts.openVersion };
      this.notice.show('deployed', { tone: 'success', values: answer, link });
    });
  }

  createGroup({ key, name_zh, name_en }) {
    return this.attempt(async () => {
      await this.remote.post('groupsUrl', { key, name_zh, name_en });
      const { problems } = await this.remote.post('checkUrl', await this.content());
      this.problems.show(problems);
      this.notice.show('groupCreated', { tone: 'success', values: { key } });
    });
  }

  download() {
    return this.attempt(async () => {
      const { xml } = await this.content();
      const url = URL.createObjectURL(new Blob([xml], { type: 'application/xml' }));
      Object.assign(document.createElement('a'), { href: url, download: this.config.file }).click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    });
  }

  async content() {
    const { xml } = await this.editor.saveXML({ format: true });
    return { file: this.config.file, xml, base: this.base };
  }

  /** Run `act` unless one is under way; true if it went through. What the server refused is shown, the edit stays. */
  async attempt(act) {
    if (this.busy) return false;
    this.busy = true;
    try {
      await act();
      return true;
    } catch (error) {
      if (error instanceof Refused) this.notice.refusal(error);
      else this.notice.show('unreadable', { tone: 'error', detail: error.message });
      if (error.body?.problems) this.problems.show(error.body.problems);
      return false;
    } finally {
      this.busy = false;
    }
  }

  tell(key, values = {}) {
    this.state.textContent = fill(this.config.texts[key], values);
    this.state.dataset.state = key;
  }
}
