"""Companion cases in a database with complaints."""

from datetime import timedelta

import pytest

from engine import clock, commands, jobs
from engine.commands import Submitted
from engine.identity import SYSTEM
from engine.models import ProcessInstance, UserTask
from processes.complaint.matters.letters import open_matter
from tests.bank import NOW


class Desk:
    """Begins companion cases in `bank`, works on them and reads their records."""

    def __init__(self, bank):
        self.bank, self.site, self.now = bank, bank.site, NOW

    def send(self, name, number="", key="", **payload):
        """A message for the case `number`, then what the machine does."""
        given = {path.replace("__", "."): value for path, value in payload.items()}
        with clock.at(self.now):
            state = commands.correlate_message(
                self.site, name, given, business_key=number, sender_key=key or f"{name}:{number}", actor=SYSTEM,
                now=self.now,
            )  # fmt: skip
            jobs.tick(self.site, self.now)
        return state

    def cases(self, key):
        with self.bank.database.reading() as session:
            rows = session.query(ProcessInstance).filter_by(key=key).order_by(ProcessInstance.started_at)
            return [row.id for row in rows]

    def read(self, case_id, *paths):
        with clock.at(self.now), self.bank.database.reading() as session:
            record = open_matter(session, self.site, case_id)
            return [record.get(path) for path in paths]

    def task(self, case_id):
        """The id of the one open task of a case."""
        with self.bank.database.reading() as session:
            return session.query(UserTask.id).filter_by(instance_id=case_id, status="open").scalar()

    def complete(self, case_id, actor, **answers):
        """Take and complete the one open task."""
        values = {path.replace("__", "."): value for path, value in answers.items()}
        with clock.at(self.now):
            task_id = self.task(case_id)
            commands.claim_task(self.site, task_id, actor=actor, now=self.now)
            commands.complete_task(self.site, task_id, Submitted(values=values), actor=actor, now=self.now)
            jobs.tick(self.site, self.now)

    def wait(self, **time):

        self.now += timedelta(**time)
        with clock.at(self.now):
            jobs.tick(self.site, self.now)


@pytest.fixture
def desk(bank):
    return Desk(bank)
