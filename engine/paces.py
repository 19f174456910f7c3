"""How long steps take: measured once an hour in the tasks closed last, read wherever something is forecast.

Only the end of work is recorded, so a step is taken to have begun when its task was there and the person had closed
the one before: time in which it waited behind other work is not counted as work on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import delete, null, select
from sqlalchemy.orm import Session

from engine.applications import Application
from engine.calendars import Calendar
from engine.forecast import ENOUGH, REST_OF_TARGET, UNKNOWN_WORK, WORK_OF_TARGET, Forecasting, Pace
from engine.models import ProcessDefinition, ProcessInstance, StepPace, UserTask
from engine.site import Site

#: So many closed tasks of an application are looked at.
MOST = 3000

#: Process key and element id.
Step = tuple[str, str]


def forecasting_of(application: Application) -> Forecasting:
    """What the application's forecasts go by."""
    return application.forecasting or _PLAIN


def measure(site: Site, _now: datetime) -> None:
    """Measure every step anew."""
    with site.database.reading() as session:
        found = [row for application in site.applications.values() for row in _measured(session, application)]
    with site.database.transaction() as session:
        session.execute(delete(StepPace))
        session.add_all(found)


#: What a question for the pace of a step selects, outer joined by process key and element id.
COLUMNS = (StepPace.work_seconds, StepPace.rest_seconds, StepPace.measured)


class Paces:
    """The pace of every step, as measured; as a target gives it where too little was."""

    def __init__(self, site: Site, now: datetime) -> None:
        self._targets = [forecasting_of(application) for application in site.applications.values()]
        self._now = now
        self._known: dict[str, Pace] = {}
        self._rests: dict[str, timedelta | None] = {}

    def of(self, element_id: str, work: int | None, rest: int | None, measured: int | None) -> Pace:
        """The pace of a step with these values of COLUMNS."""
        if work is None:
            return self._planned(element_id)
        behind = self._rest(element_id) if rest is None else timedelta(seconds=rest)
        return Pace(timedelta(seconds=work), behind, measured or 0, rest is not None)

    def _planned(self, element_id: str) -> Pace:
        if element_id not in self._known:
            targets = (each.target(element_id, self._now) for each in self._targets)
            target = next((each for each in targets if each is not None), None)
            work = UNKNOWN_WORK if target is None else target * WORK_OF_TARGET
            self._known[element_id] = Pace(work, self._rest(element_id))
        return self._known[element_id]

    def _rest(self, element_id: str) -> timedelta | None:
        if element_id not in self._rests:
            rests = (each.target_rest(element_id, self._now) for each in self._targets)
            found = next((each for each in rests if each is not None), None)
            self._rests[element_id] = None if found is None else found * REST_OF_TARGET
        return self._rests[element_id]


@dataclass
class _Times:
    """What was measured of one step."""

    work: list[timedelta] = field(default_factory=list)
    rest: list[timedelta] = field(default_factory=list)


def _measured(session: Session, application: Application) -> list[StepPace]:
    """The steps of an application that were done often enough."""
    plan = forecasting_of(application)
    times = _times(_closed(session, application.key, plan), plan.calendar())
    return [
        StepPace(
            process_key=key,
            element_id=element_id,
            work_seconds=_middle(each.work),
            rest_seconds=_middle(each.rest) if len(each.rest) >= ENOUGH else None,
            measured=len(each.work),
        )
        for (key, element_id), each in times.items()
        if len(each.work) >= ENOUGH
    ]


def _closed(session: Session, application: str, plan: Forecasting) -> list[Any]:
    """The tasks closed last, oldest first: process, element, who closed it, created, closed, deadline met."""
    last = (
        select(UserTask)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .where(UserTask.status == "completed", ProcessInstance.application == application)
        .order_by(UserTask.closed_at.desc())
        .limit(MOST)
        .subquery()
    )
    met = plan.met.subquery() if plan.met is not None else None
    query = select(
        ProcessDefinition.key,
        last.c.element_id,
        last.c.completed_by,
        last.c.created_at,
        last.c.closed_at,
        met.c[1] if met is not None else null(),
    ).join(ProcessDefinition, ProcessDefinition.id == last.c.definition_id)
    if met is not None:
        query = query.outerjoin(met, met.c[0] == last.c.instance_id)
    return list(session.execute(query.order_by(last.c.closed_at)))


def _times(closed: Iterable[Any], calendar: Calendar) -> Mapping[Step, _Times]:
    times: defaultdict[Step, _Times] = defaultdict(_Times)
    before: dict[int, datetime] = {}
    for key, element_id, person_id, created_at, closed_at, met_at in closed:
        begun_at = max(created_at, before.get(person_id, created_at))
        before[person_id] = closed_at
        step = times[key, element_id]
        step.work.append(calendar.business_time_between(begun_at, closed_at))
        if met_at is not None and met_at >= closed_at:
            step.rest.append(calendar.business_time_between(closed_at, met_at))
    return times


def _middle(times: Iterable[timedelta]) -> int:
    return round(median(each.total_seconds() for each in times))


def _nothing(_element_id: str, _at: datetime) -> None:
    """No step has a target."""


_PLAIN = Forecasting(lambda: Calendar(""), _nothing, _nothing, due=None, met=None)
