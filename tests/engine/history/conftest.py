"""The cases whose history is written and proven here."""

import pytest

from engine.history import Line, audit, record
from tests.engine.history.story import LINES


@pytest.fixture
def seals(tmp_path):
    return tmp_path / "seals"


@pytest.fixture
def cases(database, vault, instance_of, moment):
    """Two cases with three lines each, and an audit stream with one."""
    with database.transaction() as session:
        for name in ("case-1", "case-2"):
            record(session, vault, instance_of(session, name), LINES, actor="ann", now=moment)
        audit(session, vault, "web", Line("logged_in", detail={"username": "ann"}), actor="ann", now=moment)
