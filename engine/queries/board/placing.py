"""The tasks of a team in the order of their deadlines, each behind what its holder or its group has to do first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from engine import access, clock
from engine.forecast import Ahead, Timetable, forecast
from engine.identity import Actor
from engine.models import IS_OPEN, ProcessDefinition, ProcessInstance, StepPace, UserTask, UserTaskGroup
from engine.paces import COLUMNS, Paces, forecasting_of
from engine.queries.board.shown import NOBODY, BoardTask, Member, Offers
from engine.queries.forecasts import OF_STEP, case_due, next_morning
from engine.site import Site


def placed_tasks(
    session: Session, site: Site, actor: Actor, members: Mapping[str, Member], now: datetime
) -> tuple[BoardTask, ...]:
    """The open tasks of the team, and those that nobody has and `actor` may give out, by deadline."""
    names = {member.person.id: username for username, member in members.items()}
    visible, offered = access.visible_tasks(actor), aliased(UserTaskGroup)
    query = (
        select(UserTask, ProcessInstance.application, visible, offered, *COLUMNS)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == UserTask.definition_id)
        .outerjoin(StepPace, OF_STEP)
        .outerjoin(offered, offered.task_id == UserTask.id)
        .where(
            IS_OPEN,
            or_(UserTask.assignee_id.in_(sorted(names)), and_(UserTask.assignee_id.is_(None), visible)),
        )
        .order_by(UserTask.due_at.asc().nulls_last(), UserTask.created_at, UserTask.id)
    )
    query = case_due(query, site)
    rows: dict[str, list[Any]] = {}
    for row in session.execute(query):
        rows.setdefault(row[0].id, []).append(row)
    queue = _Queue(site, members, now)
    return tuple(queue.placed(each, names) for each in rows.values())


class _Queue:
    """Puts the tasks of a team one behind the other, each behind those that its holder or its group has to do first."""

    def __init__(self, site: Site, members: Mapping[str, Member], now: datetime) -> None:
        self._site, self._members, self._now = site, members, now
        self._paces = Paces(site, now)
        self._tables: dict[str, Timetable] = {}
        #: group and unit → how many who hold it are there
        self._hands: dict[tuple[str, str], int] = {}
        #: user name, or group and unit → what was placed there so far
        self._before: defaultdict[str | tuple[str, str], Ahead] = defaultdict(Ahead)

    def placed(self, rows: Sequence[Any], names: Mapping[int, str]) -> BoardTask:
        """The task of these rows, one for each offer; called in the order of deadlines."""
        task, application, is_visible, _, *step, due_at = rows[0]
        holder = names.get(task.assignee_id, NOBODY)
        offers: Offers = tuple(sorted((row[3].group_key, row[3].unit_key) for row in rows if row[3] is not None))
        pace = self._paces.of(task.element_id, *step)
        ahead = replace(self._held(holder) if holder else self._offered(offers), put_off_until=task.follow_up_at)
        if task.follow_up_at is None or task.follow_up_at <= self._now:
            queues: tuple[str | tuple[str, str], ...] = (holder, *offers)
            for queue in queues:
                before = self._before[queue]
                self._before[queue] = Ahead(before.tasks + 1, before.work + pace.work)
        return BoardTask(
            id=task.id,
            holder=holder,
            priority=task.priority,
            due_at=task.due_at,
            is_overdue=task.due_at is not None and task.due_at <= self._now,
            is_visible=bool(is_visible),
            offers=offers,
            forecast=forecast(self._table(application), pace, ahead, task.due_at, due_at),
        )

    def _held(self, holder: str) -> Ahead:
        """What the person has to do first."""
        today = self._now.astimezone(clock.zone()).date()
        away = next((each for each in self._members[holder].absences.values() if each.from_on <= today), None)
        return replace(self._before[holder], away_until=next_morning(away.to_on) if away else None)

    def _offered(self, offers: Offers) -> Ahead:
        """What the people of the group who are there have to do first, together."""
        if not offers:
            return Ahead()
        first = offers[0]
        if first not in self._hands:
            key, today = access.offer_key(*first), self._now.astimezone(clock.zone()).date()
            there = [each for each in self._members.values() if each.holds(key) and not each.is_away(today)]
            self._hands[first] = max(len(there), 1)
        return replace(self._before[first], hands=self._hands[first])

    def _table(self, application: str) -> Timetable:
        if application not in self._tables:
            calendar = forecasting_of(self._site.applications[application]).calendar()
            self._tables[application] = Timetable(calendar, self._now)
        return self._tables[application]
