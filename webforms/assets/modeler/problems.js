import { fill } from './notice.js';

const MARKERS = { error: 'has-error', warning: 'has-warning' };
const ORDER = ['error', 'warning', 'note'];

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** The list of problems under the canvas; each leads to its element, which carries a marker on the canvas. */
export class ProblemList {
  constructor({ list, summary, editor, config }) {
    Object.assign(this, { list, summary, editor, texts: config.texts, file: config.file, marked: [] });
  }

  /** Show `problems`, worst first; see engine.problems.Problem for their fields. */
  show(problems) {
    const sorted = [...problems].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
    this.clearMarkers();
    this.list.replaceChildren(...sorted.map((problem) => this.item(problem)));
    const counts = Object.fromEntries(ORDER.map((name) => [name, sorted.filter(({ severity }) => severity === name).length]));
    this.summary.textContent = fill(sorted.length ? this.texts.problemCount : this.texts.noProblems, counts);
  }

  item(problem) {
    const severity = make('span', 'problem-severity', this.texts[problem.severity]);
    const place = problem.element_name || problem.element_id || problem.file;
    const what = make('span', 'problem-what', place ? make('b', '', place) : '', ' ', problem.what);
    const element = this.elementOf(problem);
    const head = make(element ? 'button' : 'div', 'problem-head', severity, what);
    if (element) {
      head.type = 'button';
      head.addEventListener('click', () => this.reveal(element));
      this.mark(element, problem.severity);
    }
    const remedy = make('p', 'problem-remedy', problem.remedy, ' ', make('code', 'problem-code', problem.code));
    const item = make('li', `problem problem-${problem.severity}`, head, remedy);
    if (problem.code === 'bpmn.unknown_group') item.append(this.groupForm(problem));
    return item;
  }

  elementOf({ file, element_id: id }) {
    return id && (!file || file === this.file) ? this.editor.get('elementRegistry').get(id) : undefined;
  }

  reveal(element) {
    this.editor.get('selection').select(element);
    this.editor.get('canvas').scrollToElement(element, 120);
    this.editor.get('canvas').focus();
  }

  /** A button that opens the names of the missing group; sending them raises `redress:create-group`. */
  groupForm({ params }) {
    const key = params.group ?? params.key ?? '';
    const open = Object.assign(make('button', 'btn btn-sm btn-outline-primary', fill(this.texts.createGroup, { key })), { type: 'button' });
    const field = (name, label) => {
      const input = Object.assign(make('input', 'form-control form-control-sm'), { name, value: key, required: true });
      return make('label', 'problem-field', label, input);
    };
    const send = make('button', 'btn btn-sm btn-primary', this.texts.create);
    const form = make('form', 'problem-group', field('name_zh', this.texts.groupNameZh), field('name_en', this.texts.groupNameEn), send);
    form.hidden = true;
    open.addEventListener('click', () => {
      form.hidden = false;
      open.hidden = true;
      form.elements[0].select();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const detail = { key, ...Object.fromEntries(new FormData(form)) };
      form.dispatchEvent(new CustomEvent('redress:create-group', { bubbles: true, detail }));
    });
    return make('div', 'problem-act', open, form);
  }

  mark(element, severity) {
    const marker = MARKERS[severity];
    if (!marker) return;
    this.editor.get('canvas').addMarker(element, marker);
    this.marked.push([element.id, marker]);
  }

  clearMarkers() {
    const known = this.editor.get('elementRegistry');
    for (const [id, marker] of this.marked) {
      if (known.get(id)) this.editor.get('canvas').removeMarker(id, marker);
    }
    this.marked = [];
  }
}
