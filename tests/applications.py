"""A small process application for tests, and an office that works with it: no page, no complaint.

`Office` is used by tests of the engine, competing, crashes and properties; `DESK` is a model with a bit of everything.
"""

import itertools
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from engine import clock, commands, history, identity, jobs
from engine.applications import Application, Applications, Group, PathType, Start
from engine.commands import Submitted
from engine.db import Database
from engine.errors import InvalidInput, InvalidModel
from engine.identity import Actor
from engine.models import Incident, Job, Moment, ProcessInstance, Subscription, Timer, UserTask
from engine.site import Site
from engine.vault import Vault

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
KEY = "desk"
GROUPS = (Group("desk", "前台", "Front desk"), Group("boss", "主管", "Managers"))
#: username → groups
PEOPLE = {
    "ann": ("desk",),
    "ben": ("desk",),
    "eva": ("boss",),
    "root": ("admin",),
    "olga": ("process-owner",),
    "out": ("auditor",),
}

# --- a record with a clock --------------------------------------------------------------------------------------------


class Tables(DeclarativeBase):
    """Tables that are not among those of the program: a database gets them from `Office`."""

    metadata = MetaData()


class FileRow(Tables):
    """What the record of a case keeps."""

    __tablename__ = "test_file"

    instance_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    level: Mapped[int | None]
    phase: Mapped[str | None] = mapped_column(String(20))
    due_at: Mapped[datetime | None] = mapped_column(Moment)


COLUMNS = {"level": "level", "phase": "phase", "clock.due_at": "due_at"}
PATHS = {
    "level": PathType("number"),
    "phase": PathType("string"),
    "clock.due_at": PathType("date and time"),
}


class File:
    """The record of one case; setting `clock.due_at` changes its clock."""

    def __init__(self, row: FileRow) -> None:
        self.changed: set[str] = set()
        self._row = row

    def get(self, path: str) -> Any:
        return getattr(self._row, COLUMNS[path])

    def set(self, path: str, value: Any) -> None:
        if path not in COLUMNS:
            raise InvalidInput(why=f"there is no “{path}”")
        if path == "level" and not isinstance(value, int | Decimal):
            raise InvalidInput(why="the level is a number")
        if path == "phase" and not isinstance(value, str):
            raise InvalidInput(why="the phase is a text")
        setattr(self._row, COLUMNS[path], int(value) if path == "level" else value)
        if path == "clock.due_at":
            self.changed.add(path)

    def follow(self, event: str, properties: Mapping[str, str], now: datetime) -> None:
        if event == "entered" and "phase" in properties:
            self.set("phase", properties["phase"])


class Files:
    """Opens records under the name `file`."""

    name = "file"

    def create(self, session: Session, start: Start) -> File:
        row = FileRow(instance_id=start.instance_id)
        session.add(row)
        record = File(row)
        for path, value in start.values.items():
            record.set(path, value)
        return record

    def open(self, session: Session, instance_id: str) -> File:
        return File(session.get_one(FileRow, instance_id))

    def blank(self, values: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def paths(self) -> Mapping[str, PathType]:
        return PATHS


# --- models -----------------------------------------------------------------------------------------------------------

FORM = json.dumps(
    {
        "type": "default",
        "id": "answer",
        "components": [
            {"type": "textfield", "id": "f1", "key": "verdict", "label": "结论", "validate": {"required": True}},
            {"type": "number", "id": "f2", "key": "amount", "label": "金额"},
        ],
    }
).encode()

_BPMN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="http://redress.example/test">'
)


def task(key: str, groups: str = "desk", **attributes: str) -> str:
    """A user task with the form."""
    more = "".join(f' camunda:{name}="{value}"' for name, value in attributes.items())
    return f'<userTask id="{key}" camunda:candidateGroups="{groups}" camunda:formRef="answer"{more}/>'


def work(key: str, topic: str = "echo", inside: str = "") -> str:
    """A service task for a topic."""
    return f'<serviceTask id="{key}" camunda:type="external" camunda:topic="{topic}">{inside}</serviceTask>'


def timer(key: str, on: str, text: str, *, interrupting: bool = True, kind: str = "Duration") -> str:
    """A timer on the border of an activity."""
    return (
        f'<boundaryEvent id="{key}" attachedToRef="{on}" cancelActivity="{str(interrupting).lower()}">'
        f"<timerEventDefinition><time{kind}>{text}</time{kind}></timerEventDefinition></boundaryEvent>"
    )


def receive(key: str, message: str, tag: str = "intermediateCatchEvent", attributes: str = "", inside: str = "") -> str:
    """An event that waits for a message (or throws it, with another tag)."""
    return f'<{tag} id="{key}" {attributes}>{inside}<messageEventDefinition messageRef="message_{message}"/></{tag}>'


def model(elements: str, flows: str, key: str = "main") -> bytes:
    """One process: `flows` as `start > a > end; a > b: condition`; events and gateways stand in `elements`."""
    arrows = []
    for part in filter(None, (part.strip() for part in flows.split(";"))):
        path, _, condition = part.partition(":")
        names = [name.strip() for name in path.split(">")]
        arrows += [(one, other, condition.strip()) for one, other in itertools.pairwise(names)]
    named = dict.fromkeys(name for one, other, _ in arrows for name in (one, other))
    ends = "".join(
        f'<{"startEvent" if name.startswith("start") else "endEvent"} id="{name}"/>'
        for name in named
        if name.startswith(("start", "end")) and f'id="{name}"' not in elements
    )
    lines = "".join(
        f'<sequenceFlow id="{one}_{other}" sourceRef="{one}" targetRef="{other}">{_condition(text)}</sequenceFlow>'
        for one, other, text in arrows
    )
    messages = "".join(
        f'<message id="message_{name}" name="{name}"/>'
        for name in sorted({part.split('"')[0] for part in elements.split('messageRef="message_')[1:]})
    )
    errors = "".join(
        f'<error id="{name}" errorCode="{name}"/>'
        for name in sorted({part.split('"')[0] for part in elements.split('errorRef="')[1:]})
    )
    process = f'<process id="{key}" isExecutable="true">{elements}{ends}{lines}</process>'
    return f"{_BPMN}{messages}{errors}{process}</definitions>".encode()


def _condition(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<conditionExpression>{escaped}</conditionExpression>" if text else ""


#: Two tasks, work, a timer and a message.
DESK = model(
    task("a")
    + timer("late", "a", "P2D", interrupting=False)
    + task("chase", "boss")
    + work("w")
    + receive("answer_came", "answered")
    + task("b"),
    "start > a > w > answer_came > b > end; late > chase > end2",
)


# --- the office -------------------------------------------------------------------------------------------------------


class Topics:
    """The topic `echo`: keeps every call, fails as often as it is told to, gives what it is told to."""

    def __init__(self) -> None:
        self.calls: list[Any] = []
        self.errors: list[Exception] = []
        self.result: Mapping[str, Any] = {}

    def echo(self, _site: Site, work: Any) -> Mapping[str, Any]:
        self.calls.append(work)
        if self.errors:
            raise self.errors.pop(0)
        return self.result


class Office:
    """A site with people, an application and virtual time."""

    def __init__(self, site: Site, topics: Topics, now: datetime = NOW) -> None:
        self.site, self.topics, self.now = site, topics, now
        self.people: dict[str, Actor] = {}

    @classmethod
    def on(cls, database: Database, vault: Vault, folder: Path, **application: Any) -> "Office":
        """A new office on a database with the program's tables."""
        Tables.metadata.create_all(database.write)
        with database.transaction() as session:
            identity.add_missing_groups(session)
            identity.add_missing_groups(session, GROUPS)
            for username, groups in PEOPLE.items():
                person_id = identity.add_person(session, username, username.title(), NOW)
                for group in groups:
                    identity.add_to_group(session, person_id, group)
        return cls.again(database, vault, folder, **application)

    @classmethod
    def again(cls, database: Database, vault: Vault, folder: Path, **application: Any) -> "Office":
        """The office of a database that `on` was called for, maybe in another process."""
        topics = Topics()
        offered = {"echo": topics.echo, **application.pop("topics", {})}
        options = {"groups": GROUPS, "record": Files(), "topics": offered, **application}
        app = Application(KEY, "测试", "Test", folder, **options)
        office = cls(Site(database, Applications([app]), vault, folder / "files"), topics)
        office.meet()
        return office

    def meet(self) -> None:
        """Read the people of the database."""
        with self.site.database.reading() as session:
            self.people = {
                actor.username: actor
                for actor in (identity.actor(session, number) for number in range(1, len(PEOPLE) + 1))
            }

    def deploy(self, bpmn: bytes, *, by: str = "olga", base_id: int | None = None, **files: bytes) -> Any:
        named = {"main.bpmn": bpmn, "forms/answer.form": FORM, **{f"{name}.bpmn": text for name, text in files.items()}}
        try:
            return commands.deploy(self.site, KEY, named, actor=self.people[by], now=self.now, base_id=base_id)
        except InvalidModel as error:
            error.add_note(
                "\n".join(f"{one.element_id}: {one.what()}" for one in error.problems if one.severity == "error")
            )
            raise

    # --- acting

    def start(self, process: str = "main", *, by: str = "ann", key: str | None = None, **values: Any) -> str:
        """Start a case; gives its id."""
        given = {name.replace("__", "."): value for name, value in values.items()}
        sent = Submitted(values=given)
        return self.do(commands.start_instance, process, sent, by=by, key=key)["instance_id"]

    def claim(self, element_id: str, *, by: str = "ann", case: str | None = None) -> str:
        """Take the open task; gives its id."""
        task_id = self.task(element_id, case).id
        self.do(commands.claim_task, task_id, by=by)
        return task_id

    def complete(
        self, element_id: str, *, by: str = "ann", case: str | None = None, key: str | None = None, **values: Any
    ) -> dict[str, Any]:
        """Take and complete the open task."""
        task_id = self.claim(element_id, by=by, case=case)
        return self.do(commands.complete_task, task_id, Submitted(values=values), by=by, key=key)

    def send(self, name: str, case: str = "", sender_key: str = "", *, by: str = "ann", **payload: Any) -> str:
        """Send a message to the case with this id; gives the message's state."""
        business_key = self.instance(case).business_key if case else ""
        return self.do(
            commands.correlate_message,
            name,
            payload,
            business_key=business_key,
            sender_key=sender_key or f"{name}-{case}",
            by=by,
        )

    def do(self, command: Callable[..., Any], *arguments: Any, by: str = "root", **named: Any) -> Any:
        """Carry out any command as somebody, now."""
        with clock.at(self.now):
            return command(self.site, *arguments, actor=self.people[by], now=self.now, **named)

    def wait(self, **duration: float) -> jobs.Done:
        """Let time pass, then tick."""
        self.now += timedelta(**duration)
        return self.tick()

    def tick(self) -> jobs.Done:
        with clock.at(self.now):
            return jobs.tick(self.site, self.now)

    # --- looking

    def rows(self, entity: Any, *where: Any) -> list[Any]:
        with self.site.database.reading() as session:
            found = list(session.scalars(select(entity).where(*where)))
            session.expunge_all()
            return found

    def instance(self, case: str) -> ProcessInstance:
        return self.rows(ProcessInstance, ProcessInstance.id == case)[0]

    def open_tasks(self, case: str | None = None) -> list[UserTask]:
        only = [UserTask.instance_id == case] if case else []
        return self.rows(UserTask, UserTask.status == "open", *only)

    def open(self, case: str | None = None) -> list[str]:
        """Element ids of the open tasks, sorted."""
        return sorted(task.element_id for task in self.open_tasks(case))

    def task(self, element_id: str, case: str | None = None) -> UserTask:
        found = [task for task in self.open_tasks(case) if task.element_id == element_id]
        assert found, f"the task {element_id} is not open: {self.open(case)}"
        return found[0]

    def incidents(self) -> list[Incident]:
        return self.rows(Incident, Incident.resolved_at.is_(None))

    def timers(self) -> list[Timer]:
        return self.rows(Timer)

    def jobs(self, **where: Any) -> list[Job]:
        return self.rows(Job, *(getattr(Job, name) == value for name, value in where.items()))

    def subscriptions(self) -> list[Subscription]:
        return self.rows(Subscription)

    def record(self, case: str) -> FileRow:
        return self.rows(FileRow, FileRow.instance_id == case)[0]

    def kinds(self, case: str) -> list[str]:
        """The kinds of the lines of a case's history, in order."""
        return [entry.kind for entry in self.history(case)]

    def history(self, case: str) -> list[Any]:
        with self.site.database.reading() as session:
            return history.read(session, self.site.vault, history.instance_stream(case))
