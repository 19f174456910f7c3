"""What is known of a path: its FEEL type, where its value lies, and what it takes.

A dotted path lies in the column of the same name with `_` for the dots. Paths with the place DEED are computed
when read (`readings`) and do something when written (`deeds`): start a clock, approve an extension.
"""

from dataclasses import dataclass
from typing import NamedTuple

from engine.applications import PathType

COLUMN, FACTS, PERSON, TEXTS, DEED = "column", "facts", "sealed_person", "sealed_texts", "deed"

#: Sealed too, and never overwritten: what several people write at the same time is added to the list named in `log`.
LOG = "sealed_log"

MOMENT = "date and time"

#: Types of paths that timers may depend on.
MOMENTS = frozenset({"date", MOMENT})


class Bounds(NamedTuple):
    """The lowest and the highest number that a path takes."""

    lowest: int
    highest: int


AMOUNT = Bounds(0, 10**12)
SCORE = Bounds(1, 5)
COUNT = Bounds(0, 10**6)
#: one item of the quality sheet
MARK = Bounds(0, 10)


@dataclass(frozen=True)
class Field:
    """What is known of one path."""

    type: str
    place: str = COLUMN
    #: the lists of codes of which a text, or each item of a list, must be one; empty: free
    codes: tuple[str, ...] = ()
    bounds: Bounds | None = None
    #: longest text
    length: int = 100
    writable: bool = True
    #: what is read before anything was written
    default: object = None
    #: of a LOG: the path of the list that what is written is added to
    log: str = ""

    @property
    def personal(self) -> bool:
        """Whether the value stands only as ciphertext and FEEL must not read it."""
        return self.place.startswith("sealed_")

    def path_type(self) -> PathType:
        """What the engine's checks learn."""
        return PathType(self.type, personal=self.personal, readable=not self.personal)


def coded(*names: str, **lists: str) -> dict[str, Field]:
    """Texts that are codes, of the list of the same name or of the named lists, separated by blanks."""
    named = {name: name for name in names} | lists
    return {path: Field("string", codes=tuple(found.split())) for path, found in named.items()}


def each(names: str, field: Field) -> dict[str, Field]:
    """The same field for all `names`, separated by blanks."""
    return dict.fromkeys(names.split(), field)


def under(prefix: str, names: str, field: Field) -> dict[str, Field]:
    """The same field for all `names` under `prefix`."""
    return {f"{prefix}.{name}": field for name in names.split()}
