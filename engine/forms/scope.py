"""What the FEEL of a form reads: stored values with the answers over them, and the rows of lists inside."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import FeelError
from engine.feel import Expression

Functions = Mapping[str, Callable[..., Any]]


def dig(values: Mapping[str, Any], path: str) -> Any:
    """The value at the dotted `path`, or None."""
    found: Any = values
    for part in path.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def put(values: dict[str, Any], path: str, value: object) -> None:
    """Set `value` at the dotted `path`, making dicts on the way."""
    *parents, last = path.split(".")
    for part in parents:
        values = values.setdefault(part, {})
    values[last] = value


class Layered(Mapping[str, Any]):
    """`upper` laid over `lower`, nested mappings too; reads `lower`, which may be a lazy record, only when asked."""

    def __init__(self, lower: Mapping[str, Any], upper: Mapping[str, Any]) -> None:
        self._lower, self._upper = lower, upper

    def __getitem__(self, key: str) -> Any:
        if key not in self._upper:
            return self._lower[key]
        value = self._upper[key]
        if isinstance(value, Mapping) and key in self._lower and isinstance(below := self._lower[key], Mapping):
            return Layered(below, value)
        return value

    def __contains__(self, key: object) -> bool:
        return key in self._upper or key in self._lower

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._lower), **dict.fromkeys(self._upper)})

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Scope:
    """The names FEEL sees in one place of the form, the application's functions, and the reader's language."""

    values: Mapping[str, Any]
    functions: Functions | None = None
    language: str = "en"

    def evaluate(self, expression: Expression) -> Any:
        """The FEEL value of `expression`; null where it cannot be calculated, as FEEL has it for errors."""
        try:
            return expression.evaluate(self.values, self.functions)
        except FeelError:
            return None

    def over(self, values: Mapping[str, Any]) -> "Scope":
        """This scope with `values` laid over it."""
        return replace(self, values=Layered(self.values, values))

    def row(self, row: Mapping[str, Any], number: int) -> "Scope":
        """The scope inside a list's row: its values, `this`, `parent` and its number `i` (from 1), as in form-js."""
        return self.over({**row, "this": row, "parent": self.values, "i": number})


@dataclass(frozen=True)
class Setting:
    """An entry of a component that is a constant or FEEL (`=...`)."""

    constant: Any = None
    expression: Expression | None = None

    def of(self, scope: Scope) -> Any:
        """Its value in `scope`."""
        return self.constant if self.expression is None else scope.evaluate(self.expression)


#: The setting of an entry that the form leaves out.
UNSET = Setting()
