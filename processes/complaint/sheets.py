"""Reading our CSV tables: one row, one object; a row that cannot be read is named by table, or file, and row."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from engine import reference
from engine.errors import InvalidInput

Row = TypeVar("Row")


def read(path: Path, make: Callable[[Mapping[str, str]], Row | None]) -> list[Row]:
    """What `make` gives for each row (column → text) of the UTF-8 file `path`; those that give None are left out.

    Raises InvalidInput when a column is missing or a value cannot be read.
    """
    found = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for cells in reader:
            try:
                row = make(cells)
            except KeyError as error:
                why = f"{path.name} has no column {error}"
                raise InvalidInput(why=why) from error
            except (ValueError, TypeError) as error:
                raise InvalidInput(why=f"line {reader.line_num} of {path.name} cannot be read: {error}") from error
            if row is not None:
                found.append(row)
    return found


def made(table: str, make: Callable[[Mapping[str, str]], Row | None]) -> list[Row]:
    """What `make` gives for each row in force of the reference table `table`; those that give None are left out.

    Raises InvalidInput naming the row, as a spreadsheet counts, when a value cannot be read.
    """
    found = []
    for number, cells in enumerate(reference.rows(table), 2):
        try:
            row = make(cells)
        except (ValueError, TypeError) as error:
            raise InvalidInput(why=f"row {number} of the table {table} cannot be read: {error}") from error
        if row is not None:
            found.append(row)
    return found
