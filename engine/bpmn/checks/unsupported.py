"""Rules on what BPMN and its vendors know, but this engine does not run: nothing is silently ignored."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.assembly import CONTAINERS, STEPS
from engine.bpmn.checks.diagram import Diagram, Finding, Node, Rule, Scope, bpmn_children
from engine.bpmn.checks.texts import unsupported as texts
from engine.bpmn.checks.written import expressions
from engine.bpmn.dialects import DROOLS
from engine.bpmn.parts import extension_attributes
from engine.bpmn.parts.source import Source
from engine.bpmn.parts.variables import own_variables, variable_of
from engine.bpmn.xml import CAMUNDA, SPIFF, ZEEBE, bpmn, children, local
from engine.problems import Severity

#: Tags in a process that stand beside the flow and mean nothing for running, or are read elsewhere.
_SILENT = frozenset(
    {
        *("documentation", "extensionElements", "sequenceFlow", "laneSet", "textAnnotation", "association", "group"),
        *("incoming", "outgoing", "property", "category", "auditing", "monitoring", "supports", "artifact"),
        *("ioSpecification", "dataInputAssociation", "dataOutputAssociation", "correlationSubscription"),
        *("standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "resourceRole", "potentialOwner"),
        *("performer", "humanPerformer", "completionCondition"),
    }
)
_CODES = {
    "dataStoreReference": texts.DATA_STORE,
    "dataObject": texts.DATA_OBJECT,
    "dataObjectReference": texts.DATA_OBJECT,
}
_SEVERITIES = dict.fromkeys((texts.DATA_STORE, texts.DATA_OBJECT, texts.DATA_OBJECT_INSIDE), Severity.NOTE)


#: `camunda:` attributes that name program code which nothing else could stand for.
_JAVA = frozenset(
    {"variableMappingClass", "variableMappingDelegateExpression", "formHandlerClass", "caseRef", "resource"}
)
#: Extension elements of vendors that would do something: (namespace, tag) → code and severity.
_EXTENSIONS = {
    (CAMUNDA, "executionListener"): (texts.LISTENER, Severity.WARNING),
    (CAMUNDA, "taskListener"): (texts.LISTENER, Severity.WARNING),
    (CAMUNDA, "errorEventDefinition"): (texts.EXTENSION, Severity.WARNING),
    (CAMUNDA, "potentialStarter"): (texts.EXTENSION, Severity.WARNING),
    (ZEEBE, "executionListeners"): (texts.LISTENER, Severity.WARNING),
    (ZEEBE, "taskListeners"): (texts.LISTENER, Severity.WARNING),
    (DROOLS, "onEntry-script"): (texts.LISTENER, Severity.WARNING),
    (DROOLS, "onExit-script"): (texts.LISTENER, Severity.WARNING),
    (SPIFF, "messagePayload"): (texts.EXTENSION, Severity.ERROR),
    (SPIFF, "messageVariable"): (texts.EXTENSION, Severity.ERROR),
    (SPIFF, "payloadExpression"): (texts.EXTENSION, Severity.ERROR),
    (SPIFF, "variableName"): (texts.EXTENSION, Severity.ERROR),
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
_BINDINGS = frozenset({"decisionRefBinding", "formRefBinding"})


def is_refused(tag: str) -> bool:
    """Whether an element with this BPMN tag is an error wherever it would run."""
    return tag not in STEPS and tag not in _SILENT and _CODES.get(tag) not in _SEVERITIES


def elements(diagram: Diagram) -> Iterator[Finding]:
    """Kinds of elements that are not run."""
    for scope in diagram.scopes:
        inside = _local_in(scope)
        for xml in bpmn_children(scope.xml):
            tag = local(xml)
            if tag not in STEPS and tag not in _SILENT:
                code, variable = _CODES.get(tag, texts.NOT_RUN), variable_of(xml)
                if code == texts.DATA_OBJECT and variable in inside:
                    code = texts.DATA_OBJECT_INSIDE
                yield diagram.at(xml, code, _SEVERITIES.get(code, Severity.ERROR), tag=tag, variable=variable)


def data_objects(diagram: Diagram) -> Iterator[Finding]:
    """What a sub-process keeps for itself is not read outside it."""
    kept: dict[etree._Element, dict[str, Node]] = {}
    for scope, node in diagram.nodes(*CONTAINERS):
        names = set(own_variables(Source(node.xml, diagram.declared))) - node.element.outputs.keys()
        kept.setdefault(scope.process, {}).update(dict.fromkeys(names, node))
    for written in expressions(diagram) if any(kept.values()) else ():
        expression, around = written.read(), kept.get(written.scope.process, {})
        read = {path.split(".")[0] for path in expression.names} & around.keys() if expression else set()
        for name in sorted(read - _local_in(written.scope) - _of_process(written.scope) if read else ()):
            owner = around[name]
            if owner is not written.at:
                params = {"variable": name, "inside": owner.element.name or owner.id}
                yield diagram.at(written.at, texts.DATA_OBJECT_OUTSIDE, Severity.WARNING, **params)


def _local_in(scope: Scope) -> set[str]:
    """The variables that the sub-processes around what stands in `scope` keep for themselves."""
    return {name for owner in scope.owners for name in owner.element.inputs}


def _of_process(scope: Scope) -> set[str]:
    """The variables of the data objects and properties of the process around `scope`."""
    holders = scope.process.iterchildren(*map(bpmn, ("dataObject", "dataObjectReference", "property")))
    return {variable_of(xml) for xml in holders}


def ad_hoc(diagram: Diagram) -> Iterator[Finding]:
    """What is left to the people who work gets an order."""
    for _, node in diagram.nodes("adHocSubProcess"):
        yield diagram.at(node, texts.AD_HOC, Severity.NOTE)


def correlations(diagram: Diagram) -> Iterator[Finding]:
    """Correlation by keys that the diagram declares."""
    for xml in diagram.root.iter(bpmn("correlationKey"), f"{{{ZEEBE}}}subscription"):
        yield diagram.at(xml, texts.CORRELATION, Severity.WARNING)


def extensions(diagram: Diagram) -> Iterator[Finding]:
    """Attributes and extension elements of vendors that would be ignored."""
    for scope in diagram.scopes:
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
                used = {"used": "what is deployed with the process", "used_zh": "与流程一同部署的文件"}
                yield diagram.at(place, texts.BINDING, Severity.WARNING, binding=value, **used)


def _extension(diagram: Diagram, place: etree._Element, xml: etree._Element) -> Iterator[Finding]:
    name = etree.QName(xml)
    found = _EXTENSIONS.get((name.namespace or "", name.localname))
    if found is not None:
        yield diagram.at(place, *found, tag=name.localname, name=name.localname)


def _extension_elements(place: etree._Element) -> list[etree._Element]:
    return [xml for holder in children(place, "extensionElements") for xml in holder.iterchildren(etree.Element)]


RULES: list[Rule] = [elements, data_objects, ad_hoc, correlations, extensions]
