"""The tables, their shipped rows with other cells, and what a check finds in rows."""

import processes
from engine import reference
from processes.complaint.reference_tables import ALL

TABLES = {table.name: table for table in ALL}
APPLICATION = processes.load()["complaint"]


def refused(name, rows):
    """(row, column, English text) of what a check finds in `rows`."""
    with reference.instead(name, tuple(rows)):
        return [(flaw.row, flaw.column, flaw.en) for flaw in reference.check(TABLES[name], rows)]


def changed(name, key, **cells):
    """The shipped rows, those whose first key column is `key` with other cells."""
    first = TABLES[name].key[0]
    return [{**row, **cells} if row[first] == key else row for row in reference.rows(name)]
