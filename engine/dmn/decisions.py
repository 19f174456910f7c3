"""The decisions of one file, ready to be evaluated many times."""

from collections.abc import Iterable
from dataclasses import replace

from engine.dmn.evaluation import Evaluation
from engine.dmn.frames import Names
from engine.dmn.model import Bundle, Decision, Element, Key, Knowledge, Model, Outcome
from engine.errors import FeelBudgetExceeded, NotFound
from engine.feel import DefinedFunction, Functions, from_python
from engine.feel.budget import budget
from engine.problems import Problem

#: Among elements of one name, which is meant.
_RANKS: tuple[type, ...] = (Decision, Bundle, Knowledge)


class Decisions:
    """The decisions of one file and of those it imports. Immutable; safe to share between threads."""

    def __init__(self, model: Model, own: Iterable[Key], problems: Iterable[Problem] = ()) -> None:
        """`own`: the elements of `model` that are of this file, each after what it requires. Use `load`."""
        self._model = model
        self._own = {key[1]: model.elements[key] for key in own}
        self.problems = tuple(problems)
        ranked = sorted(self._own.values(), key=_rank)
        self._named = {name: element for element in reversed(ranked) for name in (element.variable, element.name)}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all decisions of this file, each after those it requires."""
        return tuple(key for key, element in self._own.items() if isinstance(element, Decision))

    def get(self, decision_id: str) -> Decision:
        """The decision `decision_id`; raises NotFound."""
        element = self._own.get(decision_id)
        if not isinstance(element, Decision):
            raise _unknown(decision_id)
        return element

    def evaluate(self, decision: str, context: Names, functions: Functions | None = None) -> object:
        """The value of `decision`, the id or name of a decision, decision service or business knowledge model.

        `context` gives input data, of a service also its input decisions, of a knowledge model its parameters: names
        → values, which may be read lazily; those of an imported model stand in a context under the name of the
        import. `functions` are the application's, by name. Values as those of `engine.feel.Expression.evaluate`;
        null where there is none that may be used (`decide` tells why). Raises NotFound, FeelBudgetExceeded, and the
        RedressErrors of the functions.
        """
        return self.decide(decision, context, functions).value

    def decide(self, decision: str, context: Names, functions: Functions | None = None) -> Outcome:
        """As `evaluate`, with the rules that matched, what was tested, and the reasons for nulls."""
        element = self._find(decision)
        evaluation = Evaluation(self._model, context, functions)
        try:
            with budget():
                return _outcome(element, evaluation)
        except RecursionError:
            raise FeelBudgetExceeded from None

    def _find(self, name: str) -> Element:
        element = self._own.get(name) or self._named.get(name)
        if isinstance(element, Decision | Bundle | Knowledge):
            return element
        raise _unknown(name)


def _outcome(element: Element, evaluation: Evaluation) -> Outcome:
    value = evaluation.served(element) if isinstance(element, Bundle) else evaluation.value(element.key)
    made = evaluation.outcomes
    if isinstance(element, Decision):
        return replace(made[-1], required=tuple(made[:-1]), reasons=tuple(evaluation.reasons))
    if isinstance(element, Knowledge):
        context = evaluation.context
        if isinstance(value, DefinedFunction):
            value = value([from_python(context.get(name)) for name in value.names])
    return Outcome(element.key[1], value, value, required=tuple(made), reasons=tuple(evaluation.reasons))


def _rank(element: Element) -> int:
    return next((rank for rank, one in enumerate(_RANKS) if isinstance(element, one)), len(_RANKS))


def _unknown(name: str) -> NotFound:
    return NotFound("The file has no decision {decision}.", decision=name)
