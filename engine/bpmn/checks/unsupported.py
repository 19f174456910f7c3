"""Rules on what BPMN and its vendors know, but this engine does not run: nothing is silently ignored."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import CONTAINERS, Diagram, Finding, Node, Rule, bpmn_children
from engine.bpmn.checks.texts import unsupported as texts
from engine.bpmn.elements import extension_attributes
from engine.bpmn.reader import STEPS
from engine.bpmn.xml import CAMUNDA, SPIFF, ZEEBE, bpmn, children, local
from engine.problems import Severity

#: Tags in a process that stand beside the flow and mean nothing for running, or are read elsewhere.
_SILENT = frozenset(
    {
        *("documentation", "extensionElements", "sequenceFlow", "laneSet", "textAnnotation", "association", "group"),
        *("incoming", "outgoing", "property", "category", "auditing", "monitoring", "supports", "artifact"),
        *("ioSpecification", "dataInputAssociation", "dataOutputAssociation", "correlationSubscription"),
        *("standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "resourceRole", "potentialOwner"),
        *("performer", "humanPerformer"),
    }
)
_CODES = {
    "transaction": texts.TRANSACTION,
    "adHocSubProcess": texts.AD_HOC,
    "complexGateway": texts.COMPLEX_GATEWAY,
    "dataStoreReference": texts.DATA_STORE,
    "dataObject": texts.DATA_OBJECT,
    "dataObjectReference": texts.DATA_OBJECT,
}
_SEVERITIES = {texts.DATA_STORE: Severity.WARNING, texts.DATA_OBJECT: Severity.NOTE}

#: BPMN elements inside a step that would move data or repeat it in a way we do not.
_MOVES_DATA = frozenset(
    {"assignment", "transformation", "dataInput", "dataOutput", "loopDataOutputRef", "outputDataItem"}
)
_REPEATS = frozenset({"complexBehaviorDefinition"})

#: `camunda:` attributes that name program code.
_JAVA = frozenset(
    {
        *("class", "delegateExpression", "expression", "variableMappingClass", "variableMappingDelegateExpression"),
        *("formHandlerClass", "caseRef", "resource"),
    }
)
#: Extension elements of vendors that would do something: (namespace, tag) → code.
_EXTENSIONS = {
    (CAMUNDA, "executionListener"): texts.LISTENER,
    (CAMUNDA, "taskListener"): texts.LISTENER,
    (CAMUNDA, "connector"): texts.JAVA,
    (CAMUNDA, "field"): texts.JAVA,
    (CAMUNDA, "errorEventDefinition"): texts.EXTENSION,
    (CAMUNDA, "constraint"): texts.EXTENSION,
    (CAMUNDA, "potentialStarter"): texts.EXTENSION,
    (ZEEBE, "executionListeners"): texts.LISTENER,
    (ZEEBE, "taskListeners"): texts.LISTENER,
    (SPIFF, "preScript"): texts.EXTENSION,
    (SPIFF, "postScript"): texts.EXTENSION,
    (SPIFF, "serviceTaskOperator"): texts.JAVA,
    (SPIFF, "messagePayload"): texts.EXTENSION,
    (SPIFF, "messageVariable"): texts.EXTENSION,
    (SPIFF, "payloadExpression"): texts.EXTENSION,
    (SPIFF, "variableName"): texts.EXTENSION,
}
#: `camunda:` attributes that would give something which nobody gives here.
_IGNORED = frozenset(
    {
        "initiator",
        "errorCodeVariable",
        "errorMessageVariable",
        "escalationCodeVariable",
        "variableName",
        "skipExpression",
    }
)
_BINDINGS = frozenset({"calledElementBinding", "decisionRefBinding", "formRefBinding"})
_MAPPED = frozenset({"script", "list", "map"})


def is_refused(tag: str) -> bool:
    """Whether an element with this BPMN tag is an error wherever it would run."""
    return tag not in STEPS and tag not in _SILENT and _CODES.get(tag) not in _SEVERITIES


def elements(diagram: Diagram) -> Iterator[Finding]:
    """Kinds of elements that are not run."""
    for scope in diagram.running:
        for xml in bpmn_children(scope.xml):
            tag = local(xml)
            if tag not in STEPS and tag not in _SILENT:
                code = _CODES.get(tag, texts.NOT_RUN)
                yield diagram.at(xml, code, _SEVERITIES.get(code, Severity.ERROR), tag=tag)


def aside(diagram: Diagram) -> Iterator[Finding]:
    """Event sub-processes and compensation, which stand outside the flow."""
    for _, node in diagram.running_nodes():
        if node.xml.get("triggeredByEvent") == "true":
            yield diagram.at(node, texts.EVENT_SUBPROCESS)
        if node.xml.get("isForCompensation") == "true" or "compensate" in node.event_kinds:
            yield diagram.at(node, texts.COMPENSATION)
        if "cancel" in node.event_kinds:
            yield diagram.at(node, texts.TRANSACTION)


def data(diagram: Diagram) -> Iterator[Finding]:
    """Parts of a step that would move data."""
    for _, node in diagram.running_nodes():
        for xml in _inside(node):
            tag = local(xml)
            if tag in _MOVES_DATA:
                yield diagram.at(node, texts.DATA_MAPPING, tag=tag)
            elif tag in _REPEATS:
                yield diagram.at(node, texts.NOT_RUN, tag=tag)


def quantities(diagram: Diagram) -> Iterator[Finding]:
    """A step takes and gives one token (BPMN 2.0.2, 10.3.1)."""
    for _, node in diagram.running_nodes():
        for attribute in ("startQuantity", "completionQuantity"):
            value = node.xml.get(attribute, "1")
            if value != "1":
                yield diagram.at(node, texts.QUANTITY, attribute=attribute, value=value)


def correlations(diagram: Diagram) -> Iterator[Finding]:
    """Correlation by keys that the diagram declares."""
    for xml in diagram.root.iter(bpmn("correlationKey"), f"{{{ZEEBE}}}subscription"):
        yield diagram.at(xml, texts.CORRELATION, Severity.WARNING)


def extensions(diagram: Diagram) -> Iterator[Finding]:
    """Attributes and extension elements of vendors that would be ignored."""
    for scope in diagram.running:
        # The process itself, or the inside of a sub-process, whose node is among those of the scope around it.
        places = [node.xml for node in scope.nodes] + [arrow.xml for arrow in scope.arrows]
        for place in [scope.xml, *places] if scope.xml is scope.process else places:
            yield from _attributes(diagram, place)
            for xml in _extension_elements(place):
                yield from _extension(diagram, place, xml)


def _attributes(diagram: Diagram, place: etree._Element) -> Iterator[Finding]:
    own = [
        place,
        *(child for child in bpmn_children(place) if local(child).endswith(("EventDefinition", "Expression"))),
    ]
    for holder in own:
        for name, value in extension_attributes(holder).items():
            if name in _JAVA:
                yield diagram.at(place, texts.JAVA, attribute=name)
            elif name in _IGNORED:
                yield diagram.at(place, texts.EXTENSION, Severity.WARNING, name=name)
            elif name in _BINDINGS and value not in {"latest", "deployment"}:
                yield diagram.at(place, texts.BINDING, Severity.WARNING, binding=value)


def _extension(diagram: Diagram, place: etree._Element, xml: etree._Element) -> Iterator[Finding]:
    name = etree.QName(xml)
    code = _EXTENSIONS.get((name.namespace or "", name.localname))
    if code is not None:
        yield diagram.at(place, code, tag=name.localname, name=name.localname, attribute=name.localname)
    if name.localname == "inputOutput":
        for parameter in xml.iterchildren(etree.Element):
            for part in parameter.iterchildren(etree.Element):
                if local(part) in _MAPPED:
                    yield diagram.at(place, texts.MAPPING_KIND, name=parameter.get("name", ""), tag=local(part))


def _extension_elements(place: etree._Element) -> list[etree._Element]:
    return [xml for holder in children(place, "extensionElements") for xml in holder.iterchildren(etree.Element)]


def _inside(node: Node) -> Iterator[etree._Element]:
    """BPMN elements inside a step, without what is inside a sub-process's own steps."""
    for child in bpmn_children(node.xml):
        if local(child) not in STEPS and local(child) not in CONTAINERS:
            yield from (xml for xml in child.iter() if isinstance(xml.tag, str))


RULES: list[Rule] = [elements, aside, data, quantities, correlations, extensions]
