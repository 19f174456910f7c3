"""A small process application for tests, and an office that works with it: no page, no complaint.

`Office` is used by tests of the engine, competing, crashes and properties; `DESK` is a model with a bit of everything.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import clock, commands, history, identity, jobs
from engine.applications import Application, Applications, Group, WorkResult
from engine.commands import Submitted
from engine.db import Database
from engine.errors import InvalidModel
from engine.identity import Actor
from engine.models import Incident, Job, ProcessInstance, Subscription, Timer, UserTask
from engine.site import Site
from engine.vault import Vault
from tests.models import bpmn
from tests.records import FileRow, Files, Tables

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
    """One process: `flows` as `start > a > end; a > b: condition`; what is no start or end stands in `elements`."""
    return bpmn(elements, flows, key, tasks=False)


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
        self.result: Mapping[str, Any] | WorkResult = {}

    def echo(self, _site: Site, work: Any) -> Mapping[str, Any] | WorkResult:
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
