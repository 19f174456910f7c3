"""Rules of references (BPMN 2.0.2, the attribute tables of chapters 8 to 10): what is referred to exists and fits.

References of default flows and boundary events, and of the sequence flows of processes, are told with the flows.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import (
    ACTIVITIES,
    EVENTS,
    FLOW_NODES,
    LEVELS,
    Drawing,
    Rule,
    is_bpmn,
)
from engine.bpmn.checks.texts import standard_references as texts
from engine.bpmn.xml import bpmn, children, local, text_of
from engine.problems import Severity

_ANY: frozenset[str] = frozenset()
_CONVERSATIONS = frozenset({"conversation", "subConversation", "callConversation"})
_COLLABORATIONS = frozenset({"collaboration", "choreography", "globalConversation", "globalChoreographyTask"})
_CALLABLE = frozenset(
    {
        *("process", "globalTask", "globalUserTask", "globalManualTask", "globalScriptTask"),
        "globalBusinessRuleTask",
    }
)
_DEFINITIONS = frozenset(
    f"{kind}EventDefinition"
    for kind in (
        *("message", "timer", "error", "escalation", "cancel", "compensate", "conditional", "link", "signal"),
        "terminate",
    )
)
#: Everything that holds data of a type (10.4.1).
_DATA = frozenset(
    {
        *("dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput", "dataOutput"),
        *("property", "inputDataItem", "outputDataItem"),
    }
)
_INTERACTING = ACTIVITIES | EVENTS | _CONVERSATIONS | {"participant"}


def _kinds(*names: str) -> frozenset[str]:
    return frozenset(names)


#: Name of an attribute, or of an element that holds a reference → tags that it may refer to.
_GENERAL: Mapping[str, frozenset[str]] = {
    "messageRef": _kinds("message"),
    "signalRef": _kinds("signal"),
    "errorRef": _kinds("error"),
    "escalationRef": _kinds("escalation"),
    "operationRef": _kinds("operation"),
    "inMessageRef": _kinds("message"),
    "outMessageRef": _kinds("message"),
    "itemRef": _kinds("itemDefinition"),
    "itemSubjectRef": _kinds("itemDefinition"),
    "activityRef": ACTIVITIES,
    "calledElement": _CALLABLE,
    "calledChoreographyRef": _kinds("choreography", "globalChoreographyTask"),
    "calledCollaborationRef": _COLLABORATIONS,
    "definitionalCollaborationRef": _COLLABORATIONS,
    "choreographyRef": _kinds("choreography", "globalChoreographyTask"),
    "supports": _kinds("process"),
    "supportedInterfaceRef": _kinds("interface"),
    "interfaceRef": _kinds("interface"),
    "endPointRef": _kinds("endPoint"),
    "inputDataRef": _kinds("inputSet"),
    "outputDataRef": _kinds("outputSet"),
    "processRef": _kinds("process"),
    "participantRef": _kinds("participant"),
    "initiatingParticipantRef": _kinds("participant"),
    "innerParticipantRef": _kinds("participant"),
    "outerParticipantRef": _kinds("participant"),
    "messageFlowRef": _kinds("messageFlow"),
    "innerMessageFlowRef": _kinds("messageFlow"),
    "outerMessageFlowRef": _kinds("messageFlow"),
    "innerConversationNodeRef": _CONVERSATIONS,
    "outerConversationNodeRef": _CONVERSATIONS,
    "categoryValueRef": _kinds("categoryValue"),
    "correlationKeyRef": _kinds("correlationKey"),
    "correlationPropertyRef": _kinds("correlationProperty"),
    "dataObjectRef": _kinds("dataObject"),
    "dataStoreRef": _kinds("dataStore"),
    "dataInputRefs": _kinds("dataInput"),
    "optionalInputRefs": _kinds("dataInput"),
    "whileExecutingInputRefs": _kinds("dataInput"),
    "outputSetRefs": _kinds("outputSet"),
    "dataOutputRefs": _kinds("dataOutput"),
    "optionalOutputRefs": _kinds("dataOutput"),
    "whileExecutingOutputRefs": _kinds("dataOutput"),
    "inputSetRefs": _kinds("inputSet"),
    "loopDataInputRef": _DATA,
    "loopDataOutputRef": _DATA,
    "oneBehaviorEventRef": _DEFINITIONS,
    "noneBehaviorEventRef": _DEFINITIONS,
    "eventDefinitionRef": _DEFINITIONS,
    "evaluatesToTypeRef": _kinds("itemDefinition"),
    "parameterRef": _kinds("resourceParameter"),
    "resourceRef": _kinds("resource"),
    "partitionElementRef": _ANY,
    "flowNodeRef": FLOW_NODES,
    "incoming": _kinds("sequenceFlow"),
    "outgoing": _kinds("sequenceFlow"),
}
#: Names that mean something else in some elements: (tag of the element, name) → tags that it may refer to.
_SPECIAL: Mapping[tuple[str, str], frozenset[str]] = {
    ("error", "structureRef"): _kinds("itemDefinition"),
    ("escalation", "structureRef"): _kinds("itemDefinition"),
    ("signal", "structureRef"): _kinds("itemDefinition"),
    ("association", "sourceRef"): _ANY,
    ("association", "targetRef"): _ANY,
    ("messageFlow", "sourceRef"): _INTERACTING,
    ("messageFlow", "targetRef"): _INTERACTING,
    ("conversationLink", "sourceRef"): _INTERACTING,
    ("conversationLink", "targetRef"): _INTERACTING,
    ("dataInputAssociation", "sourceRef"): _DATA,
    ("dataInputAssociation", "targetRef"): _DATA | ACTIVITIES | EVENTS,
    ("dataOutputAssociation", "sourceRef"): _DATA | ACTIVITIES | EVENTS,
    ("dataOutputAssociation", "targetRef"): _DATA,
    ("relationship", "source"): _ANY,
    ("relationship", "target"): _ANY,
    ("sequenceFlow", "sourceRef"): FLOW_NODES,
    ("sequenceFlow", "targetRef"): FLOW_NODES,
    ("linkEventDefinition", "source"): _kinds("linkEventDefinition"),
    ("linkEventDefinition", "target"): _kinds("linkEventDefinition"),
    ("correlationProperty", "type"): _kinds("itemDefinition"),
    ("resourceParameter", "type"): _kinds("itemDefinition"),
}
_REFERRING = _GENERAL.keys() | {name for _, name in _SPECIAL}
#: References that are told elsewhere when nothing is found, because it may stand in another file.
_OUTSIDE = frozenset({"calledElement"})
#: References that engines take for names where nothing is declared, which is told when the file is adapted.
_NAMES = frozenset({"messageRef", "signalRef", "errorRef", "escalationRef"})


def references(drawing: Drawing) -> Iterator[Finding]:
    """Every reference leads to an element of the kind that the tables ask for."""
    for xml in drawing.each("*"):
        tag = local(xml)
        for name, text in _written(xml):
            allowed = _SPECIAL.get((tag, name), _GENERAL.get(name))
            if allowed is None or not text or (tag == "sequenceFlow" and local(xml.getparent()) in LEVELS):
                continue
            found, is_elsewhere = drawing.resolve(text, xml)
            if found is None and not is_elsewhere and not _may_miss(drawing, name, text):
                yield drawing.found(xml, texts.MISSING, drawing.lenient, name=name, id=text)
            elif found is not None and allowed and local(found) not in allowed:
                yield drawing.found(xml, texts.KIND, drawing.lenient, name=name, id=text, tag=local(found))


def _written(xml: etree._Element) -> Iterator[tuple[str, str]]:
    """Name and text of every attribute that may refer, and of every child element that is nothing but such a text."""
    for name, value in xml.attrib.items():
        if name in _REFERRING:
            yield str(name), str(value).strip()
    for child in xml.iterchildren(etree.Element):
        if local(child) in _REFERRING and is_bpmn(child) and not len(child):
            yield local(child), text_of(child)


def _may_miss(drawing: Drawing, name: str, text: str) -> bool:
    """Whether a reference that leads nowhere is no fault here: the target stands elsewhere, or it is told elsewhere."""
    return (name in _OUTSIDE and ":" not in text) or (name in _NAMES and drawing.lenient is Severity.WARNING)


def definitions(drawing: Drawing) -> Iterator[Finding]:
    """An event definition that events refer to stands beside the processes (10.5.1)."""
    for reference in drawing.each("eventDefinitionRef"):
        found = drawing.resolve(text_of(reference), reference).xml
        if found is not None and local(found) in _DEFINITIONS and found.getparent().tag != bpmn("definitions"):
            yield drawing.found(reference, texts.INNER_DEFINITION, drawing.lenient, id=text_of(reference))


def imports(drawing: Drawing) -> Iterator[Finding]:
    """The models that a file imports are there, under the namespace by which it names them (8.2.2)."""
    for xml in children(drawing.root, "import"):
        if xml.get("importType") != "http://www.omg.org/spec/BPMN/20100524/MODEL":
            continue
        name = xml.get("location", "")
        file = name.rpartition("/")[2]
        models = (each for each in drawing.diagram.files.diagrams if each.file.rpartition("/")[2] == file)
        model = next(models, None)
        if model is None:
            yield drawing.found(xml, texts.NO_IMPORT, Severity.WARNING, name=name)
        elif model.root.get("targetNamespace") != xml.get("namespace"):
            yield drawing.found(xml, texts.IMPORT_NAMESPACE, drawing.lenient, name=name)


RULES: list[Rule] = [references, definitions, imports]
