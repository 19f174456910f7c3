"""Evaluating a decision after what it requires (DMN 1.5, section 10.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn.boxed import fitted
from engine.dmn.frames import Frame, Names, Variables
from engine.dmn.model import Bundle, Decision, Element, InputData, Key, Knowledge, Link, Model, Outcome
from engine.dmn.tables import Table
from engine.dmn.types import ANY
from engine.errors import DecisionFault
from engine.feel import DefinedFunction, Functions, from_python
from engine.feel.budget import spend

#: The names of the imports on the way from the file of what was asked for to that of an element.
Route = tuple[str, ...]
Place = tuple[Route, Key]


@dataclass(slots=True)
class Evaluation:
    """One evaluation: every element is evaluated at most once on each route to it.

    `context` gives the input data; entries under the name of an import are those of the imported model.
    """

    model: Model
    context: Names
    functions: Functions | None = None
    reasons: list[DecisionFault] = field(default_factory=list)
    values: dict[Place, object] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    def value(self, key: Key, route: Route = ()) -> object:
        """The value of the element `key`, null where there is no such element.

        What is required must not require itself.
        """
        waiting: list[Place] = [(route, key)]
        while waiting:
            place = waiting[-1]
            if place in self.values:
                waiting.pop()
                continue
            missing = [inner for inner in self._required(place) if inner not in self.values]
            if missing:
                waiting.extend(missing)
                spend(len(missing))
            else:
                self.values[place] = self._made(*place)
        return self.values[route, key]

    def _required(self, place: Place) -> list[Place]:
        route, key = place
        element = self.model.elements.get(key)
        return [(_route(route, link), link.key) for link in element.links] if element else []

    def _made(self, route: Route, key: Key) -> object:
        element = self.model.elements.get(key)
        match element:
            case Decision():
                return self._decided(element, route)
            case InputData():
                return self._given(element, route)
            case Knowledge():
                return self._known(element, route)
            case Bundle():
                return self._bundle(element)
        return None

    # --- each kind of element -------------------------------------------------------------------------------------

    def _given(self, element: InputData, route: Route) -> object:
        around = self._around(route)
        value = from_python(around.get(element.variable, around.get(element.name)))
        return fitted(value, element.type, self._frame(element, {}), element.variable)

    def _decided(self, decision: Decision, route: Route) -> object:
        frame = self._frame(decision, Variables(self._locals(decision.links, route), self._around(route)))
        if isinstance(decision.logic, Table):
            hit = decision.logic.hit(frame)
            value = fitted(hit.value, decision.type, frame, "")
            outcome = Outcome(decision.id, value, hit.named, hit.matched, hit.inputs)
        else:
            value = fitted(decision.logic.evaluate(frame), decision.type, frame, "")
            outcome = Outcome(decision.id, value, value)
        self.outcomes.append(outcome)
        return value

    def _known(self, knowledge: Knowledge, route: Route) -> object:
        local = self._locals(knowledge.links, route)
        made = knowledge.function.evaluate(self._frame(knowledge, local))
        local[knowledge.variable] = made
        return made

    def _bundle(self, bundle: Bundle) -> object:
        """The function that evaluates the output decisions of `bundle` for its inputs, and sees nothing else."""
        parameters = [*bundle.input_data, *bundle.input_decisions]

        def run(*arguments: object) -> object:
            inner = Evaluation(self.model, {}, self.functions, self.reasons)
            for link, value in zip(parameters, arguments, strict=True):
                inner.take(link, value, bundle)
            return inner.result(bundle)

        return DefinedFunction([self._name(link) for link in parameters], run)

    # --- decision services ----------------------------------------------------------------------------------------

    def served(self, bundle: Bundle) -> object:
        """The result of `bundle` for its inputs in the context."""
        for link in bundle.input_decisions:
            self.take(link, from_python(self._around(_route((), link)).get(self._name(link))), bundle)
        return self.result(bundle)

    def take(self, link: Link, value: object, bundle: Bundle) -> None:
        """Let `value` be that of the input `link` of `bundle`."""
        element = self.model.elements.get(link.key)
        declared = element.type if isinstance(element, Decision | InputData) else ANY
        self.values[_route((), link), link.key] = fitted(value, declared, self._frame(bundle, {}), self._name(link))

    def result(self, bundle: Bundle) -> object:
        """The value of the only output decision of `bundle`, or the context of all."""
        results = {self._name(link): self.value(link.key, _route((), link)) for link in bundle.outputs}
        value = next(iter(results.values()), None) if len(bundle.outputs) == 1 else results
        return fitted(value, bundle.result, self._frame(bundle, {}), "")

    # --- names ----------------------------------------------------------------------------------------------------

    def _name(self, link: Link) -> str:
        element = self.model.elements.get(link.key)
        return element.variable if element else link.key[1]

    def _locals(self, links: tuple[Link, ...], route: Route) -> dict[str, object]:
        """What is required, by name; what comes from an import stands under the name of the import."""
        found: dict[str, object] = {}
        imported: dict[str, dict[str, object]] = {}
        for link in links:
            holder = imported.setdefault(link.prefix, {}) if link.prefix else found
            holder[self._name(link)] = self.values[_route(route, link), link.key]
        return {**imported, **found} if imported else found

    def _around(self, route: Route) -> Names:
        """The context; for an imported model, what stands under its name before the rest."""
        around = self.context
        for name in route:
            inner = around.get(name)
            if isinstance(inner, Mapping):
                around = Variables(inner, around)
        return around

    def _frame(self, element: Element, variables: Names) -> Frame:
        types = self.model.types.get(element.key[0])
        return Frame(variables, self.functions, types, element.name or element.key[1], self.reasons)


def _route(route: Route, link: Link) -> Route:
    return (*route, link.prefix) if link.prefix else route
