"""A site without applications, and rows of an instance."""

from datetime import UTC, datetime

import pytest

from engine.applications import Applications
from engine.site import Site
from tests.rows import add_instance


@pytest.fixture
def moment():
    """A fixed moment: Monday 2 March 2026, 09:00 in Shanghai."""
    return datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def site(database, vault, tmp_path):
    """An installation without applications; its files lie in `tmp_path / "files"`."""
    return Site(database, Applications([]), vault, tmp_path / "files")


@pytest.fixture
def instance_of(vault, moment):
    """Makes an active instance in a session, with its definition and a data subject of its own: (session, id) → row."""

    def make(session, instance_id="case-1"):
        subject_id = vault.create_subject(session, moment)
        return add_instance(
            session, instance_id, application="demo", number=instance_id, subject_id=subject_id, at=moment
        )

    return make
