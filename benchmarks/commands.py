"""The whole command: a person completes a task in the middle of a case, on SQLite with its disk."""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.case import BEFORE, MEASURED, PROCESS, models
from engine import clock, commands, identity, jobs
from engine.applications import Application, Applications, Group, Work
from engine.commands import Submitted
from engine.db import Base, Database
from engine.identity import Actor
from engine.models import ProcessInstance, UserTask
from engine.site import Site
from engine.vault import Vault
from tests.counting import counting

GROUPS = [Group(key, key, key) for key in ("intake", "handlers", "supervisors")]
#: What one completed task may cost.
MOST_STATEMENTS = 15


def measure(rounds: int) -> dict[str, Any]:
    """Milliseconds, statements and commits of one `complete_task`, and the bytes of a stored case; prints them."""
    with tempfile.TemporaryDirectory() as folder:
        site, ann = _site(Path(folder))
        times, counts = [], []
        for _ in range(max(rounds // 4, 5)):
            task_id = _reach(site, ann)
            with counting(site.database) as count:
                began = time.perf_counter_ns()
                commands.complete_task(
                    site, task_id, Submitted(values=MEASURED[1]), actor=ann, now=clock.now(), key=task_id
                )
                times.append((time.perf_counter_ns() - began) / 1e6)
            counts.append((len(count.statements), count.commits))
        with site.database.reading() as session:
            sizes = [len(instance.sealed_state) for instance in session.query(ProcessInstance)]
        site.database.dispose()
    statements, commits = max(counts)
    found = {
        "command_ms": round(statistics.median(times), 3),
        "best_ms": round(min(times), 3),
        "statements": statements,
        "commits": commits,
        "bytes": round(statistics.median(sizes)),
        "rounds": len(times),
    }
    _print(found)
    return found


def _site(folder: Path) -> tuple[Site, Actor]:
    """A new installation with the model deployed, and somebody who is in all groups."""

    def mail(_site: Site, work: Work) -> dict[str, Any]:
        return dict(BEFORE).get(work.element_id, {})

    application = Application("benchmark", "测", "Benchmark", folder, groups=GROUPS, topics={"mail": mail})
    database = Database(f"sqlite:///{folder / 'redress.db'}")
    Base.metadata.create_all(database.write)
    site = Site(database, Applications([application]), Vault(bytes(32)), folder / "files")
    with database.transaction() as session:
        identity.add_missing_groups(session, [*identity.OWN_GROUPS, *GROUPS])
        person_id = identity.add_person(session, "ann", "Ann", clock.now())
        for group in (identity.PROCESS_OWNER, *(group.key for group in GROUPS)):
            identity.add_to_group(session, person_id, group)
        ann = identity.actor(session, person_id)
    commands.deploy(site, "benchmark", models(), actor=ann, now=clock.now())
    return site, ann


def _reach(site: Site, ann: Actor) -> str:
    """A new case brought to the measured task, which is claimed; gives the task's id."""
    started = commands.start_instance(site, PROCESS, Submitted(values={}), actor=ann, now=clock.now())
    for element, values in BEFORE:
        jobs.tick(site, clock.now())
        task_id = _claimed(site, started["instance_id"], element, ann)
        if task_id:
            commands.complete_task(site, task_id, Submitted(values=values), actor=ann, now=clock.now())
    jobs.tick(site, clock.now())
    return _claimed(site, started["instance_id"], MEASURED[0], ann)


def _claimed(site: Site, instance_id: str, element: str, ann: Actor) -> str:
    """The id of the open task, or nothing where a worker does it."""
    with site.database.reading() as session:
        query = session.query(UserTask.id).filter_by(instance_id=instance_id, element_id=element, status="open")
        task_id: str = query.scalar() or ""
    if task_id:
        commands.claim_task(site, task_id, actor=ann, now=clock.now())
    return task_id


def _print(found: dict[str, Any]) -> None:
    verdict = "as wanted" if found["statements"] <= MOST_STATEMENTS else f"more than the {MOST_STATEMENTS} wanted"
    print(f"Complete a task, whole command on SQLite (same model, wall ms, median of {found['rounds']})")
    print(f"  {found['command_ms']:.2f} ms, {found['statements']} statements ({verdict}), {found['commits']} commit")
    print(f"  {found['bytes']} bytes of state per case, encrypted")
