/** The text `template` with each {name} replaced from `values`. */
export function fill(template, values) {
  return template.replace(/{(\w+)}/g, (_, name) => values[name] ?? '');
}

/** The line that tells the outcome of the last act; a live region, so it is also read aloud. */
export class Notice {
  constructor(element, texts) {
    Object.assign(this, { element, texts });
  }

  /** Show text `key`; `tone` is info, success or error; `link` is {url, label}. */
  show(key, { tone = 'info', values = {}, link, detail } = {}) {
    const words = [fill(this.texts[key], values), detail].filter(Boolean).join(' ');
    this.element.className = `modeler-notice notice-${tone}`;
    this.element.replaceChildren(words);
    if (link) {
      const anchor = Object.assign(document.createElement('a'), { href: link.url, textContent: link.label });
      this.element.append(' ', anchor);
    }
  }

  /** Tell why the server did not do what was asked. */
  refusal({ text, body }) {
    this.show(text, { tone: 'error', values: body, detail: body.message });
  }
}
