"""Tables that people keep: CSV tables of an application with dates of validity, versioned in the database.

The content that the program ships is version 0. A person proposes another one, a second person confirms it;
`rows(name)` gives what is in force.
"""

from engine.reference.changes import Changed, Changes, changes
from engine.reference.checking import check
from engine.reference.sheet import Sheet, read, read_stored, row_of, write
from engine.reference.snapshot import declare, derived, effective, follow, forget, instead, refresh, rows, shipped
from engine.reference.stored import CONFIRMED, PROPOSED, RECORDED, REJECTED, SHIPPED, WITHDRAWN, content_of, newest
from engine.reference.table import Check, Column, Flaw, Kind, Live, Row, Rows, Table, Validity, dated

__all__ = [
    "CONFIRMED",
    "PROPOSED",
    "RECORDED",
    "REJECTED",
    "SHIPPED",
    "WITHDRAWN",
    "Changed",
    "Changes",
    "Check",
    "Column",
    "Flaw",
    "Kind",
    "Live",
    "Row",
    "Rows",
    "Sheet",
    "Table",
    "Validity",
    "changes",
    "check",
    "content_of",
    "dated",
    "declare",
    "derived",
    "effective",
    "follow",
    "forget",
    "instead",
    "newest",
    "read",
    "read_stored",
    "refresh",
    "row_of",
    "rows",
    "shipped",
    "write",
]
