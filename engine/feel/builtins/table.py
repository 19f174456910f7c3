"""How a built-in function is declared: its FEEL name, the kinds of its values, and what it costs."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.feel.budget import spend, spend_text
from engine.feel.types import kind
from engine.feel.values import from_python

#: A parameter that takes any value, also null.
ANY = "any"
NUMBER = "number"
STRING = "string"
BOOLEAN = "boolean"
LIST = "list"
CONTEXT = "context"
DATE = "date"
TIME = "time"
DATE_TIME = "date and time"
DAYS = "days and time duration"
MONTHS = "years and months duration"

Kinds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Builtin:
    """One built-in function. `kinds` has one entry per parameter: the kinds it takes.

    `least` values must be given; `open_ended` repeats the last parameter. Values of a wrong kind give null; a list
    of one item stands for the item, and a single value for the list of it (DMN 1.4, section 10.3.2.9.4).
    """

    name: str
    function: Callable[..., object]
    kinds: tuple[Kinds, ...]
    least: int
    open_ended: bool = False

    @property
    def arity(self) -> str:
        """How many values it takes, for people: `2`, `2-3`, `1+`."""
        if self.open_ended:
            return f"{self.least}+"
        return str(self.least) if self.least == len(self.kinds) else f"{self.least}-{len(self.kinds)}"

    def accepts(self, count: int) -> bool:
        """Whether it can be called with `count` values."""
        return self.least <= count and (self.open_ended or count <= len(self.kinds))

    def __call__(self, arguments: list[object]) -> object:
        """The result for `arguments`, as many as `accepts`; raises FeelBudgetExceeded."""
        fitted: list[object] = []
        for place, argument in enumerate(arguments):
            kinds = self.kinds[min(place, len(self.kinds) - 1)]
            value = argument if ANY in kinds else _fit(argument, kinds)
            if value is None and ANY not in kinds:
                return None
            _pay(value)
            fitted.append(value)
        result = self.function(*fitted)
        _pay(result)
        return result


def _fit(value: object, kinds: Kinds) -> object:
    """`value` as one of `kinds`, or None."""
    if kind(value) in kinds:
        return value
    if value is None:
        return None
    if LIST in kinds:
        return [value]
    if isinstance(value, list) and len(value) == 1 and kind(value[0]) in kinds:
        return from_python(value[0])
    return None


def _pay(value: object) -> None:
    if isinstance(value, str):
        spend_text(len(value))
    spend(1 + len(value) if isinstance(value, list) else 1)


class Table(list[Builtin]):
    """The built-in functions of one family, in the order of their declaration."""

    def add(
        self, name: str, *kinds: str | Kinds, least: int | None = None, open_ended: bool = False
    ) -> Callable[[Callable[..., object]], Callable[..., object]]:
        """Declare the decorated function as `name`; `kinds` as in `Builtin`, a single one as plain text."""
        parameters = tuple((entry,) if isinstance(entry, str) else entry for entry in kinds)

        def declare(function: Callable[..., object]) -> Callable[..., object]:
            self.append(Builtin(name, function, parameters, len(kinds) if least is None else least, open_ended))
            return function

        return declare
