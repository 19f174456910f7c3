"""A form at one moment: which components are visible, what their answers are, and which rows its lists have.

Conditions depend on answers, and answers count only where they are visible and unlocked. So the form is placed again
and again, first with the stored values alone, until nothing changes: a forged answer never unlocks itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.forms.checks import Refused
from engine.forms.components import MOST_ROWS, Component, Group, RowList
from engine.forms.fields import Answer, ExpressionField, Field, FileField
from engine.forms.scope import Scope, dig, put

#: What a browser sends: field name → its texts.
Entered = Mapping[str, Sequence[str]]

#: Hidden inputs of this name, before the list's name, tell which rows the page showed.
ROWS = "_rows:"
#: Most passes until conditions that contradict each other are left as they are.
_MOST_PASSES = 20


@dataclass(frozen=True)
class Row:
    """One row of a list; `index` is its identity in names and stays when rows before it are removed."""

    index: int
    children: "tuple[Placed, ...]"
    #: the stored row of this index
    kept: Mapping[str, Any] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The stored row with the answers over it."""
        values: dict[str, Any] = {}
        merge(values, self.kept)
        merge(values, answers_of(self.children))
        return values


@dataclass(frozen=True)
class Placed:
    """A visible component. `rows` holds what is inside: one row for a group, any number for a list.

    `entered` is what the browser sent (None: nothing, or locked), `refusal` why that is no answer.
    """

    component: Component
    name: str
    scope: Scope
    locked: bool = False
    entered: Sequence[str] | None = None
    answer: Answer = None
    refusal: Refused | None = None
    rows: tuple[Row, ...] = ()
    #: of a list: how many rows are stored
    kept_rows: int = 0


def place(components: tuple[Component, ...], entered: Entered, scope: Scope) -> tuple[Placed, ...]:
    """The visible `components` with the answers in `entered`; `scope` holds the stored values."""
    answers: dict[str, Any] = {}
    for _ in range(_MOST_PASSES):
        placing = _Placing(entered, scope.over(answers))
        placed = placing.place(components, "", scope.values)
        found = answers_of(placed)
        if found == answers:
            break
        answers = found
    return placed


def answers_of(placed: Sequence[Placed]) -> dict[str, Any]:
    """The typed answers of `placed`, nested by key; a list is a list of dicts."""
    answers: dict[str, Any] = {}
    for each in placed:
        if isinstance(each.component, Group):
            merge(answers, answers_of(each.rows[0].children))
        elif isinstance(each.component, RowList):
            put(answers, each.component.key, [row.values() for row in each.rows])
        elif isinstance(each.component, Field) and not isinstance(each.component, FileField):
            put(answers, each.component.key, each.answer)
    return answers


def walk_placed(placed: Sequence[Placed]) -> Iterator[Placed]:
    """All of `placed`, containers before what they contain."""
    for each in placed:
        yield each
        for row in each.rows:
            yield from walk_placed(row.children)


def row_indexes(name: str, entered: Entered) -> list[int] | None:
    """The rows of the list `name` that `entered` tells of, in order; None if it tells nothing."""
    written = entered.get(ROWS + name)
    if written is None:
        starts = re.compile(re.escape(name) + r"-(\d{1,3})-", re.ASCII)
        found = sorted({int(match[1]) for key in entered if (match := starts.match(key))})
        return found or None
    return list(dict.fromkeys(int(text) for text in written if re.fullmatch(r"[0-9]{1,3}", text)))


def merge(target: dict[str, Any], source: Mapping[str, Any]) -> None:
    """Put the values of `source` into `target`, key by key; nested mappings are copied, not shared."""
    for key, value in source.items():
        if isinstance(value, Mapping):
            inner = target.get(key)
            target[key] = dict(inner) if isinstance(inner, Mapping) else {}
            merge(target[key], value)
        else:
            target[key] = value


@dataclass(frozen=True)
class _Placing:
    """One pass over the form with the answers of the pass before in `scope`."""

    entered: Entered
    scope: Scope

    def place(self, components: Sequence[Component], prefix: str, stored: Mapping[str, Any]) -> tuple[Placed, ...]:
        """The visible ones of `components`; names start with `prefix`, keys are read in `stored`."""
        placed = []
        for component in components:
            if component.hide.of(self.scope) is True:
                continue
            if isinstance(component, Group):
                inside = Row(0, self.place(component.components, prefix, stored))
                placed.append(Placed(component, f"{prefix}{component.id}", self.scope, rows=(inside,)))
            elif isinstance(component, RowList):
                placed.append(self._list(component, prefix + component.key, stored))
            elif isinstance(component, Field):
                placed.append(self._field(component, prefix + component.key, stored))
            else:
                placed.append(Placed(component, f"{prefix}{component.id}", self.scope))
        return tuple(placed)

    def _field(self, asked: Field, name: str, stored: Mapping[str, Any]) -> Placed:
        if isinstance(asked, ExpressionField):
            return Placed(asked, name, self.scope, locked=True, answer=asked.read((), self.scope))
        kept = dig(stored, asked.key)
        locked = asked.lockable and asked.locked(self._without_own(asked, kept))
        entered = None if locked else self.entered.get(name)
        if entered is None:
            answer = asked.default if kept is None and asked.default is not None else kept
            return Placed(asked, name, self.scope, locked, answer=answer)
        try:
            answer = asked.accept(entered, self.scope)
        except Refused as refusal:
            return Placed(asked, name, self.scope, locked, entered, refusal=refusal)
        return Placed(asked, name, self.scope, locked, entered, answer)

    def _without_own(self, asked: Field, kept: Answer) -> Scope:
        """What decides over the lock: the stored value, so that an answer neither opens nor closes its own lock."""
        own: dict[str, Any] = {}
        put(own, asked.key, kept)
        return self.scope.over(own)

    def _list(self, component: RowList, name: str, stored: Mapping[str, Any]) -> Placed:
        kept = dig(stored, component.key)
        kept_rows = [row if isinstance(row, Mapping) else {} for row in kept] if isinstance(kept, list | tuple) else []
        told = row_indexes(name, self.entered)
        if told is None or not component.rearrangeable:
            indexes = list(range(len(kept_rows) or component.default_rows))
        else:
            indexes = told[: max(MOST_ROWS, len(kept_rows))]
        before = dig(self.scope.values, component.key)
        rows = []
        for place, index in enumerate(indexes):
            kept_row = kept_rows[index] if index < len(kept_rows) else {}
            known = before[place] if isinstance(before, list | tuple) and place < len(before) else kept_row
            scope = self.scope.row(known if isinstance(known, Mapping) else {}, place + 1)
            children = replace(self, scope=scope).place(component.components, f"{name}-{index}-", kept_row)
            rows.append(Row(index, children, kept_row))
        entered = None if told is None else ()
        return Placed(component, name, self.scope, entered=entered, rows=tuple(rows), kept_rows=len(kept_rows))
