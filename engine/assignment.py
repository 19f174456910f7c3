"""Who gets a new task: the right group on the unit, there today, skilled and not barred; then the smallest load.

A user task with the property `assign=auto` is given to somebody at once. Whoever is absent is stood in for; whoever
takes a break is left out. Where nobody of the unit may do it, it goes up to the superior unit; where nobody at all may,
to those who lead its groups.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from engine import access, clock, identity
from engine.applications import Application, TaskFacts
from engine.errors import NotAllowed
from engine.execution import TaskOpened
from engine.history import Line
from engine.identity import Actor
from engine.models import Absence, Membership, Person, PersonSkill, UserTask

#: The property of a user task that lets it be assigned by itself, and its value.
ASSIGN, AUTO = "assign", "auto"

#: Load of an open task by its priority (0 to 100): least priority → load; the most urgent weigh most.
LOADS = ((80, 4), (60, 3), (40, 2))
LEAST_LOAD = 1

Offers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Given:
    """Who got a task, under which groups and units it is offered, and what history says of it."""

    person_id: int | None
    offers: Offers
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """Somebody who may get a task. `distance`: how far above the task's unit the right is held."""

    actor: Actor
    distance: int
    load: int
    #: when the person last completed something
    busy_at: datetime | None
    skills: frozenset[str]
    absent: bool
    delegate_id: int | None

    @property
    def order(self) -> tuple[Any, ...]:
        """Those nearest first, then the least loaded, then whoever is idle longest."""
        return self.distance, self.load, self.busy_at is not None, self.busy_at, self.actor.id


class Assignment:
    """The assignment of new tasks of one case, `now`."""

    def __init__(self, session: Session, application: Application, instance_id: str, now: datetime) -> None:
        self._session, self._application, self._instance_id = session, application, instance_id
        self._now, self._acted = now, access.Acted(session, instance_id)
        #: person id → load of the tasks given here, which no row tells of yet
        self._added: Counter[int] = Counter()

    def given(self, opened: Iterable[TaskOpened]) -> dict[str, Given]:
        """Token id → who gets its task."""
        opened = list(opened)
        named = self._named({task.assignee for task in opened if task.assignee})
        return {task.token_id: self._give(task, named.get(task.assignee)) for task in opened}

    def eligible(self, task: TaskOpened) -> list[Candidate]:
        """Everybody who may be given the task, the best first."""
        present = self._stood_in(self._candidates(self._offers(task)))
        return [one for one in sorted(present, key=lambda one: one.order) if not self._why_not(task, one)]

    # --- one task

    def _give(self, task: TaskOpened, named: Candidate | None) -> Given:
        offers = self._offers(task)
        if named is not None:
            return self._to_named(task, named, offers)
        if task.assignee or task.properties.get(ASSIGN) != AUTO:
            return Given(None, offers)
        candidates = self._candidates(offers)
        present = sorted(self._stood_in(candidates), key=lambda one: one.order)
        chosen = next((one for one in present if not self._why_not(task, one)), None)
        if chosen is None:
            return self._to_leads(task, offers, candidates)
        self._added[chosen.actor.id or 0] += load_of(task.priority)
        detail: dict[str, Any] = {"task": task.token_id, "to": chosen.actor.username}
        lines = [Line("task_given", task.element_id, detail | _absentee(candidates, chosen))]
        if chosen.distance > min(one.distance for one in candidates):
            offers, moved = self._moved_up(task, offers, chosen.distance)
            lines = [*moved, *lines]
        return Given(chosen.actor.id, offers, tuple(lines))

    def _to_named(self, task: TaskOpened, named: Candidate, offers: Offers) -> Given:
        """To the person whom the model names, or to whoever stands in, if that person may do it."""
        stand_in = next(iter(self._stood_in([named])), named) if named.delegate_id else named
        if stand_in is named or self._why_not(task, stand_in):
            return Given(named.actor.id, offers)
        detail = {"task": task.token_id, "to": stand_in.actor.username, "for": named.actor.username}
        return Given(stand_in.actor.id, offers, (Line("task_given", task.element_id, detail),))

    def _moved_up(self, task: TaskOpened, offers: Offers, distance: int) -> tuple[Offers, list[Line]]:
        """Nobody of the unit may do it: it is offered in the unit so far above."""
        tree, lines, moved = self._application.organisation(), [], []
        for group, unit in offers:
            path = tree.path(unit)
            above = path[min(distance, len(path) - 1)] if path else ""
            moved.append((group, above))
            if above != unit:
                detail = {"task": task.token_id, "group": group, "from": unit, "to": above}
                lines.append(Line("task_moved_up", task.element_id, detail))
        return tuple(dict.fromkeys(moved)), lines

    def _to_leads(self, task: TaskOpened, offers: Offers, candidates: Sequence[Candidate]) -> Given:
        """Nobody may do it: it stays in its groups, on no unit where nobody holds them, and their leads get it too."""
        groups = [group for group, _ in offers]
        kept = offers if candidates else tuple((group, "") for group in groups)
        units = dict.fromkeys(unit for _, unit in kept)
        leads = [(lead, unit) for lead in sorted(self._application.leading(groups)) for unit in units]
        detail = {
            "task": task.token_id,
            "groups": groups,
            "leads": [access.offer_key(lead, unit) for lead, unit in leads],
            "absent": sum(one.absent for one in candidates),
            "barred": sum(self._barred(task, one) is not None for one in candidates),
        }
        line = Line("nobody_eligible", task.element_id, detail)
        return Given(None, tuple(dict.fromkeys([*kept, *leads])), (line,))

    def _offers(self, task: TaskOpened) -> Offers:
        """Under which groups and units it is offered; candidate users are groups of one."""
        keys = [*task.groups, *(access.candidate_user(name) for name in task.users)]
        tree = self._application.organisation()
        return tuple(dict.fromkeys(access.offer(key, tree) for key in keys))

    # --- who may

    def _why_not(self, task: TaskOpened, one: Candidate) -> bool:
        return not frozenset(task.skills) <= one.skills or self._barred(task, one) is not None

    def _barred(self, task: TaskOpened, one: Candidate) -> NotAllowed | None:
        """Why the rules bar the candidate, if they do."""
        facts = TaskFacts(
            instance_id=self._instance_id,
            element_id=task.element_id,
            properties=task.properties,
            person_id=one.actor.id or 0,
            person_groups=one.actor.groups,
            acted=self._acted,
            username=one.actor.username,
            held_on=one.actor.held_on,
        )
        try:
            access.check_rules(self._session, self._application, facts)
        except NotAllowed as refused:
            return refused
        return None

    # --- people

    def _candidates(self, offers: Offers) -> list[Candidate]:
        """The active people to whom it is offered, absent or not."""
        if not offers:
            return []
        tree = self._application.organisation()
        held = [
            and_(Membership.group_key == group, Membership.unit_key.in_(["", *tree.path(unit)]))
            if unit
            else Membership.group_key == group
            for group, unit in offers
        ]
        users = [group.removeprefix(access.USER) for group, _ in offers if group.startswith(access.USER)]
        holds = Person.id.in_(select(Membership.person_id).where(or_(*held)))
        return self._people(or_(holds, Person.username.in_(users)), offers)

    def _named(self, usernames: set[str]) -> dict[str, Candidate]:
        found = self._people(Person.username.in_(usernames), ()) if usernames else []
        return {one.actor.username: one for one in found}

    def _stood_in(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those who are there, and for each who is not the delegate who is."""
        candidates = list(candidates)
        there = {one.actor.id: one for one in candidates if not one.absent}
        wanted: dict[int | None, int] = {
            one.delegate_id: one.distance for one in candidates if one.absent and one.delegate_id
        }
        if missing := wanted.keys() - there.keys():
            for one in self._people(Person.id.in_(missing), ()):
                if one.actor.id is not None and not one.absent:
                    there[one.actor.id] = replace(one, distance=wanted[one.actor.id])
        return list(there.values())

    def _people(self, which: Any, offers: Offers) -> list[Candidate]:
        """Active people with all that choosing needs, in one question."""
        today = self._now.astimezone(clock.zone()).date()
        away = and_(Absence.person_id == Person.id, Absence.from_on <= today, Absence.to_on >= today)
        # grants, skills and absences multiply the rows: the load of a person is summed before that
        chosen = select(Person.id, _LOAD.label("load"), _BUSY_AT.label("busy_at")).where(Person.is_active, which)
        work = chosen.cte("work").prefix_with("MATERIALIZED")
        query = (
            select(Person, Membership.group_key, Membership.unit_key, PersonSkill.skill, Absence, *work.c[1:])
            .join(work, work.c.id == Person.id)
            .outerjoin(Membership, Membership.person_id == Person.id)
            .outerjoin(PersonSkill, PersonSkill.person_id == Person.id)
            .outerjoin(Absence, away)
            .order_by(Person.id, Absence.id)
        )
        rows: dict[int, list[Any]] = {}
        for row in self._session.execute(query):
            rows.setdefault(row[0].id, []).append(row)
        return [self._candidate(found, offers) for found in rows.values()]

    def _candidate(self, rows: Sequence[Any], offers: Offers) -> Candidate:
        person, *_, load, busy_at = rows[0]
        actor = identity.as_actor(person, {(row[1], row[2]) for row in rows if row[1] is not None})
        absences = [row[4] for row in rows if row[4] is not None]
        return Candidate(
            actor=actor,
            distance=min((self._distance(actor, offer) for offer in offers), default=0),
            load=int(load or 0) + self._added[person.id],
            busy_at=busy_at,
            skills=frozenset(row[3] for row in rows if row[3] is not None),
            absent=bool(absences) or (person.resting_until is not None and person.resting_until > self._now),
            delegate_id=next((one.delegate_id for one in absences if one.delegate_id), None),
        )

    def _distance(self, actor: Actor, offer: tuple[str, str]) -> int:
        """How far above the unit of the offer the nearest grant is; what is held everywhere lies above the top."""
        group, unit = offer
        path = self._application.organisation().path(unit)
        return next((far for far, above in enumerate(path) if (group, above) in actor.held_on), len(path))


def load_of(priority: int) -> int:
    """What an open task of this priority adds to somebody's load."""
    return next((load for least, load in LOADS if priority >= least), LEAST_LOAD)


def _absentee(candidates: Iterable[Candidate], chosen: Candidate) -> dict[str, str]:
    """For whom the chosen one stands in, where it was given for that only."""
    if any(one.actor.id == chosen.actor.id for one in candidates):
        return {}
    return {"for": next(one.actor.username for one in candidates if one.delegate_id == chosen.actor.id)}


_LOAD = (
    select(func.sum(case(*((UserTask.priority >= least, load) for least, load in LOADS), else_=LEAST_LOAD)))
    .where(UserTask.assignee_id == Person.id, UserTask.status == "open")
    .correlate(Person)
    .scalar_subquery()
)
_BUSY_AT = (
    select(func.max(UserTask.closed_at)).where(UserTask.completed_by == Person.id).correlate(Person).scalar_subquery()
)
