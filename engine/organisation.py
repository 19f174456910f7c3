"""The organisation: units below units, read from a table; who stands above whom, in memory and in the database.

Rights are granted on a unit and hold for all below it. FEEL asks the tree in memory, lists ask the table
`unit_ancestor`, which `materialise` keeps in step with it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, insert, or_, select
from sqlalchemy.orm import Session

from engine.errors import InvalidInput, RedressError
from engine.models import UnitAncestor

KINDS = ("head", "branch", "outlet", "department", "partner")


class BadOrganisation(InvalidInput):
    """The table of units cannot be used: unit “{unit}” {why}"""


@dataclass(frozen=True)
class Unit:
    """One unit; `parent` is the key of the unit above it, empty at the top; `kind` is one of KINDS."""

    key: str
    parent: str
    kind: str
    zh: str
    en: str
    effective_from: date | None = None
    effective_to: date | None = None

    def name(self, language: str) -> str:
        """Its name in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


class Organisation:
    """Units as a tree, in the order of their table."""

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        """Raises BadOrganisation for a unit above that does not exist, and for units above themselves."""
        self._units = {unit.key: unit for unit in units}
        self._paths = {key: self._path(key) for key in self._units}

    def __contains__(self, key: object) -> bool:
        return key in self._units

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def __getitem__(self, key: str) -> Unit:
        return self._units[key]

    def __len__(self) -> int:
        return len(self._units)

    def path(self, key: str | None) -> tuple[str, ...]:
        """The unit and all above it, itself first; nothing for a unit that is not known."""
        return self._paths.get(key or "", ())

    def superior(self, key: str | None) -> str | None:
        """The unit directly above; None at the top, and for a unit that is not known."""
        return next(iter(self.path(key)[1:]), None)

    def at(self, key: str | None, kind: str) -> str | None:
        """The nearest unit of `kind` on the way up, the unit itself included."""
        return next((above for above in self.path(key) if self._units[above].kind == kind), None)

    def roots(self) -> tuple[str, ...]:
        """The units that nobody stands above."""
        return tuple(unit.key for unit in self if not unit.parent)

    def below(self, key: str) -> tuple[Unit, ...]:
        """The units directly below."""
        return tuple(unit for unit in self if unit.parent == key)

    def placed(self, keys: Iterable[str | None]) -> frozenset[str]:
        """Those of `keys` that are known, and always the top of the tree: what nobody else has, head office has."""
        return frozenset(key for key in keys if key is not None and key in self) | frozenset(self.roots())

    def _path(self, key: str) -> tuple[str, ...]:
        path = [key]
        while parent := self._units[path[-1]].parent:
            if parent not in self._units:
                raise BadOrganisation(
                    unit=path[-1], why=RedressError("stands below “{parent}”, which does not exist", parent=parent)
                )
            if parent in path:
                raise BadOrganisation(
                    unit=key, why=RedressError("stands above itself: {path}", path=" → ".join([*path, parent]))
                )
            path.append(parent)
        return tuple(path)


#: Of an application that knows no units: everything concerns everybody.
NOWHERE = Organisation()


def nowhere() -> Organisation:
    """An organisation without units."""
    return NOWHERE


def read(rows: Iterable[Mapping[str, str]], on: date) -> Organisation:
    """The organisation as it stands `on` a day.

    `rows`: cells key, parent, kind, zh, en, effective_from, effective_to. A unit that was closed keeps its last place,
    so that its open work finds the way up; one that does not exist yet is left out. Raises BadOrganisation.
    """
    units: dict[str, Unit] = {}
    for unit in sorted(map(_unit, rows), key=lambda unit: unit.effective_from or date.min):
        before = units.get(unit.key)
        if before is not None and (before.effective_to or date.max) >= (unit.effective_from or date.min):
            raise BadOrganisation(unit=unit.key, why="has two rows that hold on the same day")
        if (unit.effective_from or date.min) <= on:
            units[unit.key] = unit
    return Organisation(units.values())


def _unit(cells: Mapping[str, str]) -> Unit:
    key = cells.get("key", "").strip()
    if not key or len(key) > 100 or any(sign in key for sign in "@ ,"):
        raise BadOrganisation(unit=key, why="needs a key of 1 to 100 signs without @, comma and blanks")
    try:
        found = Unit(
            key,
            cells["parent"].strip(),
            cells["kind"].strip(),
            cells["zh"].strip(),
            cells["en"].strip(),
            _day(cells["effective_from"]),
            _day(cells["effective_to"]),
        )
    except KeyError as error:
        raise BadOrganisation(unit=key, why=RedressError("has no column {name}", name=error.args[0])) from error
    except ValueError as error:
        raise BadOrganisation(unit=key, why="has a day that is not written as 2026-03-31") from error
    if found.kind not in KINDS:
        raise BadOrganisation(
            unit=key,
            why=RedressError("is of the kind “{kind}”; kinds are {kinds}", kind=found.kind, kinds=", ".join(KINDS)),
        )
    if not (found.zh and found.en):
        raise BadOrganisation(unit=key, why="needs a name in Chinese and in English")
    if found.effective_from and found.effective_to and found.effective_from > found.effective_to:
        raise BadOrganisation(unit=key, why="ends before it begins")
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None


# --- in the database --------------------------------------------------------------------------------------------------


def materialise(session: Session, organisation: Organisation) -> None:
    """Bring `unit_ancestor` into step with the tree; a unit that has left the table keeps its place."""
    wanted = {
        (unit.key, above): distance
        for unit in organisation
        for distance, above in enumerate(organisation.path(unit.key))
    }
    stored = {
        (row.unit_key, row.ancestor_key): row.distance
        for row in session.scalars(select(UnitAncestor))
        if row.unit_key in organisation
    }
    moved = {unit_key for (unit_key, _), _ in wanted.items() ^ stored.items()}
    if moved:
        session.execute(delete(UnitAncestor).where(UnitAncestor.unit_key.in_(moved)))
        rows = [
            {"unit_key": unit_key, "ancestor_key": above, "distance": distance}
            for (unit_key, above), distance in wanted.items()
            if unit_key in moved
        ]
        session.execute(insert(UnitAncestor), rows)


def units_above(unit_key: str) -> Select[str]:
    """The unit and all above it, as a question."""
    return select(UnitAncestor.ancestor_key).where(UnitAncestor.unit_key == unit_key)


def covers(held: Any, unit_key: str) -> ColumnElement[bool]:
    """Whether a grant on the unit in the column `held` reaches `unit_key`; what names no known unit, all reach."""
    known = exists().where(UnitAncestor.unit_key == unit_key)
    return or_(held == "", held.in_(units_above(unit_key)), ~known)


# --- in FEEL ----------------------------------------------------------------------------------------------------------

#: The functions that ask who is there and who acts; an execution in the office binds them.
HAS_HOLDER, ACTING_PERSON = "has_holder", "acting_person"


def functions(tree: Callable[[], Organisation]) -> Mapping[str, Callable[..., Any]]:
    """The FEEL functions over the tree and of who acts.

    In a trial run there are no people: there, every group has somebody, and nobody acts.
    """

    def unit_superior(unit: str | None) -> str | None:
        return tree().superior(unit)

    def unit_path(unit: str | None) -> list[str]:
        return list(tree().path(unit))

    def unit_at(unit: str | None, kind: str) -> str | None:
        return tree().at(unit, kind)

    def has_holder(group: str, unit: str | None) -> bool:  # noqa: ARG001 - the office's own one asks
        return True

    def acting_person() -> str | None:
        return None

    named = (unit_superior, unit_path, unit_at, has_holder, acting_person)
    return {function.__name__: function for function in named}
