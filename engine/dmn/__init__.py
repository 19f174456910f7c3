"""Decisions of DMN 1.1 to 1.5: tables and literal expressions in FEEL, and which rules matched."""

from engine.dmn.evaluation import Context, evaluate
from engine.dmn.reading import Reader
from engine.dmn.tables import Decision, Input, Outcome, Output, Rule, Table
from engine.errors import InvalidModel, NotFound
from engine.feel import Functions
from engine.problems import Problem, errors_in

__all__ = ["Decision", "Decisions", "Input", "Outcome", "Output", "Rule", "Table", "check", "load"]


class Decisions:
    """The decisions of one file. Immutable; safe to share between threads."""

    def __init__(self, decisions: tuple[Decision, ...]) -> None:
        """`decisions`: each after those it requires. Use `load`."""
        self._decisions = {decision.id: decision for decision in decisions}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all decisions, each after those it requires."""
        return tuple(self._decisions)

    def get(self, decision_id: str) -> Decision:
        """The decision `decision_id`; raises NotFound."""
        try:
            return self._decisions[decision_id]
        except KeyError:
            raise NotFound("The file has no decision {decision}.", decision=decision_id) from None

    def evaluate(self, decision_id: str, context: Context, functions: Functions | None = None) -> Outcome:
        """Decide `decision_id` after the decisions it requires, whose results stand under their names.

        Raises NotFound; DecisionFault where the table gives no usable result; FeelError and what `functions` raise.
        """
        needed = self._needed(decision_id)
        return evaluate([one for one in self._decisions.values() if one.id in needed], context, functions)

    def _needed(self, decision_id: str) -> set[str]:
        needed: set[str] = set()
        waiting = [decision_id]
        while waiting:
            current = waiting.pop()
            if current not in needed:
                needed.add(current)
                waiting.extend(self.get(current).requires)
        return needed


def load(source: bytes, file: str = "") -> Decisions:
    """The decisions of the DMN file `source`; raises InvalidModel with all problems that keep it from running.

    Functions of the application are not known here; `check` finds calls of those that do not exist.
    """
    reader = Reader(source, file, functions=None)
    if errors_in(reader.problems):
        raise InvalidModel(list(reader.problems))
    return Decisions(reader.decisions)


def check(source: bytes, file: str, functions: frozenset[str]) -> list[Problem]:
    """All problems of the DMN file `source`, with the application's `functions` known."""
    try:
        return Reader(source, file, functions).problems
    except InvalidModel as error:
        return [problem for problem in error.problems if isinstance(problem, Problem)]
