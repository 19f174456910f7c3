"""How a built-in function is declared: by its signature, as the standard's tables write it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.feel.budget import spend, spend_text
from engine.feel.types import ANY, Function, Type, kind
from engine.feel.values import from_python

_OPTIONAL, _REPEATED = "?", "..."
_Call = TypeVar("_Call", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a function: the names of its parameters, and the kinds of values that each takes.

    `least` values must be given; `open_ended` repeats the last parameter.
    """

    names: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    least: int
    open_ended: bool
    function: Callable[..., object]

    def accepts(self, count: int) -> bool:
        """Whether it can be called with `count` values."""
        return self.least <= count and (self.open_ended or count <= len(self.kinds))

    def fit(self, arguments: Sequence[object]) -> list[object] | None:
        """`arguments` as this form takes them; None if one of them is of a wrong kind."""
        fitted: list[object] = []
        last = len(self.kinds) - 1
        for place, argument in enumerate(arguments):
            kinds = self.kinds[min(place, last)]
            value = argument if "any" in kinds else _fit(argument, kinds)
            if value is None and not kinds & _NULLABLE:
                return None
            fitted.append(value)
        return fitted

    def in_order(self, arguments: Mapping[str, object]) -> list[object] | None:
        """Named `arguments` by position, null for those left out between others; None if the names do not fit."""
        given = [place for place, name in enumerate(self.names) if name in arguments]
        if self.open_ended or len(given) < len(arguments) or not set(range(self.least)) <= set(given):
            return None
        return [arguments.get(name) for name in self.names[: max(given, default=-1) + 1]]


class Builtin(Function):
    """A built-in function with its forms.

    Values of a wrong kind give null; a list of one item stands for the item, and a single value for the list of it
    (DMN 1.5, section 10.3.2.9.4).
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.forms: list[Form] = []

    @property
    def signatures(self) -> tuple[tuple[Type, ...], ...]:
        """The types of its parameters, for each form."""
        return tuple(tuple(map(_type, form.kinds)) for form in self.forms)

    @property
    def arity(self) -> str:
        """How many values it takes, for people: `2`, `2-3`, `1+`, `1/3`."""
        return "/".join(dict.fromkeys(map(_arity, self.forms)))

    def accepts(self, count: int, names: Sequence[str] = ()) -> bool:
        """Whether it can be called with `count` values, or with values of these `names`."""
        if names:
            return any(form.in_order(dict.fromkeys(names)) is not None for form in self.forms)
        return any(form.accepts(count) for form in self.forms)

    def __call__(self, arguments: Sequence[object]) -> object:
        """The result for `arguments` by position, null if they do not fit; raises FeelBudgetExceeded."""
        for form in self.forms:
            fitted = form.fit(arguments) if form.accepts(len(arguments)) else None
            if fitted is not None:
                return _paid(form, fitted)
        return None

    def named(self, arguments: Mapping[str, object]) -> object:
        """The result for `arguments` by name, null if they do not fit; raises FeelBudgetExceeded."""
        given = tuple(arguments)
        # `before(point: 1, range: r)` and `before(range: r, point: 1)` differ in nothing but the order.
        for form in sorted(self.forms, key=lambda form: form.names[: len(given)] != given):
            ordered = form.in_order(arguments)
            fitted = None if ordered is None else form.fit(ordered)
            if fitted is not None:
                return _paid(form, fitted)
        return None


class Table:
    """The built-in functions of one family, in the order of their declaration."""

    def __init__(self) -> None:
        self.functions: dict[str, Builtin] = {}

    def add(self, signature: str) -> Callable[[_Call], _Call]:
        """Declare the decorated function, as `floor(n: number, scale?: number)`; again, another form of it.

        Kinds are joined by `|`; `any` takes everything, `null` also null. `values...` stands for one or more.
        """
        name, _, rest = signature.removesuffix(")").partition("(")
        parameters = [tuple(part.split(": ")) for part in rest.split(", ")] if rest else []
        names = tuple(name.removesuffix(_OPTIONAL).removesuffix(_REPEATED) for name, _ in parameters)
        kinds = tuple(frozenset(kinds.split("|")) for _, kinds in parameters)
        least = sum(not name.endswith(_OPTIONAL) for name, _ in parameters)
        open_ended = any(name.endswith(_REPEATED) for name, _ in parameters)

        def declare(function: _Call) -> _Call:
            form = Form(names, kinds, least, open_ended, function)
            self.functions.setdefault(name, Builtin(name)).forms.append(form)
            return function

        return declare


_NULLABLE = frozenset({"any", "null"})


def _arity(form: Form) -> str:
    if form.open_ended:
        return f"{form.least}+"
    return str(form.least) if form.least == len(form.kinds) else f"{form.least}-{len(form.kinds)}"


def _type(kinds: frozenset[str]) -> Type:
    (only,) = kinds if len(kinds) == 1 else ("any",)
    return ANY if only == "any" else Type(only)


def _fit(value: object, kinds: frozenset[str]) -> object:
    """`value` as one of `kinds`, or None."""
    if kind(value) in kinds:
        return value
    if value is None:
        return None
    if "list" in kinds:
        return [value]
    if isinstance(value, list) and len(value) == 1 and kind(item := from_python(value[0])) in kinds:
        return item
    return None


def _paid(form: Form, arguments: list[object]) -> object:
    """The result of `form`, with what it read and wrote paid for."""
    for argument in arguments:
        _pay(argument)
    result = form.function(*arguments)
    _pay(result)
    return result


def _pay(value: object) -> None:
    if isinstance(value, str):
        spend_text(len(value))
    spend(1 + len(value) if isinstance(value, list) else 1)
