"""What scenarios visited."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.bpmn.model import Model
from engine.scenarios.files import Result


@dataclass(frozen=True)
class Coverage:
    """What a set of scenarios did not visit."""

    elements: int
    rules: int
    missed_elements: tuple[str, ...]
    missed_rules: tuple[str, ...]

    @property
    def percent(self) -> float:
        """Visited elements and rules of all, in percent."""
        total = self.elements + self.rules
        missed = len(self.missed_elements) + len(self.missed_rules)
        return 100.0 * (total - missed) / total if total else 100.0


def coverage(results: Iterable[Result], model: Model, keys: Iterable[str]) -> Coverage:
    """What `results` visited of the processes `keys` and of all decisions of the model."""
    results = list(results)
    elements = {element for key in keys for element in model.process(key).elements}
    rules = {(decision, rule.id) for decision, file in model.decisions.items() for rule in file.get(decision).rules}
    seen = set().union(*(result.elements for result in results)) if results else set()
    hit = set().union(*(result.rules for result in results)) if results else set()
    return Coverage(
        len(elements),
        len(rules),
        tuple(sorted(elements - seen)),
        tuple(sorted(f"{decision}: {rule}" for decision, rule in rules - hit)),
    )
