"""What else explains how a dry run went: answers that were not used, decisions without a result, circles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from engine.bpmn.elements import Element
from engine.bpmn.model import Model
from engine.dryrun import texts
from engine.dryrun.answers import LIMIT, listed
from engine.dryrun.run import DryRun
from engine.execution import BUDGET
from engine.execution.waiting import Said, Sentence, plain

#: Elements that ask a person.
_ASKING = frozenset({"userTask", "manualTask"})


@dataclass(frozen=True)
class Remark:
    """One thing worth knowing about a run. `code` is stable."""

    code: str
    said: Said

    def what(self, language: str) -> str:
        """The sentence in `language`."""
        return self.said.text(language)

    @property
    def details(self) -> dict[str, Any]:
        """What the sentence speaks of."""
        return {name: plain(value) for name, value in self.said.params.items()}


def remarks(run: DryRun, model: Model, answers: Mapping[str, Any], outcome: str) -> list[Remark]:
    """What is remarkable about a `run` over `model` with these `answers` that came to `outcome` (see `run_to_rest`)."""
    elements = {each.id: each for process in model.processes.values() for each in process.elements.values()}
    return [
        *_stopped(run, elements, outcome),
        *_unheard(run, elements),
        *_undecided(run, elements),
        *(remark for key, given in answers.items() for remark in _answer(run, model, elements, key, listed(given))),
    ]


def _stopped(run: DryRun, elements: Mapping[str, Element], outcome: str) -> Iterator[Remark]:
    is_endless = run.failure is not None and run.failure.is_endless
    if outcome != "stopped" and not is_endless:
        return
    due, circle = run.next_timer(), tuple(elements[each] for each in run.trace.circle)
    if not is_endless and due is not None:
        yield _remark("run.too_long", texts.TOO_LONG, due=due, years=LIMIT.days // 365)
    if circle:
        yield _remark("run.circle", texts.CIRCLE, circle=circle, steps=BUDGET)


def _unheard(run: DryRun, elements: Mapping[str, Element]) -> Iterator[Remark]:
    """Signals that were thrown, and are waited for only now."""
    waiting = {each.details["name"]: each.element for each in run.waits if each.kind == "signal"}
    for name, element_id in dict.fromkeys(run.trace.signals):
        if name in waiting:
            yield _remark(
                "signal.unheard",
                texts.SIGNAL_UNHEARD,
                name=name,
                thrower=elements[element_id],
                element=waiting[name],
            )


def _undecided(run: DryRun, elements: Mapping[str, Element]) -> Iterator[Remark]:
    seen = set()
    for element_id, decision, inputs in run.trace.undecided:
        if (element_id, decision) not in seen:
            seen.add((element_id, decision))
            sentence = texts.UNDECIDED if inputs else texts.UNDECIDED_PLAIN
            yield _remark("decision.empty", sentence, element=elements[element_id], decision=decision, inputs=inputs)


def _answer(run: DryRun, model: Model, elements: Mapping[str, Element], key: str, given: list[Any]) -> Iterator[Remark]:
    used = run.trace.answered[key]
    if used:
        yield from _unknown_fields(model, elements.get(key), given[:used])
        if used < len(given):
            yield _remark("answers.left_over", texts.LEFT_OVER, key=key, given=len(given), used=used)
        return
    catching = _catching(elements)
    if key in catching:
        yield _remark("answers.not_waited_for", texts.NOT_WAITED_FOR, key=key, elements=tuple(catching[key]))
    elif key not in elements:
        known = [*catching, *(each.id for each in elements.values() if each.tag in _ASKING or each.topic)]
        near = get_close_matches(key, known, 1)
        sentence = texts.UNKNOWN_NEAR if near else texts.UNKNOWN
        yield _remark("answers.unknown", sentence, key=key, near=near[0] if near else "")
    elif elements[key].tag in _ASKING or elements[key].topic:
        yield _remark("answers.not_reached", texts.NOT_REACHED, element=elements[key])
    else:
        name = next((name for name, found in catching.items() if elements[key] in found), "")
        sentence = texts.UNDER_NAME if name else texts.NOT_ASKING
        yield _remark("answers.not_asked", sentence, element=elements[key], name=name)


def _unknown_fields(model: Model, element: Element | None, given: list[Any]) -> Iterator[Remark]:
    """Names in answers that the form of the task does not ask for."""
    form = model.form(element.form) if element is not None else None
    if form is None or element is None:
        return
    firsts = {key.partition(".")[0] for key in form.keys}
    names = {name for answer in given if isinstance(answer, Mapping) for name in answer}
    unknown = tuple(sorted(name for name in names if name not in form.keys and name.partition(".")[0] not in firsts))
    if unknown:
        yield _remark(
            "answers.unknown_field",
            texts.UNKNOWN_FIELD,
            element=element,
            form=form.id,
            unknown=unknown,
            fields=tuple(form.keys),
        )


def _catching(elements: Mapping[str, Element]) -> dict[str, list[Element]]:
    """Name of a message or signal → the elements that wait for it when they are reached."""
    found: dict[str, list[Element]] = {}
    for element in elements.values():
        if element.tag not in {"intermediateThrowEvent", "endEvent", "sendTask"}:
            for event in element.events:
                if event.kind in {"message", "signal"} and event.name:
                    found.setdefault(event.name, []).append(element)
    return found


def _remark(code: str, sentence: Sentence, **params: Any) -> Remark:
    return Remark(code, Said(sentence, params))
