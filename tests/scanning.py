"""Finding questions that read a whole table of those that grow with the cases: SQLite tells how it would answer."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

from engine.db import Base, Database
from tests.counting import listening

#: Tables that stay small: people, groups, units, models, reference tables, marks. All others grow.
SMALL = frozenset(
    {
        "absence", "activation", "group_lead", "mark", "membership", "person", "person_group", "person_skill",
        "process_definition", "reference_version", "saved_filter", "start_timer", "step_pace", "unit_ancestor",
    }
)  # fmt: skip

#: A table that is read from its first row to its last. Reading a partial index whole is the point of having it.
_SCAN = re.compile(r"SCAN (?P<table>[a-z_]+)(?! VIRTUAL)(?P<index> USING (?:COVERING )?INDEX ix_)?")


@contextlib.contextmanager
def asked(database: Database) -> Iterator[dict[str, Any]]:
    """Each statement that is asked inside the block, with what it was asked with first."""
    found: dict[str, Any] = {}

    def executed(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: Any) -> None:
        if re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)", statement):
            found.setdefault(statement, parameters[0] if many else parameters)

    with listening(database, before_cursor_execute=executed):
        yield found


def scans(database: Database, statements: dict[str, Any]) -> dict[str, str]:
    """Statement → the growing table that it reads whole, on SQLite."""
    tables = Base.metadata.tables.keys() - SMALL
    found = {}
    with database.read.connect() as connection:
        for statement, parameters in statements.items():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            for row in plan:
                read = _SCAN.match(row[3])
                if read is not None and read["table"] in tables and not read["index"]:
                    found[statement] = read["table"]
    return found
