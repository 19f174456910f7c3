"""A whole small case, made so that it can be begun again anywhere: every command has a key, every effect an id."""

import contextlib
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from engine import clock, commands, definitions
from engine.commands import Submitted
from engine.db import Database
from engine.errors import TaskNotActive
from engine.models import HistoryEvent, Job, ProcessInstance, UserTask
from engine.vault import Vault
from tests.applications import NOW, Office, model, receive, task, timer, work
from tests.stores import with_tables

CRASHED = 70
MODEL = model(
    task("a")
    + timer("late", "a", "P1D", interrupting=False)
    + work("w1")
    + receive("m", "news")
    + work("w2", topic="write")
    + task("b"),
    "start > a > w1 > m > b > end; late > w2 > end2",
)


def run(folder: Path, crash_at: int = 0, when: str = "before") -> int:
    """Run the case in `folder` to its end, from wherever it stands; gives the number of commits.

    With `crash_at`, the process dies `before` or `after` the commit of that number.
    """
    path = folder / "redress.db"
    if not path.exists():
        with_tables(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    with dying(database, crash_at, when) as count:
        _work(_office(database, folder))
    database.dispose()
    return count["commits"]


def describe(folder: Path) -> str:
    """The end of the case and its effects, as text to compare."""
    database = Database(f"sqlite:///{folder / 'redress.db'}")
    with database.reading() as session:
        instances = list(session.scalars(select(ProcessInstance)))
        kinds = Counter(session.scalars(select(HistoryEvent.kind).where(HistoryEvent.stream.startswith("instance:"))))
        described = {
            "status": ", ".join(instance.status for instance in instances),
            "history": dict(sorted(kinds.items())),
            "tasks": sorted(f"{one.element_id} {one.status}" for one in session.scalars(select(UserTask))),
            "jobs": sorted(f"{job.element_id} {job.state}" for job in session.scalars(select(Job))),
            "effects": sorted(file.read_text() for file in (folder / "effects").iterdir()),
        }
    database.dispose()
    return json.dumps(described, indent=1)


@contextlib.contextmanager
def dying(database: Database, crash_at: int, when: str) -> Iterator[dict[str, int]]:
    """Count the commits of `database` that follow, and die at one of them."""
    count = {"commits": 0}

    def commit(connection: Any) -> None:
        count["commits"] += 1
        if count["commits"] == crash_at:
            if when == "after":
                connection.connection.dbapi_connection.execute("COMMIT")
            os._exit(CRASHED)

    event.listen(database.write, "commit", commit)
    yield count
    event.remove(database.write, "commit", commit)


def _office(database: Database, folder: Path) -> Office:
    effects = folder / "effects"
    effects.mkdir(exist_ok=True)

    def write(_site: Any, work: Any) -> dict[str, Any]:
        (effects / work.id).write_text(work.element_id)
        return {}

    topics = {"echo": write, "write": write}
    with database.reading() as session:
        is_filled = session.scalar(select(UserTask.id).limit(1)) is not None or _has_people(session)
    open_office = Office.again if is_filled else Office.on
    return open_office(database, Vault(bytes(range(32))), folder, topics=topics)


def _has_people(session: Session) -> bool:
    return session.connection().exec_driver_sql("SELECT count(*) FROM person").scalar_one() > 0


def _work(office: Office) -> None:
    """Do what is left to do; every act has a key, or is harmless when repeated."""
    office.now = NOW
    office.deploy(MODEL)
    case = office.start(key="start")
    office.now = NOW + timedelta(days=1, hours=1)
    _settle(office)
    _complete(office, "a")
    _settle(office)
    office.send("news", case, "mail-1")
    _complete(office, "b")
    # A worker that died keeps its lease for a while.
    office.now += timedelta(hours=1)
    _settle(office)
    office.send("news", case, "mail-1")
    _complete(office, "b")


def _settle(office: Office) -> None:
    while office.tick():
        pass


def _complete(office: Office, element_id: str) -> None:
    for found in office.open_tasks():
        if found.element_id == element_id:
            with contextlib.suppress(TaskNotActive), clock.at(office.now):
                office.do(commands.claim_task, found.id, by="ann")
                office.do(commands.complete_task, found.id, Submitted(values={}), by="ann", key=element_id)


def walk(folder: Path, every: int) -> dict[str, Any]:
    """Crash before and after every `every`-th commit, each time in a process of its own that another one follows.

    Gives how the undisturbed case ended, with how many commits, and how each crashed one ended.
    """
    template = folder / "template"
    template.mkdir()
    with_tables(f"sqlite:///{template / 'redress.db'}")
    whole = _copied(template, folder / "whole")
    commits, ends = run(whole), {}
    for number in range(1, commits + 1, every):
        for when in ("before", "after"):
            name = f"{number} {when}"
            broken = _copied(template, folder / name)
            status = _apart(broken, number, when)
            _apart(broken)
            ends[name] = describe(broken) if status == CRASHED else f"it did not crash, but ended with {status}"
    return {"commits": commits, "undisturbed": describe(whole), "ends": ends}


def _copied(template: Path, folder: Path) -> Path:
    shutil.copytree(template, folder)
    return folder


def _apart(folder: Path, crash_at: int = 0, when: str = "before") -> int:
    """`run` in a child of this process, which has no threads; gives its status."""
    child = os.fork()
    if not child:
        try:
            definitions.forget()
            run(folder, crash_at, when)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(walk(Path(sys.argv[1]), int(sys.argv[2]))))
