import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import BpmnModeler from 'bpmn-js/lib/Modeler';
import {
  BpmnPropertiesPanelModule, BpmnPropertiesProviderModule,
  CamundaPlatformPropertiesProviderModule, CamundaPlatformTooltipProvider,
} from 'bpmn-js-properties-panel';
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything';
import camundaBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-platform';
import camunda from 'camunda-bpmn-moddle/resources/camunda.json';
import chinese from '../i18n/zh.js';

/** A BPMN editor with the properties of the camunda namespace (platform 7.24), in `language` (zh or en). */
export function createEditor({ container, panel, language }) {
  return new BpmnModeler({
    container,
    propertiesPanel: { parent: panel, tooltip: CamundaPlatformTooltipProvider },
    moddleExtensions: { camunda },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      CamundaPlatformPropertiesProviderModule,
      CreateAppendAnythingModule,
      camundaBehaviors,
      ...(language.startsWith('zh') ? [chinese] : []),
    ],
  });
}
