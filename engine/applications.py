"""What a process folder brings: models, topics, groups, FEEL functions, a record and access rules.

A folder under `processes/` defines `application = Application(...)`; the engine knows no other way to learn about it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.forecast import Forecasting
from engine.organisation import Organisation, nowhere
from engine.problems import Problem
from engine.reference import Table


@dataclass(frozen=True)
class Group:
    """A candidate group that an application's models name."""

    key: str
    name_zh: str
    name_en: str
    #: Groups whose tasks its members may give to somebody, and which get what nobody else may do.
    leads: tuple[str, ...] = ()
    #: Groups of lower rank, for whose members its own may stand in.
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class PathType:
    """What is known of one path of a record, for checks: FEEL type name, personal or not, readable by FEEL or not."""

    type: str
    personal: bool = False
    readable: bool = True


#: Kind of what a record tells: those in its `people` (user names) may not act in the case any more. The engine gives
#: their open tasks anew.
BARRED = "people_barred"


class Record(Protocol):
    """An application's own data about one instance, read and written in the engine's transaction."""

    #: Changed paths of moments since the record was opened, as `clock.due_at`; waiting timers that read one of them are
    #: evaluated again before the transaction ends. The engine empties it.
    changed: set[str]
    #: What happened to the record itself, for history: (kind, detail without personal values). The engine empties it.
    told: list[tuple[str, Mapping[str, Any]]]
    #: Whether something by which the case is found (`Application.found_by`) was written since the record was opened.
    reworded: bool

    def get(self, path: str) -> Any:
        """The FEEL value at `path` (without the record's name), or None."""

    def set(self, path: str, value: Any) -> None:
        """Store `value` at `path`; raises InvalidInput for a path or value that the record does not take."""

    def follow(self, event: str, properties: Mapping[str, str], now: datetime) -> None:
        """An element with `properties` was `entered` or `left` `now`: as for its phase, or a status to be shown."""


class RecordFactory(Protocol):
    """Opens the records of one application."""

    #: The name under which FEEL sees the record.
    name: str

    def create(self, session: Session, start: "Start") -> Record:
        """Make the record of an instance that starts now."""

    def open(self, session: Session, instance_id: str) -> Record:
        """The record of a running instance."""

    def blank(self, values: Mapping[str, Any]) -> Record:
        """A record in memory, for dry runs and checks; `values`: path → value."""

    def paths(self) -> Mapping[str, PathType]:
        """Every path and its type."""


@dataclass(frozen=True)
class Start:
    """How an instance starts: what its record is made from."""

    instance_id: str
    subject_id: str
    business_key: str
    values: Mapping[str, Any]
    actor: str
    at: datetime
    #: business key of the case that the message or signal which begins this one was for, or came from
    regarding: str = ""


#: Gives the business key of a new instance: (session, start values, moment) → key.
Numbering = Callable[[Session, Mapping[str, Any], datetime], str]


@dataclass(frozen=True)
class Work:
    """One piece of external work for a topic: what the function of the topic gets.

    `id` is the idempotency key: a repeated call with the same id must have its effect once.
    """

    id: str
    topic: str
    instance_id: str
    business_key: str
    element_id: str
    #: input parameters of the service task, evaluated when the job was written, or a person last retried it
    inputs: Mapping[str, Any]
    #: all variables visible to the token at that moment
    variables: Mapping[str, Any]
    attempt: int
    at: datetime
    #: no other attempt follows when this one fails
    is_last: bool = False


@dataclass(frozen=True)
class Decided:
    """A decision table that a topic applied: the rules that matched, what was tested by its text, and what it gave."""

    decision: str
    rules: Sequence[str]
    inputs: Mapping[str, Any]
    value: Any


@dataclass(frozen=True)
class WorkResult:
    """What a topic gives back when it decided something besides: result variables, and decisions for the history."""

    values: Mapping[str, Any]
    decided: Sequence[Decided] = ()


#: Given the `engine.site.Site`, does one piece of work outside any transaction and gives the result variables. Raises
#: TopicFailed (tried again), TopicFailedForGood (an incident at once) or BpmnError (a boundary error event takes it).
Topic = Callable[[Any, Work], Mapping[str, Any] | WorkResult | None]


@dataclass(frozen=True)
class Aside:
    """A piece of work beside the diagram: a topic's call that no token waits for."""

    topic: str
    inputs: Mapping[str, Any]
    element_id: str = ""


@dataclass(frozen=True)
class TaskFacts:
    """What an access rule learns about a task and the person who wants it."""

    instance_id: str
    element_id: str
    properties: Mapping[str, str]
    person_id: int
    person_groups: frozenset[str]
    #: person id → the `role` properties of the tasks that the person completed in this instance
    acted: Mapping[int, frozenset[str]]
    username: str = ""
    #: (group, unit): what the person holds not everywhere, but on a unit and all below it
    held_on: frozenset[tuple[str, str]] = frozenset()
    #: A lead insisted on this person, or the person has the task already: reasons that only advise do not count.
    insisted: bool = False


class FieldKind(StrEnum):
    """What a field of cases holds; `CODES` is a list of codes."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    CODES = "codes"


@dataclass(frozen=True)
class CaseField:
    """A value of cases by which lists are filtered and sorted: a column of a table with one row per instance."""

    zh: str
    en: str
    kind: FieldKind
    column: Any
    #: the codes that it may hold, and (code, language) → what people call one
    choices: Callable[[], Iterable[str]] | None = None
    words: Callable[[str, str], str] | None = None

    def label(self, language: str) -> str:
        """The words for people, in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class FoundBy:
    """What a case is found by, in plain: names and phone numbers of people, numbers that others gave it, its texts."""

    names: Iterable[str] = ()
    phones: Iterable[str] = ()
    numbers: Iterable[str] = ()
    texts: Iterable[str] = ()


@dataclass(frozen=True)
class Application:
    """One process application."""

    key: str
    name_zh: str
    name_en: str
    folder: Path
    groups: Sequence[Group] = ()
    topics: Mapping[str, Topic] = field(default_factory=dict)
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    record: RecordFactory | None = None
    #: process key → the record of its instances, where it is not `record`; None: they have none
    records: Mapping[str, RecordFactory | None] = field(default_factory=dict)
    #: What topics do to the record in a dry run, where nothing is sent: topic → (record, inputs, moment) → result.
    rehearsals: Mapping[str, Callable[[Any, Mapping[str, Any], datetime], Mapping[str, Any] | WorkResult | None]] = (
        field(default_factory=dict)
    )
    #: The units that people work in.
    organisation: Callable[[], Organisation] = nowhere
    #: Gives the units that a case concerns, from its record; None: cases concern everybody in the application.
    units_of: Callable[[Any], Iterable[str | None]] | None = None
    #: Refuses by raising NotAllowed; runs for assignment, claim, assign and complete.
    access_rules: Sequence[Callable[[Session, TaskFacts], None]] = ()
    number: Numbering | None = None
    #: process key → how its instances are numbered, where it is not `number`; None: by the engine
    numbers: Mapping[str, Numbering | None] = field(default_factory=dict)
    #: The tables that people keep, by name, as `engine.reference.declare` gives them.
    tables: Mapping[str, Table] = field(default_factory=dict)
    #: What lines of history call for beside the diagram: (`engine.history.Line`s, user name) → work, done as a job.
    asides: Callable[[Sequence[Any], str], Iterable[Aside]] | None = None
    #: Events (`engine.notifications.KINDS`) of which asides send mail at once themselves, to those who want it.
    mails: frozenset[str] = frozenset()
    #: What the tick does for this application every minute, beside its cases: (site, moment), as `engine.upkeep.Chore`.
    chores: Sequence[Callable[[Any, datetime], None]] = ()
    #: What only this application can know of its models: file set (name → content) → problems, told with all others.
    model_rules: Sequence[Callable[[Mapping[str, bytes]], Sequence[Problem]]] = ()
    #: Path of the record → field by which lists of cases are filtered and sorted.
    fields: Mapping[str, CaseField] = field(default_factory=dict)
    #: What forecasts of its tasks and cases go by; None: Monday to Friday, and no case has a deadline.
    forecasting: Forecasting | None = None
    #: What a case is found by beside its business key: (session, its record) → words. Raises Erased.
    found_by: Callable[[Session, Any], FoundBy] | None = None
    #: Form keys `app:<name>` that the pages of this application serve.
    pages: frozenset[str] = frozenset()

    def record_of(self, process_key: str) -> RecordFactory | None:
        """Opens the records of the instances of a process."""
        return self.records.get(process_key, self.record)

    def number_of(self, process_key: str) -> Numbering | None:
        """Numbers the instances of a process."""
        return self.numbers.get(process_key, self.number)

    def leading(self, group_keys: Iterable[str]) -> frozenset[str]:
        """The groups that lead one of `group_keys`."""
        led = frozenset(group_keys)
        return frozenset(group.key for group in self.groups if not led.isdisjoint(group.leads))

    def model_files(self) -> Mapping[str, bytes]:
        """Name → content of the shipped models: `*.bpmn`, `*.dmn` and `forms/*.form`, names relative to the folder."""
        patterns = ("*.bpmn", "*.dmn", "forms/*.form")
        files = sorted(path for pattern in patterns for path in self.folder.glob(pattern))
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}


class Applications(Mapping[str, Application]):
    """All applications of an installation, by key."""

    def __init__(self, applications: Iterable[Application]) -> None:
        self._by_key = {application.key: application for application in applications}

    def __getitem__(self, key: str) -> Application:
        try:
            return self._by_key[key]
        except KeyError:
            raise NotFound(f"There is no application “{key}”.") from None

    def organisation(self) -> Organisation:
        """The units of all applications together. Raises BadOrganisation when they do not fit."""
        trees = [tree for one in self._by_key.values() if len(tree := one.organisation())]
        return trees[0] if len(trees) == 1 else Organisation(unit for tree in trees for unit in tree)

    def __iter__(self) -> Any:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def table(self, name: str) -> Table:
        """The reference table `name` of whichever application has it; raises NotFound."""
        for application in self._by_key.values():
            if name in application.tables:
                return application.tables[name]
        raise NotFound("There is no table “{name}”.", name=name)
