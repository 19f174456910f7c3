"""An installation with the office, its three people, and ways to bring cases to a point."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import argon2
from sqlalchemy import select

from engine import commands, identity, jobs, queries
from engine.applications import Applications
from engine.commands import Submitted
from engine.identity import Actor
from engine.models import Person
from engine.site import Site
from engine.vault import Vault
from tests.office import OFFICE
from tests.stores import copied

#: Monday, 09:00 in Shanghai.
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
PEOPLE = {
    "ann": ("Ann", ["clerks"]),
    "ben": ("Ben", ["clerks", "chiefs"]),
    "eva": ("Eva", ["admin"]),
    "out": ("Otto", []),
}
PASSWORD = "correct horse battery"
#: Real hashes take 64 MB and a while; that is not what these tests are about.
PASSWORD_HASH = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True)
class Office:
    """The installation, and who works there."""

    site: Site
    ann: Actor
    ben: Actor
    eva: Actor
    out: Actor

    def start(self, title="alpha", amount="7", **more):
        """A started case: its instance id."""
        submitted = Submitted({"title": [title], "amount": [amount]})
        result = commands.start_instance(self.site, "request", submitted, actor=self.ann, now=NOW, **more)
        return result["instance_id"]

    def open_task(self, instance_id, element="Review"):
        """The id of an open task by its English name."""
        with self.site.database.reading() as session:
            tasks = queries.tasks_of(session, instance_id, self.eva, "en", NOW)
        return next(task.id for task in tasks if task.name == element)

    def claim(self, instance_id, element="Review", actor=None):
        """The task, taken by Ann or by somebody else."""
        task_id = self.open_task(instance_id, element)
        commands.claim_task(self.site, task_id, actor=actor or self.ann, now=NOW)
        return task_id

    def review(self, instance_id, **fields):
        """Ann reviews the case."""
        sent = {"verdict": ["yes"], **fields}
        commands.complete_task(self.site, self.claim(instance_id), Submitted(sent), actor=self.ann, now=NOW)

    def approve(self, instance_id):
        """Ben approves the case, and the machine does its work: with the amount 13 it fails."""
        task_id = self.claim(instance_id, "Approve", self.ben)
        commands.complete_task(self.site, task_id, Submitted(), actor=self.ben, now=NOW)
        jobs.tick(self.site, NOW)

    def ask(self, query, *args, **more):
        """What a query answers."""
        with self.site.database.reading() as session:
            return query(session, *args, **more)


def open_office(folder):
    """A fresh installation in `folder`."""
    site = _site(copied(folder, _open), folder)
    with site.database.reading() as session:
        ids = dict(session.execute(select(Person.username, Person.id)).all())
        actors = {username: identity.actor(session, ids[username]) for username in PEOPLE}
    return Office(site, **actors)


def _site(database, folder):
    return Site(database, Applications([OFFICE]), Vault(bytes(range(32))), folder / "files", {"unlucky": [13]})


def _open(database):
    with database.transaction() as session:
        identity.add_missing_groups(session, (*identity.OWN_GROUPS, *OFFICE.groups))
        for username, (name, groups) in PEOPLE.items():
            person_id = identity.add_person(session, username, name, NOW, password_hash=PASSWORD_HASH)
            for group in groups:
                identity.add_to_group(session, person_id, group)
    commands.ship(_site(database, Path()), "office", now=NOW)
