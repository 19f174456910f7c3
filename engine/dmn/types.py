"""Types of values: built-in ones and item definitions, and the conversions to them (DMN 1.5, section 10.3.2.9.4)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.errors import FeelBudgetExceeded, FeelError
from engine.feel import Expression, Function, from_python
from engine.feel.types import kind, midnight


class Type(ABC):
    """What values an information item can have."""

    @abstractmethod
    def fits(self, value: object) -> bool:
        """Whether `value` conforms to this type without a conversion; null always does."""


@dataclass(frozen=True, slots=True)
class Kind(Type):
    """A built-in type, by the name of FEEL."""

    name: str

    def fits(self, value: object) -> bool:
        """Whether `value` is of this kind."""
        return value is None or kind(value) == self.name

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class AnyValue(Type):
    """The type of all values."""

    def fits(self, value: object) -> bool:  # noqa: ARG002
        """Always."""
        return True

    def __str__(self) -> str:
        return "Any"


@dataclass(frozen=True, slots=True)
class WholeNumber(Type):
    """Numbers without a fraction: the `integer` and `long` of older modelers."""

    def fits(self, value: object) -> bool:
        """Whether `value` is a whole number."""
        return value is None or (isinstance(value, Decimal) and value == value.to_integral_value())

    def __str__(self) -> str:
        return "integer"


@dataclass(frozen=True, slots=True)
class ListOf(Type):
    """Lists whose items are all of one type."""

    items: Type

    def fits(self, value: object) -> bool:
        """Whether `value` is a list of such items."""
        return value is None or (isinstance(value, list) and all(self.items.fits(from_python(item)) for item in value))

    def __str__(self) -> str:
        return f"list<{self.items}>"


@dataclass(frozen=True, slots=True)
class Structure(Type):
    """Contexts with certain entries, which may have more."""

    name: str
    parts: Mapping[str, Type]

    def fits(self, value: object) -> bool:
        """Whether `value` has all entries, each of its type; what is read lazily need not have them all."""
        if not isinstance(value, Mapping):
            return value is None
        if type(value) is dict and not self.parts.keys() <= value.keys():
            return False
        return all(part.fits(from_python(value.get(name))) for name, part in self.parts.items())

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class FunctionOf(Type):
    """Functions with a result of one type, and so many parameters (None: any number)."""

    result: Type
    parameters: int | None = None

    def fits(self, value: object) -> bool:
        """Whether `value` is a function that takes so many values."""
        if not isinstance(value, Function):
            return value is None
        return self.parameters is None or any(len(one) == self.parameters for one in value.signatures)

    def __str__(self) -> str:
        return "function"


@dataclass(frozen=True, slots=True)
class Constrained(Type):
    """Those values of `base` that pass unary tests."""

    name: str
    base: Type
    tests: Expression

    def fits(self, value: object) -> bool:
        """Whether `value` is of the base type and passes the tests."""
        if value is None:
            return True
        try:
            return self.base.fits(value) and self.tests.test(value, {})
        except FeelBudgetExceeded:
            raise
        except FeelError:
            return False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Later(Type):
    """A type that stands inside itself, found when it is needed."""

    name: str
    find: Callable[[], Type]

    def fits(self, value: object) -> bool:
        """Whether `value` is of the type meant."""
        return self.find().fits(value)

    def __str__(self) -> str:
        return self.name


ANY = AnyValue()
_INTEGER = WholeNumber()
_LIST = ListOf(ANY)
_NAMES: dict[str, Type] = {
    **{
        name: Kind(name)
        for name in (
            *("number", "string", "boolean", "date", "time", "date and time", "days and time duration"),
            *("years and months duration", "context", "range"),
        )
    },
    "Any": ANY,
    "any": ANY,
    "list": _LIST,
    "function": FunctionOf(ANY),
    "integer": _INTEGER,
    "long": _INTEGER,
    "double": Kind("number"),
    "float": Kind("number"),
    "decimal": Kind("number"),
    "dateTime": Kind("date and time"),
    "datetime": Kind("date and time"),
    "dayTimeDuration": Kind("days and time duration"),
    "yearMonthDuration": Kind("years and months duration"),
}
#: What `coerce` gives for a value that cannot be of the type.
MISFIT = object()


def builtin(name: str) -> Type | None:
    """The built-in type that versions of DMN and older modelers call `name`."""
    return _NAMES.get(name)


def coerce(value: object, target: Type) -> object:
    """`value` as one of `target`: itself, its only item, the list of it, a date's midnight in UTC, or MISFIT."""
    if target is ANY or target.fits(value):
        return value
    if isinstance(value, list):
        item = from_python(value[0]) if len(value) == 1 else MISFIT
        return item if item is not MISFIT and target.fits(item) else MISFIT
    if type(value) is date:
        moment = midnight(value)
        if target.fits(moment):
            return moment
    return [value] if target.fits([value]) else MISFIT


def result_type(declared: Type) -> Type:
    """The type of the results of a function whose variable is declared so: that of a function type, else itself."""
    while isinstance(declared, Later):
        declared = declared.find()
    return declared.result if isinstance(declared, FunctionOf) else declared


def constraint(declared: Type) -> Expression | None:
    """The tests of allowed values that `declared`, or the type of its items, has; None if any value is allowed."""
    while isinstance(declared, ListOf):
        declared = declared.items
    return declared.tests if isinstance(declared, Constrained) else None
