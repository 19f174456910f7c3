"""Functions that are values: those an expression or a model defines (DMN 1.5, section 10.3.2.13)."""

from collections.abc import Callable, Mapping, Sequence

from engine.feel.budget import nested, spend
from engine.feel.types import ANY, Function, Type, Types, conform
from engine.feel.values import known


class DefinedFunction(Function):
    """A function with one parameter per name, each of a type; `run` takes the values by position.

    It gives null where the number of values, their names or their types do not fit. `types` are those of the model,
    `cost` the steps that each call costs.
    """

    def __init__(
        self,
        names: Sequence[str],
        run: Callable[..., object],
        parameters: Sequence[Type] = (),
        types: Types | None = None,
        cost: int = 1,
    ) -> None:
        self.names = tuple(names)
        self.parameters = tuple(parameters) or (ANY,) * len(self.names)
        self._run = run
        self._types = types or {}
        self._cost = cost

    @property
    def signatures(self) -> tuple[tuple[Type, ...], ...]:
        """The types of its parameters."""
        return (self.parameters,)

    def __call__(self, arguments: Sequence[object]) -> object:
        """The result for `arguments` by position; raises FeelBudgetExceeded and what `run` raises."""
        if len(arguments) != len(self.names):
            return None
        values: list[object] = []
        for argument, wanted in zip(arguments, self.parameters, strict=True):
            fits, value = conform(argument, wanted, self._types)
            if not fits:
                return None
            values.append(value)
        with nested():
            spend(self._cost)
            return known(self._run(*values))

    def named(self, arguments: Mapping[str, object]) -> object:
        """The result for `arguments` by name; raises as a call."""
        if arguments.keys() != set(self.names):
            return None
        return self([arguments[name] for name in self.names])
