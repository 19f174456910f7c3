"""What came of a play: how cases ended, what escalated, what stands still."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock, queries
from engine.models import HistoryEvent, Incident, ProcessInstance, Timer
from engine.queries import Labels
from engine.site import Site
from processes.complaint.tables import ComplaintNotice

#: A moment is kept to the second here and there.
TOLERANCE = timedelta(seconds=1)


@dataclass(frozen=True)
class Tally:
    """Counts over all cases of the database; names are those of the diagram."""

    #: process → end event, or `open` → cases
    outcomes: Mapping[str, Mapping[str, int]]
    #: timer event → firings since the play began
    escalations: Mapping[str, int]
    #: template → notices that were sent since the play began
    notices: Mapping[str, int]
    #: element and reason of the incidents since the play began → how many
    incidents: Mapping[str, int]
    #: numbers of the cases that wait for nothing
    stuck: Sequence[str]
    #: timers that fired more than a second after they were due and armed, and timers that are due and did not fire
    late: int
    lost: int


def tally(site: Site, since: datetime, language: str = "en") -> Tally:
    """Count how everything stands; `since`: virtual moment at which the play began."""
    with site.database.reading() as session:
        labels = Labels(session, language)
        fired = (
            select(HistoryEvent.element_id, func.count())
            .where(HistoryEvent.kind == "timer_fired", HistoryEvent.at >= since)
            .group_by(HistoryEvent.element_id)
        )
        happened = (
            select(Incident.element_id, Incident.message, func.count())
            .where(Incident.created_at >= since)
            .group_by(Incident.element_id, Incident.message)
        )
        escalations = Counter({element: count for element, count in session.execute(fired)})  # noqa: C416 - rows, no pairs
        sent = (
            select(ComplaintNotice.template, func.count())
            .where(ComplaintNotice.sent_at >= since)
            .group_by(ComplaintNotice.template)
            .order_by(ComplaintNotice.template)
        )
        stuck = set(queries.stuck(session))
        numbers = select(ProcessInstance.business_key).where(ProcessInstance.id.in_(stuck))
        return Tally(
            outcomes=_outcomes(session, labels),
            escalations=dict(escalations.most_common()),
            notices={template: count for template, count in session.execute(sent)},  # noqa: C416 - rows, no pairs
            incidents={f"{element}: {why}": count for element, why, count in session.execute(happened)},
            stuck=tuple(session.scalars(numbers)) if stuck else (),
            late=_late(session, since),
            lost=session.scalar(select(func.count()).where(Timer.state == "armed", Timer.due_at < clock.now())) or 0,
        )


def _outcomes(session: Session, labels: Labels) -> dict[str, dict[str, int]]:
    kinds = (ProcessInstance.key, ProcessInstance.definition_id, ProcessInstance.status, ProcessInstance.ended_by)
    found: dict[str, Counter[str]] = {}
    for process, definition_id, status, ended_by, count in session.execute(
        select(*kinds, func.count()).group_by(*kinds).order_by(ProcessInstance.key)
    ):
        name = labels.element(definition_id, ended_by) if ended_by else status
        found.setdefault(process, Counter())["open" if status == "active" else name] += count
    return {process: dict(counts.most_common()) for process, counts in found.items()}


def _late(session: Session, since: datetime) -> int:
    fired = select(HistoryEvent.at, HistoryEvent.detail).where(
        HistoryEvent.kind == "timer_fired", HistoryEvent.at >= since
    )
    return sum(
        at - max(datetime.fromisoformat(told["due_at"]), datetime.fromisoformat(told["armed_at"])) > TOLERANCE
        for at, detail in session.execute(fired.execution_options(yield_per=1000))
        for told in (orjson.loads(detail),)
    )
