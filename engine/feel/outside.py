"""Functions that the application adds to FEEL. With values that do not fit they give null (DMN 1.5, 10.3.2.13)."""

import inspect
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

#: What each function takes, found out once.
_known: "WeakKeyDictionary[Callable[..., Any], Shape]" = WeakKeyDictionary()


@dataclass(frozen=True)
class Shape:
    """How many values a function takes, and of which types, in their order."""

    least: int
    kinds: tuple[tuple[type, ...], ...]
    #: what all values after those may be; empty: there are none
    rest: tuple[type, ...] = ()

    def fits(self, values: Sequence[object]) -> bool:
        """Whether the function can be called with `values`."""
        more = len(values) - len(self.kinds)
        if len(values) < self.least or (more > 0 and not self.rest):
            return False
        return all(map(isinstance, values, (*self.kinds, *[self.rest] * more)))


def shape(function: Callable[..., Any]) -> Shape:
    """What `function` takes, by its annotations; where it has none, anything."""
    found = _known.get(function)
    if found is None:
        found = _known[function] = _shape(function)
    return found


def _shape(function: Callable[..., Any]) -> Shape:
    hints = typing.get_type_hints(function) if isinstance(function, types.FunctionType) else {}
    single: list[inspect.Parameter] = []
    rest: tuple[type, ...] = ()
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            rest = _classes(hints.get(parameter.name, Any))
        elif parameter.kind is not parameter.KEYWORD_ONLY:
            single.append(parameter)
    return Shape(
        sum(each.default is each.empty for each in single),
        tuple(_classes(hints.get(each.name, Any)) for each in single),
        rest,
    )


def _classes(hint: Any) -> tuple[type, ...]:
    """The classes that an annotation allows."""
    parts = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return tuple(object if part is Any else typing.get_origin(part) or part for part in parts)
