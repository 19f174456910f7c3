"""Where names are looked up while an expression runs: innermost first, at last the context given from outside."""

from collections.abc import Callable, Mapping

from engine.feel.values import from_python

Functions = Mapping[str, Callable[..., object]]

_MISSING = object()


class Scope:
    """Variables around an expression; `outer` is asked for what they lack. `functions` are the application's."""

    __slots__ = ("_known", "_outer", "_variables", "functions")

    def __init__(
        self, variables: Mapping[str, object], outer: "Scope | None" = None, functions: Functions | None = None
    ) -> None:
        self._variables = variables
        self._outer = outer
        self._known: dict[str, object] = {}
        self.functions: Functions = functions or (outer.functions if outer else {})

    def get(self, name: str) -> object:
        """The value of `name`, null if nothing has that name; read and converted once."""
        known = self._known.get(name, _MISSING)
        if known is not _MISSING:
            return known
        value = self._variables.get(name, _MISSING)
        if value is not _MISSING:
            value = from_python(value)
        elif self._outer is not None:
            return self._outer.get(name)
        else:
            value = None
        self._known[name] = value
        return value

    def has(self, name: str) -> bool:
        """Whether something has that name, be it null."""
        return self._variables.get(name, _MISSING) is not _MISSING or (
            self._outer is not None and self._outer.has(name)
        )
