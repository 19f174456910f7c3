"""From the elements of a process or sub-process to connected steps, before anything of it runs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from engine.bpmn.adhoc import AdHocStep
from engine.bpmn.compensation import CancelEnd, CompensationEvent
from engine.bpmn.elements import Element, Event, Flow
from engine.bpmn.events import BoundaryEvent, CatchEvent, Listener, PartEvent, StartEvent
from engine.bpmn.gateways import ComplexGateway, EventGateway, ExclusiveGateway, InclusiveGateway, ParallelGateway
from engine.bpmn.loops import Repeat
from engine.bpmn.model import ProcessSpec, reserved
from engine.bpmn.steps import (
    CallStep,
    DecisionStep,
    EventSubProcessStep,
    ExternalStep,
    ManualStep,
    ScriptStep,
    Step,
    SubProcessStep,
)
from engine.bpmn.throwing import ThrowEvent

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
    "transaction": SubProcessStep,
    "adHocSubProcess": AdHocStep,
    "callActivity": CallStep,
    "exclusiveGateway": ExclusiveGateway,
    "parallelGateway": ParallelGateway,
    "inclusiveGateway": InclusiveGateway,
    "complexGateway": ComplexGateway,
    "eventBasedGateway": EventGateway,
    "startEvent": StartEvent,
    "endEvent": ThrowEvent,
    "intermediateThrowEvent": ThrowEvent,
    "intermediateCatchEvent": CatchEvent,
    "boundaryEvent": BoundaryEvent,
}
#: Steps that are external work where they have a topic, and calculate where they have an expression.
_WORKING = frozenset(
    {*("task", "sendTask", "scriptTask", "businessRuleTask", "intermediateThrowEvent", "endEvent"), "serviceTask"}
)
#: Tags of sub-processes: their inside is a scope of its own.
CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})


def assemble(
    spec: ProcessSpec, elements: Iterable[Element], flows: Iterable[Flow], inner: Callable[[Element], ProcessSpec]
) -> None:
    """Fill `spec` with a step per element and connect them; `inner` gives what runs inside a sub-process."""
    steps = {element.id: _step(spec, element) for element in elements}
    for step in steps.values():
        _fill(spec, step, inner)
    for flow in [*flows, *_links(steps)]:
        _connect(steps, flow)
    for step in steps.values():
        if step.element.tag == "boundaryEvent":
            _attach(steps, step)
    for step in steps.values():
        _item(step).can_be_undone = _can_be_undone(step)
    spec.first = _first(steps)


def name_of(spec: ProcessSpec, element_id: str) -> str:
    """The name of the step of an element: its id, altered until no step has it."""
    while reserved(spec, element_id):
        element_id += "_"
    return element_id


def _step(spec: ProcessSpec, element: Element) -> Step:
    kind = _kind(element)
    name = name_of(spec, element.id)
    if element.loop is None:
        return kind(spec, name, element)
    return Repeat(spec, name, element, element.loop, kind(spec, name_of(spec, f"{name}#item"), element))


def _kind(element: Element) -> type[Step]:
    kinds = {event.kind for event in element.events}
    if element.container.triggered_by_event:
        return EventSubProcessStep
    if element.tag in _WORKING and (element.topic or element.script):
        return ExternalStep if element.topic else ScriptStep
    if element.tag in {"endEvent", "intermediateThrowEvent"} and "cancel" in kinds:
        return CancelEnd
    if element.tag in {"endEvent", "intermediateThrowEvent"} and "compensate" in kinds:
        return CompensationEvent
    if element.tag in {"intermediateCatchEvent", "receiveTask"} and not kinds - {"link"}:
        return Step
    return STEPS[element.tag]


def _item(step: Step) -> Step:
    return step.item if isinstance(step, Repeat) else step


def _fill(spec: ProcessSpec, step: Step, inner: Callable[[Element], ProcessSpec]) -> None:
    """What belongs to a step besides itself: its inside, its listener, the parts of an event."""
    once = _item(step)
    if isinstance(once, SubProcessStep) and not isinstance(once, CallStep):
        once.inner = inner(step.element)
    if isinstance(once, EventSubProcessStep):
        _listen(spec, once)
    elif isinstance(once, CatchEvent):
        _part(spec, once)


def _listen(spec: ProcessSpec, step: EventSubProcessStep) -> None:
    """Let something stand in `spec` that waits for the start event of an event sub-process."""
    starts = [start for start in step.inner.task_specs.values() if isinstance(start, StartEvent)]
    for start in starts:
        if start.element.event.kind == "compensate":
            spec.undone_by = step.name
            continue
        listener = Listener(spec, f"{step.name}#{start.name}", start.element)
        listener.begins = step.name
        spec.listeners.append(listener.name)
        _part(spec, listener)


def _part(spec: ProcessSpec, step: CatchEvent) -> None:
    if len(step.element.events) < 2:
        return
    step.element = replace(step.element, event=Event("multiple"))
    for number, event in enumerate(step.element.events, 1):
        part = PartEvent(spec, f"{step.name}#{number}", replace(step.element, event=event, events=(event,)))
        step.parts.append(part.name)


def _links(steps: Mapping[str, Step]) -> list[Flow]:
    """Link events are flows that are not drawn (BPMN 2.0.2, 10.5.5)."""
    catching = {
        step.element.event.name: step.element.id
        for step in steps.values()
        if step.element.tag == "intermediateCatchEvent" and step.element.event.kind == "link"
    }
    return [
        Flow(f"link:{step.element.id}", step.element.id, catching[step.element.event.name])
        for step in steps.values()
        if step.element.tag == "intermediateThrowEvent" and step.element.event.name in catching
        if step.element.event.kind == "link"
    ]


def _connect(steps: Mapping[str, Step], flow: Flow) -> None:
    """Join two steps; in a mere picture, a flow may lead to what is not run."""
    source, target = steps.get(flow.source), steps.get(flow.target)
    if source is not None and target is not None:
        source.flows.append(replace(flow, target=target.name))
        target.incoming.append(flow.id)
        target.before.append(source.name)


def _attach(steps: Mapping[str, Step], step: Step) -> None:
    host = steps.get(step.element.attached_to)
    if host is None:
        return
    if step.element.event.kind == "compensate":
        undoing = steps.get(step.element.compensation.handler)
        host.undone_by = _item(host).undone_by = undoing.name if undoing is not None else ""
        return
    host.boundary.append(step.name)
    step.before.append(host.name)


def _can_be_undone(step: Step) -> bool:
    once = _item(step)
    if step.undone_by or not isinstance(once, SubProcessStep) or isinstance(once, CallStep):
        return bool(step.undone_by)
    inside = once.inner
    return bool(inside.undone_by) or any(
        each.can_be_undone for each in inside.task_specs.values() if isinstance(each, Step)
    )


def _first(steps: Mapping[str, Step]) -> list[str]:
    """The none start event, else the first one; without start events all that nothing leads to (13.3.4)."""
    starts = [step for step in steps.values() if step.element.tag == "startEvent"]
    plain = [step for step in starts if step.element.event.kind == "none"]
    if starts:
        return [(plain or starts)[0].name]
    return [
        step.name
        for step in steps.values()
        if not step.before
        and not step.element.container.triggered_by_event
        and not step.element.compensation.is_handler
    ]
