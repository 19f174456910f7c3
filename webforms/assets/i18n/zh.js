// Chinese for the editor: the two community dictionaries, then our own words for what they miss or say unclearly.
// bpmn-js-i18n-zh exports nothing from its root, hence the sub paths.
import core from 'bpmn-js-i18n/translations/zn.js';
import drawing from 'bpmn-js-i18n-zh/lib/bpmn-js/index.js';
import panel from 'bpmn-js-i18n-zh/lib/properties-panel/index.js';
import camunda from 'bpmn-js-i18n-zh/lib/camunda-properties-panel/index.js';
import own from './zh-local.js';

const LAST = 1; // the lowest priority of a properties provider: after all others

const words = { ...core, ...drawing, ...panel, ...camunda, ...own };
// The head of the properties panel asks for "User Task" where the dictionaries say "User task".
const loosely = (text) => text.toLowerCase().replace(/-/g, ' ');
const loose = new Map(Object.entries(words).map(([key, word]) => [loosely(key), word]));

function translate(template, replacements = {}) {
  const word = words[template] ?? loose.get(loosely(template)) ?? template;
  return word.replace(/{([^}]+)}/g, (whole, name) => replacements[name] ?? whole);
}

/** Hands `translate` to each group and list item of the properties panel, whose own tooltips stay English without it. */
class TranslatedGroups {
  static $inject = ['propertiesPanel'];

  constructor(propertiesPanel) {
    propertiesPanel.registerProvider(LAST, this);
  }

  getGroups() {
    return (groups) => groups.filter(Boolean).map((group) => ({
      ...group,
      translate,
      ...(group.items && { items: group.items.map((item) => ({ ...item, translate })) }),
    }));
  }
}

export default {
  __init__: ['translatedGroups'],
  translate: ['value', translate],
  translatedGroups: ['type', TranslatedGroups],
};
