// Chinese for the editor: the two community dictionaries, then our own words for what they miss or say unclearly.
// bpmn-js-i18n-zh exports nothing from its root, hence the sub paths.
import core from 'bpmn-js-i18n/translations/zn.js';
import drawing from 'bpmn-js-i18n-zh/lib/bpmn-js/index.js';
import panel from 'bpmn-js-i18n-zh/lib/properties-panel/index.js';
import camunda from 'bpmn-js-i18n-zh/lib/camunda-properties-panel/index.js';
import own from './zh-local.js';

const words = { ...core, ...drawing, ...panel, ...camunda, ...own };
// The head of the properties panel asks for "User Task" where the dictionaries say "User task".
const loosely = (text) => text.toLowerCase().replace(/-/g, ' ');
const loose = new Map(Object.entries(words).map(([key, word]) => [loosely(key), word]));

function translate(template, replacements = {}) {
  const word = words[template] ?? loose.get(loosely(template)) ?? template;
  return word.replace(/{([^}]+)}/g, (whole, name) => replacements[name] ?? whole);
}

export default { translate: ['value', translate] };
