"""Migrations make exactly the tables of the program, both ways, and keep what is in them."""

import pytest
from alembic import command
from sqlalchemy import MetaData, func, inspect, select

from engine.db import Database
from engine.models import FTS
from tests.applications import DESK, Office
from tests.stores import METADATA
from webforms import schema

pytestmark = pytest.mark.store


@pytest.fixture
def url(store, tmp_path):
    """An empty database."""
    url = store.url(tmp_path, empty=True)
    yield url
    store.drop(url)


def counts(url):
    """Table → number of its rows."""
    database = Database(url)
    tables = MetaData()
    with database.reading() as session:
        tables.reflect(session.connection())
        own = {name: table for name, table in tables.tables.items() if not name.startswith(FTS)}
        found = {name: session.scalar(select(func.count()).select_from(table)) for name, table in own.items()}
    database.dispose()
    return found


def test_migrating_an_empty_database_makes_the_tables_of_the_program(url):
    schema.upgrade(url)

    command.check(schema.config_for(url))
    assert set(counts(url)) == {*METADATA.tables, "alembic_version"}


def test_the_way_back_and_forth_again_ends_at_the_same_tables(url):
    schema.upgrade(url)
    schema.downgrade(url, "base")
    assert set(counts(url)) == {"alembic_version"}

    schema.upgrade(url)

    command.check(schema.config_for(url))


def test_migrating_again_keeps_every_row(url, vault, tmp_path):
    schema.upgrade(url)
    office = Office.on(Database(url), vault, tmp_path)
    office.deploy(DESK)
    office.complete("a", case=office.start())
    office.site.database.dispose()
    before = counts(url)

    schema.upgrade(url)

    assert counts(url) == before
    assert before["history_event"] > 5


def test_unique_names_and_foreign_keys_are_there(url):
    schema.upgrade(url)
    database = Database(url)

    with database.read.connect() as connection:
        inspector = inspect(connection)
        unique = {one["name"] for one in inspector.get_unique_constraints("message")}
        keys = {one["name"] for one in inspector.get_foreign_keys("user_task")}
    database.dispose()

    assert "uq_message_sender_key" in unique
    assert "fk_user_task_instance_id_process_instance" in keys


def test_the_program_knows_its_newest_revision():
    assert schema.newest_revision() == "0016"
