"""Columns and tables."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from engine import models
from engine.db import Base
from engine.models import Attempts, Moment

SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.store
def test_a_moment_comes_back_aware_and_in_utc(database):
    moment = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=SHANGHAI)
    with database.transaction() as session:
        session.add(Attempts(subject="x", count=1, first_at=moment))

    with database.reading() as session:
        found = session.get_one(Attempts, "x").first_at
        assert (found, found.tzinfo) == (moment, UTC)
        assert session.get_one(Attempts, "x").locked_until is None


def test_a_moment_without_a_time_zone_is_refused():
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - the point of it
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        with pytest.raises(ValueError, match="time zone"):
            Moment().process_bind_param(naive, dialect)


def test_every_table_is_exported_under_its_name():
    exported = {getattr(models, name) for name in models.__all__}
    mapped = {mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__module__.startswith("engine.")}

    assert mapped <= exported
