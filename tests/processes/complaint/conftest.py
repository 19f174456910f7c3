"""A database with the complaint's tables, and complaints in it."""

from datetime import UTC, datetime

import pytest

import processes
from engine import clock, models
from engine.applications import Start
from engine.db import Base, Database
from engine.errors import TopicFailed
from engine.site import Site
from engine.vault import Vault
from processes.complaint import tables
from processes.complaint.register import REGISTER
from tests.processes.complaint.filing import SUBMITTED, local


class Post:
    """A mail port that keeps what it was given, and fails as often as it is told to."""

    def __init__(self):
        self.sent = []
        self.failures = 0

    def send(self, to, subject, text, html, message_id):
        if self.failures:
            self.failures -= 1
            raise TopicFailed(why="the mail server cannot be reached")
        self.sent.append((to, subject, text, html, message_id))


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def database(tmp_path):
    assert tables.Complaint.metadata is Base.metadata
    database = Database(f"sqlite:///{tmp_path / 'redress.db'}")
    Base.metadata.create_all(database.write)
    yield database
    database.dispose()


@pytest.fixture
def site(database, tmp_path, post):
    ports = {"mail": post, "public_url": "https://example.test/track"}
    return Site(database, processes.load(), Vault(bytes(range(32))), tmp_path / "files", ports)


@pytest.fixture
def transaction(site):
    """Opens a transaction with the vault in it, as the engine does."""

    def begin():
        context = site.database.transaction()

        class Opened:
            def __enter__(self):
                session = context.__enter__()
                session.info["vault"] = site.vault
                return session

            def __exit__(self, *problem):
                return context.__exit__(*problem)

        return Opened()

    return begin


@pytest.fixture
def file_complaint(transaction, site):
    """Files a complaint as the engine's start does: (instance id, values, moment) → instance id."""

    def file(instance_id="case-1", values=SUBMITTED, at=None, number=None):
        at = at or local("2026-03-10")
        with clock.at(at), transaction() as session:
            subject_id = site.vault.create_subject(session, at)
            definition = session.query(models.ProcessDefinition).first() or _definition(session)
            number = number or site.applications["complaint"].number(session, values, at)
            session.add(_instance(instance_id, definition.id, number, subject_id, at))
            session.flush()
            REGISTER.create(session, Start(instance_id, subject_id, number, values, "consumer", at))
        return instance_id

    return file


@pytest.fixture
def record_of(transaction):
    """Opens a complaint, does something with its record in a transaction, and gives the result."""

    def use(act, instance_id="case-1", at=None):
        with clock.at(at or local("2026-03-11")), transaction() as session:
            return act(REGISTER.open(session, instance_id))

    return use


def _definition(session):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    deployment = models.Deployment(application="complaint", number=1, hash="0", origin="shipped", created_at=now)
    session.add(deployment)
    session.flush()
    definition = models.ProcessDefinition(
        deployment_id=deployment.id, application="complaint", key="complaint", version=1, file="complaint.bpmn"
    )
    session.add(definition)
    session.flush()
    return definition


def _instance(instance_id, definition_id, number, subject_id, at):
    return models.ProcessInstance(
        id=instance_id,
        definition_id=definition_id,
        application="complaint",
        key="complaint",
        business_key=number,
        subject_id=subject_id,
        status="active",
        sealed_state=b"",
        started_at=at,
    )
