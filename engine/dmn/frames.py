"""Where logic runs: the names it sees, and where it tells why something gave no value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.errors import DecisionFault, FeelBudgetExceeded, FeelError
from engine.feel import Expression, Functions
from engine.feel.types import Types

Names = Mapping[str, object]


class Variables(Mapping[str, object]):
    """The names of `inner`, and behind them those of `outer`, which may be read lazily."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, inner: Names, outer: Names) -> None:
        self._inner = inner
        self._outer = outer

    def __getitem__(self, name: str) -> object:
        return self._inner[name] if name in self._inner else self._outer[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._inner
        yield from (name for name in self._outer if name not in self._inner)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in self._inner or name in self._outer

    def get(self, name: str, default: object = None) -> object:
        """The value of `name`, else `default`; asks each mapping once."""
        value = self._inner.get(name, _MISSING)
        return self._outer.get(name, default) if value is _MISSING else value


_MISSING = object()


@dataclass(frozen=True, slots=True)
class Frame:
    """What logic of the element called `place` sees: names, the application's functions, the types of its file.

    `reasons` collects why values are null.
    """

    variables: Names
    functions: Functions | None = None
    types: Types | None = None
    place: str = ""
    reasons: list[DecisionFault] = field(default_factory=list)

    def within(self, local: Names) -> "Frame":
        """This frame with the names of `local` before its own; `local` may still grow."""
        return replace(self, variables=Variables(local, self.variables))

    def value(self, expression: Expression) -> object:
        """The value of `expression` here; raises what it raises."""
        return expression.evaluate(self.variables, self.functions, self.types)

    def passes(self, test: Expression, value: object) -> bool:
        """Whether `value` passes the unary tests `test` here; raises what they raise."""
        return test.test(value, self.variables, self.functions, self.types)

    def tell(self, why: str, why_zh: str) -> None:
        """Note why there is no usable value here."""
        self.reasons.append(DecisionFault(decision=self.place, why=why, why_zh=why_zh))

    def explain(self, error: FeelError) -> None:
        """Note that `error` left an expression here without a value; raises it where the budget is used up."""
        if isinstance(error, FeelBudgetExceeded):
            raise error
        why = str(error.params.get("why", error))
        self.tell(why, str(error.params.get("why_zh", why)))
