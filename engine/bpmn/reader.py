"""From BPMN files to `Model`: one pass over the elements builds the steps, a second connects them.

Built without SpiffWorkflow's own parser, which recurses along the flow (600 steps break it), ignores vendors'
attributes and builds queries from the text of the file; the specifications it fills are SpiffWorkflow's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from engine import dmn, forms
from engine.bpmn.elements import Element, Event, Flow, extension_attributes, read_element
from engine.bpmn.events import BoundaryEvent, CatchEvent, StartEvent, ThrowEvent
from engine.bpmn.gateways import EventGateway, ExclusiveGateway, InclusiveGateway, ParallelGateway
from engine.bpmn.loops import Repeat
from engine.bpmn.model import Model, Process, ProcessSpec, reserved
from engine.bpmn.steps import CallStep, DecisionStep, ExternalStep, ManualStep, ScriptStep, Step, SubProcessStep
from engine.bpmn.xml import bpmn, children, local, parse_bpmn, text_of

#: BPMN tag → kind of step
STEPS: dict[str, type[Step]] = {
    "task": Step,
    "userTask": ManualStep,
    "manualTask": ManualStep,
    "serviceTask": ExternalStep,
    "scriptTask": ScriptStep,
    "businessRuleTask": DecisionStep,
    "receiveTask": CatchEvent,
    "sendTask": ThrowEvent,
    "subProcess": SubProcessStep,
    "callActivity": CallStep,
    "exclusiveGateway": ExclusiveGateway,
    "parallelGateway": ParallelGateway,
    "inclusiveGateway": InclusiveGateway,
    "eventBasedGateway": EventGateway,
    "startEvent": StartEvent,
    "endEvent": ThrowEvent,
    "intermediateThrowEvent": ThrowEvent,
    "intermediateCatchEvent": CatchEvent,
    "boundaryEvent": BoundaryEvent,
}
#: Where names and codes that events refer to are declared: tag → attribute.
REFERENCES = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}


def read(files: Mapping[str, bytes]) -> Model:
    """The model of a file set (name → content) that `engine.bpmn.checks` found no error in."""
    processes: dict[str, Process] = {}
    decisions: dict[str, dmn.Decisions] = {}
    read_forms: dict[str, forms.Form] = {}
    for name, content in sorted(files.items()):
        if name.endswith(".bpmn"):
            processes |= {process.key: process for process in read_file(content, name)}
        elif name.endswith(".dmn"):
            loaded = dmn.load(content, name)
            decisions |= dict.fromkeys(loaded.ids, loaded)
        elif name.endswith(".form"):
            form = forms.load(content, name)
            read_forms[form.id] = form
    return Model(processes, decisions, read_forms, dict(files))


def read_file(source: bytes, file: str = "") -> list[Process]:
    """The processes of one BPMN file."""
    root = parse_bpmn(source, file)
    references = references_of(root)
    lanes = lanes_of(root)
    return [_process(node, file, references, lanes) for node in children(root, "process")]


def references_of(root: etree._Element) -> dict[str, str]:
    """Id → name or code of every message, signal, error and escalation; the name where there is no code."""
    return {
        node.get("id", ""): node.get(attribute) or node.get("name") or node.get("id", "")
        for tag, attribute in REFERENCES.items()
        for node in root.iter(bpmn(tag))
    }


def lanes_of(root: etree._Element) -> dict[str, str]:
    """Element id → name of the innermost lane that holds it."""
    return {
        text_of(node): lane.get("name", "")
        for lane in root.iter(bpmn("lane"))
        for node in children(lane, "flowNodeRef")
    }


def flow_nodes(scope: etree._Element) -> Iterator[etree._Element]:
    """The flow nodes directly inside a process or sub-process that we run."""
    return (
        node for node in scope if isinstance(node.tag, str) and node.tag == bpmn(local(node)) and local(node) in STEPS
    )


def flows_of(scope: etree._Element) -> list[Flow]:
    """The sequence flows directly inside a process or sub-process."""
    return [
        Flow(
            id=node.get("id", ""),
            source=node.get("sourceRef", ""),
            target=node.get("targetRef", ""),
            condition=text_of(node.find(bpmn("conditionExpression"))),
            name=node.get("name", ""),
        )
        for node in children(scope, "sequenceFlow")
    ]


def _process(node: etree._Element, file: str, references: Mapping[str, str], lanes: Mapping[str, str]) -> Process:
    elements: dict[str, Element] = {}
    spec = _scope(node, references, lanes, elements)
    vendor = extension_attributes(node)
    starts = [step for step in spec.task_specs.values() if isinstance(step, StartEvent)]
    plain = next((start.element for start in starts if start.element.event.kind == "none"), None)
    return Process(
        key=node.get("id", ""),
        name=" ".join(node.get("name", "").split()),
        file=file,
        spec=spec,
        elements=elements,
        properties=read_element(node, {}, "", "").properties,
        starter_groups=tuple(
            group.strip() for group in vendor.get("candidateStarterGroups", "").split(",") if group.strip()
        ),
        start_form=plain.form if plain else "",
        message_starts={
            start.element.event.name: start.name for start in starts if start.element.event.kind == "message"
        },
        is_executable=node.get("isExecutable", "true") != "false",
        version_tag=vendor.get("versionTag", ""),
    )


def _scope(
    scope: etree._Element,
    references: Mapping[str, str],
    lanes: Mapping[str, str],
    elements: dict[str, Element],
    lane: str = "",
) -> ProcessSpec:
    spec = ProcessSpec(scope.get("id", ""))
    steps: dict[str, Step] = {}
    for node in flow_nodes(scope):
        element = _element(node, references, lanes.get(node.get("id", ""), lane), scope.get("id", ""))
        elements[element.id] = element
        step = steps[element.id] = _step(spec, element)
        inner = step.item if isinstance(step, Repeat) else step
        if isinstance(inner, SubProcessStep) and not isinstance(inner, CallStep):
            inner.inner = _scope(node, references, lanes, elements, element.lane)
        if element.tag == "startEvent" and (not spec.first or element.event.kind == "none"):
            spec.first = step.name
    _connect(scope, steps)
    return spec


def _element(node: etree._Element, references: Mapping[str, str], lane: str, parent: str) -> Element:
    """The element of `node`; send and receive tasks, which name their message themselves, as the events they are."""
    element = read_element(node, references, lane, parent)
    if element.tag in {"sendTask", "receiveTask"} and element.message:
        return replace(element, event=Event("message", name=element.message))
    return element


def _step(spec: ProcessSpec, element: Element) -> Step:
    kind = STEPS[element.tag]
    if element.topic and element.tag in {"sendTask", "intermediateThrowEvent", "endEvent"}:
        kind = ExternalStep
    name = f"{element.id}_" if reserved(spec, element.id) else element.id
    if element.loop is None:
        return kind(spec, name, element)
    return Repeat(spec, name, element, element.loop, kind(spec, f"{name}#item", element))


def _connect(scope: etree._Element, steps: Mapping[str, Step]) -> None:
    for flow in flows_of(scope):
        source, target = steps[flow.source], steps[flow.target]
        source.flows.append(replace(flow, target=target.name))
        target.incoming.append(flow.id)
        target.before.append(source.name)
    for step in steps.values():
        if step.element.tag == "boundaryEvent":
            host = steps[step.element.attached_to]
            host.boundary.append(step.name)
            step.before.append(host.name)
