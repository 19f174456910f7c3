// Standard answers: beside each long text a button opens them all; the one that is chosen goes in at the cursor.
// Without scripts the same texts unfold above the form, to be copied.

/** The answers that unfold in `source`: scene, title, text and its language. */
function answersOf(source) {
  return [...source.querySelectorAll('[data-answer]')].map((each) => {
    const text = each.querySelector('[data-answer-text]');
    return {
      scene: each.closest('[data-scene]').dataset.scene,
      title: each.querySelector('summary').textContent.trim(),
      text: text.textContent,
      lang: text.lang,
    };
  });
}

function made(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Put `text` where the cursor of `field` is, or over what is marked there; undo takes it out again. */
function insert(field, text) {
  field.focus();
  if (!document.execCommand('insertText', false, text)) field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function pickerOf(source) {
  const { label, close, find, none } = source.dataset;
  const search = made('input', { type: 'search', className: 'form-control', placeholder: find, ariaLabel: find });
  const closing = made('button', { type: 'button', className: 'btn btn-outline-secondary', textContent: close });
  const nothing = made('p', { className: 'muted mb-0', textContent: none, hidden: true, role: 'status' });
  const list = made('div');
  const dialog = made('dialog', { className: 'panel answer-picker', ariaLabel: label });
  let field;
  let scene;
  const choices = answersOf(source).map((answer) => {
    const choice = made('button', { type: 'button', className: 'answer-choice' },
      made('strong', { textContent: answer.title }), made('span', { lang: answer.lang, textContent: answer.text }));
    choice.addEventListener('click', () => {
      dialog.close();
      insert(field, answer.text);
    });
    if (answer.scene !== scene) list.append(made('h3', { textContent: answer.scene }));
    scene = answer.scene;
    list.append(choice);
    return choice;
  });
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    for (const choice of choices) choice.hidden = !choice.textContent.toLowerCase().includes(wanted);
    for (const head of list.querySelectorAll('h3')) {
      let next = head.nextElementSibling;
      while (next?.matches('.answer-choice[hidden]')) next = next.nextElementSibling;
      head.hidden = !next?.matches('.answer-choice');
    }
    nothing.hidden = choices.some((choice) => !choice.hidden);
  });
  closing.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => field.focus());
  list.append(nothing);
  dialog.append(made('header', {}, made('h2', { textContent: label }), search, closing), list);
  source.after(dialog);
  return (into) => {
    field = into;
    dialog.showModal();
  };
}

/** Give each long text of the form in `root` a button for the standard answers, where there are any. */
export function offerAnswers(root) {
  const source = root.querySelector('[data-answers]');
  if (!source) return;
  let open;
  for (const field of root.querySelectorAll('form[data-autosave-url] textarea[name]:not([readonly], [disabled])')) {
    const name = root.querySelector(`label[for="${field.id}"]`);
    const button = made('button', { type: 'button', className: 'btn btn-sm btn-outline-secondary answer-opener', textContent: source.dataset.label });
    if (name) button.setAttribute('aria-label', `${source.dataset.label}: ${name.firstChild.textContent.trim()}`);
    button.addEventListener('click', () => {
      open ??= pickerOf(source);
      open(field);
    });
    (name ?? field).before(button);
  }
}
