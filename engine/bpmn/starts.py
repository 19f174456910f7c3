"""What begins an instance of a process (BPMN 2.0.2, 10.5.2, 10.6.6 and 13.3.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from SpiffWorkflow.specs import WorkflowSpec

from engine.bpmn.elements import Event
from engine.bpmn.events import CatchEvent, StartEvent
from engine.bpmn.gateways import EventGateway
from engine.bpmn.steps import Step


@dataclass(frozen=True)
class Starts:
    """The steps at which events begin an instance."""

    #: by a person: where a plain start event stands, or nothing that could happen by itself; not in a process that
    #: says `isStartableInTasklist="false"`, which others call
    by_person: bool = True
    #: message name → step
    messages: Mapping[str, str] = field(default_factory=dict)
    #: signal name → steps, each of which begins an instance of its own
    signals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: (step, timer)
    timers: tuple[tuple[str, Event], ...] = ()


def starts_of(spec: WorkflowSpec) -> Starts:
    """How instances of the process with these steps begin."""
    messages: dict[str, str] = {}
    signals: dict[str, tuple[str, ...]] = {}
    timers: list[tuple[str, Event]] = []
    plain = False
    for step in spec.task_specs.values():
        plain = plain or (isinstance(step, StartEvent) and step.element.event.kind == "none")
        for event in _beginning(step):
            if event.kind == "timer":
                timers.append((step.name, event))
            elif event.kind == "message" and event.name:
                messages.setdefault(event.name, step.name)
            elif event.kind == "signal" and event.name:
                signals[event.name] = (*signals.get(event.name, ()), step.name)
    return Starts(plain or not (messages or signals or timers), messages, signals, tuple(timers))


def _beginning(step: object) -> Iterator[Event]:
    """The events each of which begins an instance at `step`; several that must all happen begin none."""
    if isinstance(step, StartEvent):
        if not step.element.parallel_multiple:
            yield from step.element.events
    elif isinstance(step, CatchEvent) and (step.element.instantiate or _is_behind_beginning(step)):
        yield from (event for event in step.element.events if event.kind != "timer")


def _is_behind_beginning(step: Step) -> bool:
    before = [step._wf_spec.task_specs[name] for name in step.before]
    return any(isinstance(each, EventGateway) and each.element.instantiate for each in before)
