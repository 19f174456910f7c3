"""Kinds of values: which of FEEL's types a value has, and `instance of` (DMN 1.5, sections 10.3.2.3 and 10.3.2.9)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.eras import FarDate, FarDateTime
from engine.feel.temporal import ZULU, YearsMonths


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `low` to `high`, of the same kind; null as an end means unbounded."""

    low: object
    high: object
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class Type:
    """A type: `parts` of a list or range and parameters of a function, `entries` of a context, `result` of a function.

    None of them where anything will do, as in plain `list`.
    """

    name: str
    parts: "tuple[Type, ...] | None" = None
    entries: "tuple[tuple[str, Type], ...] | None" = None
    result: "Type | None" = None


ANY = Type("Any")
#: Types of the model, by name: whether a value other than null is of that type.
Types = Mapping[str, Callable[[object], bool]]


class Function(ABC):
    """A function as a value of the language; two are equal only if they are the same."""

    @property
    @abstractmethod
    def signatures(self) -> tuple[tuple[Type, ...], ...]:
        """The types of its parameters, for each way it can be called."""

    @abstractmethod
    def __call__(self, arguments: Sequence[object]) -> object:
        """The result for `arguments` by position; null where they do not fit. Raises FeelBudgetExceeded."""

    @abstractmethod
    def named(self, arguments: Mapping[str, object]) -> object:
        """The result for `arguments` by name; null where they do not fit. Raises FeelBudgetExceeded."""


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    FarDate: "date",
    datetime: "date and time",
    FarDateTime: "date and time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
}
#: Names that may stand after `instance of`.
TYPES = frozenset({*_KINDS.values(), "Any", "function"}) - {"null"} | {"Null"}
ORDERED = frozenset(
    {"number", "string", "date", "time", "date and time", "days and time duration", "years and months duration"}
)
_NO_TYPES: Types = {}
_UNFIT = object()


def kind(value: object) -> str:
    """The name of the FEEL type of `value`; `null` for null, empty for what is no FEEL value."""
    found = _KINDS.get(type(value))
    if found is not None:
        return found
    if isinstance(value, Function):
        return "function"
    return "context" if isinstance(value, Mapping) else ""


def is_instance(value: object, wanted: Type | str, known: Types = _NO_TYPES) -> bool | None:
    """Whether `value` is of the type `wanted`; null is of type `Null` only. None for a type that nobody knows.

    As text `wanted` is a simple type or `list<number>`. `known` are the types of the model.
    """
    if isinstance(wanted, str):
        wanted = _type_of_text(wanted)
    if value is None or wanted.name == "Null":
        return value is None and wanted.name == "Null"
    if wanted.name not in TYPES:
        of_model = known.get(wanted.name)
        return None if of_model is None else of_model(value)
    return wanted.name == "Any" or (wanted.name == kind(value) and _has_parts(value, wanted, known))


def conform(value: object, wanted: Type, known: Types = _NO_TYPES) -> tuple[bool, object]:
    """Whether `value` can be handed on as `wanted`, and as what (section 10.3.2.9.4).

    A single value stands for the list of it and back, a date for its midnight in UTC, null for anything.
    """
    if value is None or is_instance(value, wanted, known):
        return True, value
    converted: object = _UNFIT
    if wanted.name == "list":
        converted = [value]
    elif isinstance(value, list) and len(value) == 1:
        converted = value[0]
    elif wanted.name == "date and time" and type(value) is date:
        converted = midnight(value)
    fits = converted is not _UNFIT and bool(is_instance(converted, wanted, known))
    return fits, converted if fits else None


def midnight(day: date) -> datetime:
    """The date and time that a date becomes where one is needed (section 10.3.2.9.4)."""
    return datetime.combine(day, time(), ZULU)


def _type_of_text(text: str) -> Type:
    name, bracket, inner = text.partition("<")
    return Type(name, (_type_of_text(inner[:-1]),)) if bracket else Type(name)


def _has_parts(value: object, wanted: Type, known: Types) -> bool:
    """Whether what `value` consists of is of the types that `wanted` names; null inside is of any type."""
    match value:
        case list() if wanted.parts:
            return all(_is_part(item, wanted.parts[0], known) for item in value)
        case Range() if wanted.parts:
            return all(_is_part(end, wanted.parts[0], known) for end in (value.low, value.high))
        case Mapping() if wanted.entries:
            return all(key in value and _is_part(value[key], part, known) for key, part in wanted.entries)
        case Function() if wanted.parts is not None:
            return any(_takes(signature, wanted.parts) for signature in value.signatures)
    return True


def _is_part(value: object, wanted: Type, known: Types) -> bool:
    if type(value) in (int, float):
        value = Decimal(0)  # numbers inside a context from outside are converted only when they are read
    return value is None or bool(is_instance(value, wanted, known))


def _takes(parameters: Sequence[Type], arguments: Sequence[Type]) -> bool:
    """Whether a function with `parameters` can be called with values of the types `arguments`."""
    return len(parameters) == len(arguments) and all(
        conforms(argument, parameter) for argument, parameter in zip(arguments, parameters, strict=True)
    )


def conforms(narrow: Type, wide: Type) -> bool:
    """Whether every value of `narrow` is one of `wide` (section 10.3.2.9.2)."""
    if wide.name == "Any" or narrow.name == "Null":
        return True
    if narrow.name != wide.name:
        return False
    if wide.name == "function":
        return wide.parts is None or (narrow.parts is not None and _takes(narrow.parts, wide.parts))
    if wide.entries is not None:
        given = dict(narrow.entries or ())
        return all(key in given and conforms(given[key], part) for key, part in wide.entries)
    return not wide.parts or (bool(narrow.parts) and _takes(wide.parts, narrow.parts or ()))
