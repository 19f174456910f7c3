"""Proof that steps escalate when the table of step times says so, and at no other moment.

Boundary timers of the diagram that ask `step_due` for a moment are calculated anew, from the table and from when each
task began and ended, and compared with the timers that fired.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn.elements import Element
from engine.definitions import Library
from engine.models import HistoryEvent, UserTask
from processes.complaint.step_times import step_due

#: `step_due("register", complaint.priority, now())`, perhaps with how many times the time
_ASKED = re.compile(r'\W*step_due\("(\w+)",\s*(complaint\.priority|null),\s*now\(\)(?:,\s*([\d.]+))?\)\W*')

#: A task's own priority is 100 less 20 for each step down; others stand for none.
_PRIORITIES = {80: Decimal(1), 60: Decimal(2), 40: Decimal(3), 20: Decimal(4)}

#: Stored moments may be a little off the moment at which they were calculated.
TOLERANCE = timedelta(seconds=1)


@dataclass(frozen=True)
class _Asked:
    """A boundary timer that stands on an activity: the step that it asks the table for, and how many times its time."""

    element_id: str
    step: str
    by_priority: bool
    times: Decimal

    def due_at(self, task: UserTask) -> datetime:
        priority = _PRIORITIES.get(task.priority) if self.by_priority else None
        return step_due(self.step, priority, task.created_at, self.times)


def escalation_mismatches(session: Session, now: datetime) -> tuple[int, list[str]]:
    """How many firings the table asks for up to `now`, and each that came at another moment, or did not come."""
    wanted = Counter(_wanted(session, now))
    fired = Counter(_fired(session, {element for _, element, _ in wanted} | _timed(session)))
    wrong = [f"{case}: {element} did not fire at {at:%F %T}" for case, element, at in wanted - fired]
    wrong += [f"{case}: {element} fired at {at:%F %T} without reason" for case, element, at in fired - wanted]
    return wanted.total(), sorted(wrong)


Firing = tuple[str, str, datetime]


def _wanted(session: Session, now: datetime) -> Iterator[Firing]:
    timers = _Timers(session)
    for task in session.scalars(select(UserTask).execution_options(yield_per=1000)):
        for asked in timers.on(task):
            at = asked.due_at(task)
            if at <= min(task.closed_at or now, now):
                yield task.instance_id, asked.element_id, _whole(at)


def _fired(session: Session, elements: set[str]) -> Iterator[Firing]:
    events = select(HistoryEvent).where(HistoryEvent.kind == "timer_fired", HistoryEvent.element_id.in_(elements))
    for event in session.scalars(events.execution_options(yield_per=1000)):
        due_at = datetime.fromisoformat(orjson.loads(event.detail)["due_at"])
        late = abs(event.at - due_at) > TOLERANCE
        yield event.stream.removeprefix("instance:"), event.element_id, _whole(event.at if late else due_at)


def _timed(session: Session) -> set[str]:
    """The timers of all definitions in use that ask the table."""
    timers = _Timers(session)
    ids = session.scalars(select(UserTask.definition_id).distinct())
    return {asked.element_id for definition_id in ids for found in timers.of(definition_id).values() for asked in found}


class _Timers:
    """The boundary timers that ask the table, by definition and activity."""

    def __init__(self, session: Session) -> None:
        self._library = Library(session)
        self._known: dict[int, dict[str, list[_Asked]]] = {}

    def on(self, task: UserTask) -> list[_Asked]:
        """The timers on the activity of `task`."""
        return self.of(task.definition_id).get(task.element_id, [])

    def of(self, definition_id: int) -> dict[str, list[_Asked]]:
        """Activity → timers on it."""
        if definition_id not in self._known:
            _, _, process = self._library.by_id(definition_id)
            found: dict[str, list[_Asked]] = {}
            for element in process.elements.values():
                if asked := _asked(element):
                    found.setdefault(element.attached_to, []).append(asked)
            self._known[definition_id] = found
        return self._known[definition_id]


def _asked(element: Element) -> _Asked | None:
    match = _ASKED.fullmatch(element.event.text) if element.tag == "boundaryEvent" else None
    if match is None or element.event.timer != "date":
        return None
    return _Asked(element.id, match[1], match[2] != "null", Decimal(match[3] or 1))


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
