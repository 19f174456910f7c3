"""Playing an office in virtual time, event by event: what people do, what consumers write, and all that is due."""

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.orm import Session

from engine import clock, commands, queries, travel
from engine.definitions import Library
from engine.errors import InstanceEnded, InvalidForm, InvalidInput, NotAllowed, RedressError, TaskNotActive, TooLate
from engine.identity import CONSUMER, Actor
from engine.models import CALLS, Job, ProcessInstance, Subscription, Timer, UserTask
from engine.site import Site
from processes.complaint.office.answers import Clerk, NoAnswers
from processes.complaint.office.habits import Habits, Letter, weighted
from processes.complaint.office.marks import Marks
from processes.complaint.office.staff import NobodyMay, Staff

#: How often a task is tried with other answers until playing fails loudly.
ATTEMPTS = 20

#: Steps between two renewals of the hold on the database.
STEPS_PER_HOLD = 200

#: What a form asks for that merges a case: a habit reads the number of another one as `office.open_case`.
ROOT = "complaint.root_case"

# Asked at every step: built once, for building takes longer than asking.
_NOW = bindparam("now", type_=Timer.due_at.type)
_DUE = union_all(
    select(Timer.instance_id).where(Timer.state == "armed", Timer.due_at <= _NOW),
    select(Job.instance_id).where(Job.state == "waiting", Job.kind.in_(CALLS), Job.due_at <= _NOW),
)
_BEGUN = (
    select(ProcessInstance.id)
    .where(ProcessInstance.status == "active", ProcessInstance.started_at == _NOW)
    .order_by(ProcessInstance.business_key)
)
_DONE = (
    select(ProcessInstance.id, ProcessInstance.business_key, UserTask.element_id, UserTask.item, func.count())
    .join(UserTask, UserTask.instance_id == ProcessInstance.id)
    .where(ProcessInstance.status == "active", UserTask.status != "open")
    .group_by(ProcessInstance.id, ProcessInstance.business_key, UserTask.element_id, UserTask.item)
)
_CASE = select(ProcessInstance).where(ProcessInstance.id == bindparam("id"))

#: Does something planned; gives the id of the case it touched.
Act = Callable[[], str]


class NothingMoves(RedressError):
    """Something is due at {at} and does not happen; playing would never end."""


class Unanswerable(RedressError):
    """No answers of the simulated office complete “{element}” of case {case}: {why}"""


@dataclass(frozen=True)
class Manner:
    """How one case is treated."""

    habits: Habits
    #: elements that nobody touches: their tasks are left to whoever looks at the demo
    holds: frozenset[str] = frozenset()
    #: nobody touches any of its tasks
    idle: bool = False
    #: what chance depends on besides the seed and the step; empty: the number of the case
    luck: str = ""


@dataclass
class Office:
    """An office with its people; `tell` is called with the process of each case that has ended."""

    site: Site
    staff: Staff
    manner: Manner
    seed: int = 1
    now: datetime = field(default_factory=clock.now)
    tell: Callable[[str], object] = lambda _process: None
    marks: Marks = field(default_factory=Marks)
    manners: dict[str, Manner] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = itertools.count()
        self._planned: set[str] = set()
        self._times: Counter[tuple[str, str, str]] = Counter()

    def plan(self, at: datetime, act: Act) -> None:
        """Do `act` at `at`."""
        heapq.heappush(self._acts, (at, next(self._order), act))

    def take_over(self) -> None:
        """Plan what open cases wait for already; chance goes on where an earlier play of the cases left it."""
        with self.site.database.reading() as session:
            for instance_id, case, element_id, item, times in session.execute(_DONE):
                luck = self.manners.get(instance_id, self.manner).luck
                self._times[luck or case, element_id, item] += times
            open_cases = select(ProcessInstance.id).where(ProcessInstance.status == "active")
            found = list(session.scalars(open_cases.order_by(ProcessInstance.business_key)))
        self._look(found)

    def play(self, until: datetime | None = None) -> None:
        """Let time pass until nothing happens any more, or until `until`; schedulers stand still meanwhile.

        Cases that begin by time, day after day, do not keep it going.

        Raises NotADemo on a database of real cases, Conflict when somebody plays there already, Unanswerable,
        NobodyMay and NothingMoves when the model leads people into a place they cannot leave.
        """
        travel.hold(self.site)
        try:
            for step in itertools.count(1):
                at, begins = self._next(endless=until is not None)
                if at is None or (until is not None and at > until):
                    break
                self.now = max(at, self.now)
                with clock.at(self.now):
                    self._step(begins=begins)
                if not step % STEPS_PER_HOLD:
                    travel.hold(self.site, again=True)
        finally:
            travel.let_go(self.site)

    def _next(self, *, endless: bool) -> tuple[datetime | None, bool]:
        """When the next thing happens, and whether a case begins by time then."""
        planned = self._acts[0][0] if self._acts else None
        due, begins = travel.next_moments(self.site)
        within = min((at for at in (planned, due) if at is not None), default=None)
        if begins is None or (within is None and not endless):
            return within, False
        return min(within or begins, begins), within is None or begins <= within

    def _step(self, *, begins: bool) -> None:
        touched = dict.fromkeys(self._due())
        if (touched or begins) and not travel.settle(self.site, self.now):
            raise NothingMoves(at=f"{self.now:%F %T}")
        while self._acts and self._acts[0][0] <= self.now:
            touched[heapq.heappop(self._acts)[2]()] = None
        self._look(touched)

    def _due(self) -> list[str]:
        """The cases of which a timer or a job is due."""
        with self.site.database.reading() as session:
            return list(session.scalars(_DUE, {"now": self.now}))

    # --- planning

    def _look(self, instance_ids: Iterable[str]) -> None:
        """Plan what is new in these cases, and in those that began now by messages or by time.

        An import's cases began long before: they are among `instance_ids`.
        """
        with self.site.database.reading() as session:
            session.info["vault"] = self.site.vault
            begun = session.scalars(_BEGUN, {"now": self.now})
            ids = list(dict.fromkeys(each for each in (*instance_ids, *begun) if each))
            self.marks.look(session, ids, self.now)
            for instance_id in ids:
                instance = session.scalars(_CASE, {"id": instance_id}).one()
                if instance.status == "active":
                    self._plan_tasks(session, instance)
                    self._plan_letters(session, instance)
                elif instance_id not in self._planned:
                    self._planned.add(instance_id)
                    self.tell(instance.key)

    def _plan_tasks(self, session: Session, instance: ProcessInstance) -> None:
        manner = self.manners.get(instance.id, self.manner)
        if manner.idle:
            return
        tasks = select(UserTask).where(UserTask.instance_id == instance.id, UserTask.status == "open")
        for task in session.scalars(tasks.order_by(UserTask.created_at, UserTask.element_id, UserTask.item)):
            if task.id in self._planned or task.element_id in manner.holds:
                continue
            self._planned.add(task.id)
            dice = self._dice(manner.luck or instance.business_key, task.element_id, task.item)
            at = manner.habits.pace.done_at(task.created_at, task.due_at, dice)
            self.plan(max(at, self.now), partial(self._work, instance.id, task.id, dice))

    def _plan_letters(self, session: Session, instance: ProcessInstance) -> None:
        manner = self.manners.get(instance.id, self.manner)
        if not manner.habits.messages:
            return
        waiting = select(Subscription).where(Subscription.instance_id == instance.id, Subscription.kind == "message")
        for subscription in session.scalars(waiting.order_by(Subscription.name)):
            letter = manner.habits.messages.get(subscription.name)
            if letter is None or subscription.id in self._planned:
                continue
            self._planned.add(subscription.id)
            dice = self._dice(manner.luck or instance.business_key, subscription.name, "")
            if dice.random() < letter.share:
                after = timedelta(hours=dice.uniform(*letter.after))
                write = partial(self._write, instance.id, subscription.id, letter, dice)
                self.plan(max(subscription.created_at + after, self.now), write)

    def _dice(self, case: str, what: str, item: str) -> random.Random:
        """Chance that depends on the seed, the case and the step only, not on the order of anything."""
        self._times[case, what, item] += 1
        return random.Random(f"{self.seed}:{case}:{what}:{item}:{self._times[case, what, item]}")  # noqa: S311 - a game

    # --- doing

    def _work(self, instance_id: str, task_id: str, dice: random.Random) -> str:
        """Somebody takes a task and completes it, if it is still there."""
        problem: RedressError | None = None
        for attempt in range(ATTEMPTS):
            with self.site.database.reading() as session:
                task = session.get_one(UserTask, task_id)
                if task.status != "open":
                    return instance_id
                instance = session.get_one(ProcessInstance, instance_id)
                place = {"element": task.element_id, "case": instance.business_key}
                try:
                    submitted = self._submitted(session, instance, task, dice, attempt)
                except NoAnswers as error:
                    raise Unanswerable(**place, why=error.message) from error
                people = self.staff.candidates(session, task, dice)
            try:
                self._complete(task_id, submitted, people)
            except (TaskNotActive, InstanceEnded):
                return instance_id
            except (InvalidForm, InvalidInput, NotAllowed, TooLate) as error:
                problem = error
            else:
                return instance_id
        raise Unanswerable(**place, why=problem.message if problem else "") from problem

    def _complete(self, task_id: str, submitted: commands.Submitted, people: Iterable[Actor]) -> None:
        """The first of `people` who may do the task does it; one who took it before keeps it."""
        refusal: NotAllowed | None = None
        for person in people:
            try:
                commands.claim_task(self.site, task_id, actor=person, now=self.now)
            except NotAllowed as error:
                refusal = error
                continue
            try:
                commands.complete_task(self.site, task_id, submitted, actor=person, now=self.now)
            except NotAllowed:  # something came up since the person got it: another one takes it
                commands.release_task(self.site, task_id, actor=person, now=self.now)
                raise
            return
        raise NobodyMay(task=task_id) from refusal

    def _submitted(
        self, session: Session, instance: ProcessInstance, task: UserTask, dice: random.Random, attempt: int
    ) -> commands.Submitted:
        """What somebody writes into the task's form."""
        _, model, process = Library(session).by_id(task.definition_id)
        form = model.form(process.elements[task.element_id].form)
        if form is None:
            return commands.Submitted()
        usable = queries.usable(queries.look(session, self.site, instance, self.now), form, task.id)
        habits = self.manners.get(instance.id, self.manner).habits
        context: Mapping[str, Any] = usable.context
        if ROOT in form.keys:
            context = {**context, "office": {"open_case": _open_case(session, instance)}}
        return Clerk(form, context, usable.functions, habits, dice).submitted(attempt)

    def _write(self, instance_id: str, subscription_id: str, letter: Letter, dice: random.Random) -> str:
        """A consumer, or somebody of the office, sends a message that the case still waits for."""
        with self.site.database.reading() as session:
            subscription = session.get(Subscription, subscription_id)
            if subscription is None:
                return instance_id
            name, case = subscription.name, subscription.business_key
        commands.correlate_message(
            self.site,
            name,
            {path: _chosen(value, dice) for path, value in letter.payload.items()},
            business_key=case,
            sender_key=f"office:{subscription_id}",
            actor=CONSUMER if letter.by == CONSUMER.username else self.staff.anybody(letter.by, dice),
            now=self.now,
        )
        return instance_id


def _open_case(session: Session, instance: ProcessInstance) -> str:
    """The number of another open case, the newest, for whoever merges; empty when there is none."""
    other = select(ProcessInstance.business_key).where(
        ProcessInstance.status == "active", ProcessInstance.key == instance.key, ProcessInstance.id != instance.id
    )
    return session.scalar(other.order_by(ProcessInstance.started_at.desc()).limit(1)) or ""


def _chosen(value: Any, dice: random.Random) -> Any:
    return weighted(value, dice) if isinstance(value, Mapping) else value
