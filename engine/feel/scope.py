"""Where names are looked up while an expression runs: innermost first, at last the context given from outside."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from engine.feel.types import Types
from engine.feel.values import from_python

Functions = Mapping[str, Callable[..., object]]

_MISSING = object()


class Surroundings(NamedTuple):
    """What the application and the model bring: functions and types by name."""

    functions: Functions
    types: Types


#: Neither functions nor types.
NOTHING = Surroundings({}, {})


class Scope:
    """Variables around an expression; `outer` is asked for what they lack."""

    __slots__ = ("_known", "_outer", "_variables", "around")

    def __init__(
        self, variables: Mapping[str, object], outer: "Scope | None" = None, around: Surroundings = NOTHING
    ) -> None:
        self._variables = variables
        self._outer = outer
        self._known: dict[str, object] = {}
        self.around: Surroundings = around if outer is None else outer.around

    def get(self, name: str, default: object = None) -> object:
        """The value of `name`, `default` if nothing has that name; read and converted once."""
        known = self._known.get(name, _MISSING)
        if known is not _MISSING:
            return known
        value = self._variables.get(name, _MISSING)
        if value is not _MISSING:
            value = self._known[name] = from_python(value)
            return value
        return default if self._outer is None else self._outer.get(name, default)

    def has(self, name: str) -> bool:
        """Whether something has that name, be it null."""
        return self.get(name, _MISSING) is not _MISSING
