"""Bringing the database to the newest schema."""

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

import processes
from engine.db import Base, Database
from engine.errors import BadSetting
from engine.models import FTS
from webforms import schema

processes.load()


@pytest.fixture
def empty(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'redress.db'}")
    yield database
    database.dispose()


def test_an_upgrade_makes_every_table_and_a_second_one_changes_nothing(empty):
    with pytest.raises(OperationalError):
        schema.require_newest(empty)

    schema.upgrade(empty.url)
    schema.upgrade(empty.url)

    schema.require_newest(empty)
    made = {name for name in inspect(empty.read).get_table_names() if not name.startswith(FTS)}
    assert made == {*Base.metadata.tables, "alembic_version"}


def set_version(database, version):
    with database.transaction() as session:
        session.connection().exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")


def test_a_database_of_another_version_of_the_program_is_told(empty):
    schema.upgrade(empty.url)
    set_version(empty, "9999_future")

    with pytest.raises(schema.OtherSchema, match="at migration 9999_future, the program at "):
        schema.require_newest(empty)
    with pytest.raises(BadSetting, match="another version of the program"):
        schema.upgrade(empty.url)
