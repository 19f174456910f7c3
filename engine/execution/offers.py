"""How a user task is offered to people: who, until when, how urgent."""

from datetime import date, datetime, time
from typing import Any, Protocol

from SpiffWorkflow.task import Task

from engine import clock
from engine.bpmn.expressions import is_iso
from engine.bpmn.tokens import activity_around, owner_of
from engine.execution import timers
from engine.execution.facts import TaskOpened

#: The property that names what somebody must know to be given the task.
SKILLS = "skills"

#: When a day ends.
LAST_SECOND = time(23, 59, 59)

#: Where the element does not say otherwise; more is more urgent.
PRIORITY = 50


class Evaluating(Protocol):
    """What is needed of an execution."""

    now: datetime
    scopes: dict[str, dict[str, Any]]

    def evaluate(self, token: Task, text: str) -> Any:
        """The value of a FEEL text at `token`."""

    def value(self, token: Task, text: str) -> Any:
        """The same for wrapped text; other text stands for itself."""


def offer(execution: Evaluating, token: Task, definition_id: int) -> TaskOpened:
    """The task at `token`; without assignee and candidates it is offered to the lane."""
    element = token.task_spec.element
    assignee = execution.value(token, element.assignee) or ""
    groups = _listed(execution, token, element.candidate_groups)
    users = _listed(execution, token, element.candidate_users)
    if not groups and not users and not assignee and element.lane:
        groups = (element.lane,)
    return TaskOpened(
        token_id=token.id,
        element_id=element.id,
        definition_id=definition_id,
        item=_item(execution, token),
        assignee=str(assignee),
        groups=groups,
        users=users,
        due_at=_moment(execution, token, element.due, day_ends=True),
        follow_up_at=_moment(execution, token, element.follow_up),
        priority=_priority(execution.value(token, element.priority)),
        role=element.properties.get("role", ""),
        properties=element.properties,
        skills=_skills(execution, token, element.properties.get(SKILLS, "")),
    )


def _skills(execution: Evaluating, token: Task, text: str) -> tuple[str, ...]:
    """Codes separated by blanks, or what FEEL gives: such a text, or a list."""
    value = execution.value(token, text)
    found = value if isinstance(value, list) else str(value or "").split()
    return tuple(dict.fromkeys(str(code) for code in found if code))


def _listed(execution: Evaluating, token: Task, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The values of `texts`, each one name or a list of names, without repetition."""
    names: dict[str, None] = {}
    for text in texts:
        value = execution.value(token, text)
        names |= dict.fromkeys(str(one) for one in (value if isinstance(value, list) else [value]) if one)
    return tuple(names)


def _moment(execution: Evaluating, token: Task, text: str, *, day_ends: bool = False) -> datetime | None:
    """The moment that `text` gives; what is due on a day is due when that day ends in the business time zone."""
    if not text:
        return None
    value = text if is_iso(text) else execution.evaluate(token, text)
    if day_ends and isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, LAST_SECOND, clock.zone())
    due: datetime | None = timers.armed("date", value, execution.now)["due"]
    return due


def _priority(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return PRIORITY


def _item(execution: Evaluating, token: Task) -> str:
    """For people, the innermost item that the task is or stands in: itself where it is a text, else its number."""
    around: Task | None = token
    while around is not None and "index" not in around.internal_data:
        around = owner_of(around) or activity_around(around.workflow)
    if around is None:
        return ""
    value = execution.scopes[around.id].get(around.task_spec.element.loop.item)
    return value[:100] if isinstance(value, str) else str(around.internal_data["index"] + 1)
