"""What changes from one content of a table to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.reference.table import Row, Rows, Table


@dataclass(frozen=True)
class Changed:
    """A row that stays, with other cells."""

    old: Row
    new: Row

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that differ."""
        return tuple(name for name in self.new if self.new[name] != self.old[name])


@dataclass(frozen=True)
class Changes:
    """The difference of two contents, row by row. A row that only got a last day has `ended`."""

    added: Rows = ()
    changed: tuple[Changed, ...] = ()
    ended: tuple[Changed, ...] = ()
    removed: Rows = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.ended or self.removed)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "ended": len(self.ended),
            "removed": len(self.removed),
        }


def changes(table: Table, old: Sequence[Row], new: Sequence[Row]) -> Changes:
    """What leads from `old` to `new`; rows are the same when their key and their first day are."""
    before = {table.identity(row): row for row in old}
    after = {table.identity(row): row for row in new}
    both = [Changed(before[one], row) for one, row in after.items() if one in before and before[one] != row]
    return Changes(
        added=tuple(row for one, row in after.items() if one not in before),
        changed=tuple(each for each in both if not _is_ended(table, each)),
        ended=tuple(each for each in both if _is_ended(table, each)),
        removed=tuple(row for one, row in before.items() if one not in after),
    )


def _is_ended(table: Table, each: Changed) -> bool:
    if table.validity is None or each.columns != (table.validity.until,):
        return False
    return table.validity.ends(each.new) < table.validity.ends(each.old)
