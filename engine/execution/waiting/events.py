"""Tokens that wait for an event."""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.task import Task

from engine.bpmn.elements import Element
from engine.bpmn.events import BoundaryEvent, CatchEvent, Listener
from engine.bpmn.model import Model
from engine.execution.answers import timer_names
from engine.execution.standing import Standing
from engine.execution.waiting import texts
from engine.execution.waiting.reading import named_values, text_of, values_read
from engine.execution.waiting.sentences import Said

#: (kind, name) of an event → the elements that throw it.
Thrown = dict[tuple[str, str], list[Element]]

#: Elements that throw what their event definitions say.
_THROWING = frozenset({"intermediateThrowEvent", "endEvent", "sendTask"})
#: Kinds of events that are caught by their code → what is said with one, and without.
_CODED = {
    "error": (texts.ERROR, texts.ANY_ERROR),
    "escalation": (texts.ESCALATION, texts.ANY_ESCALATION),
}


def explain_event(execution: Standing, token: Task, thrown: Thrown) -> tuple[str, list[Said]]:
    """Kind of the event that `token` waits for, and what is said of it; `thrown` as `thrown_in` gives it."""
    step: CatchEvent = token.task_spec
    return step.element.event.kind, [*_event(execution, token, step.element, thrown), *_place(token, step)]


def thrown_in(model: Model) -> Thrown:
    """What the processes of `model` throw."""
    found: Thrown = {}
    for element in (each for process in model.processes.values() for each in process.elements.values()):
        for event in element.events if element.tag in _THROWING else ():
            found.setdefault((event.kind, event.name), []).append(element)
    return found


def _event(execution: Standing, token: Task, element: Element, thrown: Thrown) -> Iterator[Said]:
    event = element.event
    match event.kind:
        case "message" | "signal":
            sentence = texts.MESSAGE if event.kind == "message" else texts.SIGNAL
            name = text_of(execution, token, event.name)
            yield Said(sentence, {"element": element, "name": name})
            throwing = tuple(thrown.get((event.kind, name), ()))
            yield Said(texts.THROWN_BY, {"throwers": throwing}) if throwing else Said(texts.THROWN_BY_NOBODY)
        case "timer":
            yield from _timer(execution, token, element)
        case "conditional":
            yield from _condition(execution, token, element)
        case "error" | "escalation":
            coded, uncoded = _CODED[event.kind]
            yield Said(coded if event.name else uncoded, {"element": element, "code": event.name})
        case "cancel":
            yield Said(texts.CANCEL, {"element": element})
        case "multiple":
            yield Said(texts.ALL_OF if element.parallel_multiple else texts.ANY_OF, {"element": element})
        case _:
            yield Said(texts.OTHER_EVENT, {"element": element, "event": event.kind})


def _timer(execution: Standing, token: Task, element: Element) -> Iterator[Said]:
    timer: dict[str, Any] = token.internal_data.get("timer", {})
    if timer.get("due") is not None:
        yield Said(texts.TIMER, {"element": element, "due": timer["due"]})
        return
    exhausted = bool(timer.get("fired"))
    paused = texts.TIMER_EXHAUSTED if exhausted else texts.TIMER_PAUSED
    yield Said(paused, {"element": element, "text": element.event.text})
    yield from _reads(named_values(execution, token, set(timer_names(token))))


def _condition(execution: Standing, token: Task, element: Element) -> Iterator[Said]:
    text = element.event.text
    held = token.internal_data.get("held", False)
    yield Said(texts.CONDITION_HELD if held else texts.CONDITION, {"element": element, "text": text})
    yield from _reads(values_read(execution, token, text))


def _reads(values: dict[str, Any]) -> Iterator[Said]:
    yield Said(texts.READS, {"values": values}) if values else Said(texts.READS_NOTHING)


def _place(token: Task, step: CatchEvent) -> Iterator[Said]:
    if isinstance(step, BoundaryEvent):
        yield Said(texts.ON_EDGE, {"host": token.parent.task_spec.element})
    if isinstance(step, Listener):
        yield Said(texts.BEGINS, {"begins": step._wf_spec.task_specs[step.begins].element})
