"""Tokens that wait for what they own or for what is inside them."""

from typing import Any

from SpiffWorkflow.task import Task

from engine.bpmn.adhoc import AdHocStep
from engine.bpmn.loops import Repeat
from engine.bpmn.steps import CallStep, SubProcessStep
from engine.execution.standing import Standing
from engine.execution.waiting import texts
from engine.execution.waiting.reading import text_of, values_read
from engine.execution.waiting.sentences import Said


def explain_repeat(execution: Standing, token: Task) -> tuple[str, list[Said]]:
    """How far a multi-instance activity or loop is."""
    step: Repeat = token.task_spec
    done = token.internal_data.get("count", 0)
    if step.loop.kind == "standard":
        return "loop", [Said(texts.ROUNDS, {"element": step.element, "round": done + 1})]
    total = token.internal_data.get("total", 0)
    said = [Said(texts.ITEMS, {"element": step.element, "done": done, "total": total})]
    if step.loop.condition:
        values = values_read(execution, token, step.loop.condition, local=step._counts(token))
        said += [Said(texts.ENOUGH, {"text": step.loop.condition}), *_now(values)]
    return "multi_instance", said


def explain_inside(execution: Standing, token: Task) -> tuple[str, list[Said]]:
    """What the activity of a sub-process, ad-hoc sub-process or called process waits for."""
    step: SubProcessStep = token.task_spec
    if isinstance(step, CallStep):
        called = text_of(execution, token, step.element.called)
        return "called_process", [Said(texts.CALLED, {"element": step.element, "called": called})]
    if "undo" in token.internal_data:
        return "compensation", [Said(texts.UNDOING, {"element": step.element})]
    if isinstance(step, AdHocStep):
        return "ad_hoc", _ad_hoc(execution, token, step)
    return "sub_process", [Said(texts.INSIDE, {"element": step.element})]


def explain_event_gateway(token: Task) -> tuple[str, list[Said]]:
    """The alternatives behind an event-based gateway."""
    element = token.task_spec.element
    waits_for_all = element.gate.event_type == "Parallel"
    events = tuple(child.task_spec.element for child in token.children)
    sentence = texts.EVERY_EVENT if waits_for_all else texts.FIRST_EVENT
    return "event_gateway", [Said(sentence, {"element": element, "events": events})]


def _ad_hoc(execution: Standing, token: Task, step: AdHocStep) -> list[Said]:
    text = step.element.container.completion_condition
    said = [Said(texts.AD_HOC, {"element": step.element})]
    if text:
        said = [
            Said(texts.AD_HOC_UNTIL, {"element": step.element, "text": text}),
            *_now(values_read(execution, token, text)),
        ]
    offers = token.internal_data.get("offers")
    if offers:
        said.append(Said(texts.OFFERS, {"offers": tuple(step.inner.task_specs[name].element for name in offers)}))
    return said


def _now(values: dict[str, Any]) -> list[Said]:
    return [Said(texts.READS, {"values": values})] if values else []
