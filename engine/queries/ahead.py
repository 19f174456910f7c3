"""What comes next in a case, as its diagram is drawn: the people's steps and ends behind those that are open."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from engine.definitions import Library

#: Where somebody has to act, or somebody outside has to.
_STOPS = frozenset({"userTask", "manualTask", "receiveTask", "callActivity"})
#: Ends that are not the way on.
_BROKEN = frozenset({"error", "escalation", "cancel", "terminate", "compensate"})


class _Place(NamedTuple):
    """A step, the specification that it stands in, and the place of the sub-process around it."""

    step: Any
    spec: Any
    around: "_Place | None"


def steps_ahead(session: Session, definition_id: int, element_ids: Iterable[str], language: str) -> tuple[str, ...]:
    """The names of the steps of people, or ends, that may follow the elements, nearest first, each once.

    What conditions and decisions say later is not known yet: behind a gateway all its ways are listed.
    """
    _, _, process = Library(session).by_id(definition_id)
    places = {place.step.element.id: place for place in _places(process.spec, None) if _is_drawn(place)}
    open_ids = list(dict.fromkeys(element_ids))
    found: dict[str, None] = {}
    for element_id in open_ids:
        if element_id in places:
            found |= dict.fromkeys(_names(_behind(places[element_id]), language))
    open_names = {places[each].step.element.named(language) for each in open_ids if each in places}
    return tuple(name for name in found if name not in open_names)


def _places(spec: Any, around: _Place | None) -> Iterator[_Place]:
    for step in spec.task_specs.values():
        place = _Place(step, spec, around)
        yield place
        if (inner := getattr(step, "inner", None)) is not None:
            yield from _places(inner, place)


def _is_drawn(place: _Place) -> bool:
    return getattr(place.step, "element", None) is not None


def _behind(place: _Place) -> Iterator[Any]:
    """The elements at which somebody acts next, or the case ends."""
    waiting, seen = list(_ways(place)), set[int]()
    while waiting:
        here = waiting.pop(0)
        if id(here.step) in seen or not _is_drawn(here):
            continue
        seen.add(id(here.step))
        element = here.step.element
        if element.tag in _STOPS:
            yield element
        elif element.tag == "endEvent":
            if here.around is None:
                yield element
            elif element.event.kind not in _BROKEN and not here.around.step.element.container.triggered_by_event:
                waiting += _ways(here.around)
        elif (inner := getattr(here.step, "inner", None)) is not None:
            waiting += (_Place(inner.task_specs[name], inner, here) for name in inner.first)
        else:
            waiting += _ways(here)


def _ways(place: _Place) -> list[_Place]:
    steps = place.spec.task_specs
    return [_Place(steps[flow.target], place.spec, place.around) for flow in getattr(place.step, "flows", ())]


def _names(elements: Iterable[Any], language: str) -> Iterator[str]:
    for element in elements:
        name = element.named(language)
        if name != element.id:
            yield name
