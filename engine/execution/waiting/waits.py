"""One explanation for everything that waits."""

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.compensation import CompensationEvent
from engine.bpmn.elements import Element
from engine.bpmn.events import CatchEvent
from engine.bpmn.gateways import EventGateway, Join
from engine.bpmn.loops import Repeat
from engine.bpmn.steps import SubProcessStep
from engine.bpmn.tokens import activity_around, all_tokens, owner_of
from engine.errors import RedressError
from engine.execution.offers import offer
from engine.execution.standing import Standing, waits_for
from engine.execution.waiting import texts
from engine.execution.waiting.events import Thrown, explain_event, thrown_in
from engine.execution.waiting.holding import explain_event_gateway, explain_inside, explain_repeat
from engine.execution.waiting.joins import explain_gathering, explain_join, is_gathering
from engine.execution.waiting.sentences import Said, paragraph, plain

#: States of a token whose step failed while it ran; it does not wait.
_FAILED = (TaskState.COMPLETED, TaskState.ERROR)


@dataclass(frozen=True)
class Wait:
    """A token that waits; of several at one join, the first stands for all.

    `kind`: `task`, `work`, `parked`, the kind of event (`message`, `signal`, `timer`, `conditional`, `error`,
    `escalation`, `cancel`, `multiple`), `join`, `inclusive_join`, `complex_join`, `complex_reset`, `start_quantity`,
    `event_gateway`, `multi_instance`, `loop`, `sub_process`, `called_process`, `ad_hoc`, `compensation`, or `reached`
    where the run stopped before the step.
    """

    token_id: str
    element: Element
    kind: str
    said: tuple[Said, ...]
    #: the element that owns this wait or has it inside, with how many are around that; None and 0 outermost
    within: Element | None = None
    depth: int = 0

    def what(self, language: str, *, with_values: bool = True) -> str:
        """What is waited for, in sentences; `with_values`: also what variables hold now, which may be personal."""
        said = self.said if with_values else tuple(each for each in self.said if each.sentence is not texts.READS)
        return paragraph(said, language)

    @property
    def details(self) -> dict[str, Any]:
        """What the sentences speak of: ids, numbers, names, values."""
        return {name: plain(value) for each in self.said for name, value in each.params.items() if name != "element"}


def waits(execution: Standing) -> list[Wait]:
    """Everything in `execution` that waits, each before what it owns and what is inside it."""
    found: list[Wait] = []
    depths: dict[str, int] = {}
    thrown = thrown_in(execution.model)
    gathering: set[tuple[int, str]] = set()
    for token in all_tokens(execution.top):
        holder = owner_of(token) or activity_around(token.workflow)
        depths[token.id] = depths[holder.id] + 1 if holder is not None else 0
        if token.state in _FAILED:
            continue
        if is_gathering(token):
            place = (id(token.workflow), token.task_spec.name)
            if place in gathering:
                continue
            gathering.add(place)
        kind, said = _explained(execution, token, thrown)
        if "index" in token.internal_data:
            said.append(Said(texts.ITEM, {"item": token.internal_data["index"] + 1}))
        within = holder.task_spec.element if holder is not None else None
        found.append(Wait(token.id, token.task_spec.element, kind, tuple(said), within, depths[token.id]))
    return found


def _explained(execution: Standing, token: Task, thrown: Thrown) -> tuple[str, list[Said]]:
    step = token.task_spec
    match waits_for(token):
        case "task":
            return "task", _task(execution, token)
        case "work":
            return "work", [Said(texts.WORK, {"element": step.element, "topic": step.element.topic})]
        case "parked":
            return "parked", [_parked(execution, token)]
    if token.state == TaskState.WAITING:
        return _waiting(execution, token, thrown)
    if token.state == TaskState.STARTED:
        return _started(execution, token)
    return "reached", [Said(texts.REACHED, {"element": step.element})]


def _waiting(execution: Standing, token: Task, thrown: Thrown) -> tuple[str, list[Said]]:
    if isinstance(token.task_spec, CatchEvent):
        return explain_event(execution, token, thrown)
    if isinstance(token.task_spec, Join):
        return explain_join(execution, token)
    return explain_gathering(token)


def _started(execution: Standing, token: Task) -> tuple[str, list[Said]]:
    match token.task_spec:
        case Repeat():
            return explain_repeat(execution, token)
        case SubProcessStep():
            return explain_inside(execution, token)
        case EventGateway():
            return explain_event_gateway(token)
        case Join():
            return explain_join(execution, token)
        case CompensationEvent():
            return "compensation", [Said(texts.UNDOING, {"element": token.task_spec.element})]
    return "reached", [Said(texts.REACHED, {"element": token.task_spec.element})]


def _task(execution: Standing, token: Task) -> list[Said]:
    element = token.task_spec.element
    definition_id, model, _ = execution.home(token)
    said = [Said(texts.TASK, {"element": element})]
    try:
        offered = offer(execution, token, definition_id)
    except RedressError:
        people: tuple[str, ...] = ()
    else:
        people = tuple(filter(None, (offered.assignee, *offered.groups, *offered.users)))
    if people:
        said.append(Said(texts.OFFERED, {"people": people}))
    form = model.form(element.form)
    if form is not None:
        said.append(Said(texts.ASKED, {"form": form.id, "fields": tuple(form.keys)}))
    return said


def _parked(execution: Standing, token: Task) -> Said:
    element = token.task_spec.element
    if token.id not in execution.parked:
        return Said(texts.PARKED, {"element": element})
    return Said(texts.PARKED_WHY, {"element": element, "why": execution.parked[token.id][1].message})
