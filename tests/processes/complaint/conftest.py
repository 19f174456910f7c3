"""A database with the complaint's tables, and complaints in it."""

import pytest

from engine import clock
from engine.applications import Start
from processes.complaint.register import REGISTER
from tests.bank import Post, site_on
from tests.processes.complaint.filing import SUBMITTED, local
from tests.rows import add_instance
from tests.stores import copied


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def database(tmp_path):
    database = copied(tmp_path)
    yield database
    database.dispose()


@pytest.fixture
def site(database, tmp_path, post):
    return site_on(database, tmp_path, {"mail": post, "public_url": "https://example.test/track"})


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
            number = number or site.applications["complaint"].number(session, values, at)
            add_instance(session, instance_id, application="complaint", number=number, subject_id=subject_id, at=at)
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
