"""Tokens that wait for other tokens: joins, and activities that begin with several."""

from collections.abc import Iterable

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Element
from engine.bpmn.gateways import ComplexGateway, Join, ParallelGateway, upstream
from engine.bpmn.steps import Step
from engine.execution.standing import Standing
from engine.execution.waiting import texts
from engine.execution.waiting.reading import values_read
from engine.execution.waiting.sentences import Incoming, Said


def is_gathering(token: Task) -> bool:
    """Whether `token` waits for others at its step, where one explanation is for all that do."""
    step = token.task_spec
    return token.state == TaskState.WAITING and (isinstance(step, Join) or step.element.quantities.start > 1)


def explain_join(execution: Standing, token: Task) -> tuple[str, list[Said]]:
    """What a gateway with several incoming flows waits for."""
    step = token.task_spec
    flows = _incoming(step)
    arrived = set(token.internal_data.get("used", ())) | {
        other.internal_data.get("via", "") for other in _waiting_at(token)
    }
    came = tuple(flow for key, flow in flows.items() if key in arrived)
    missing = {key: flow for key, flow in flows.items() if key not in arrived}
    params = {"element": step.element, "arrived": came, "missing": tuple(missing.values())}
    sources = _sources(token, missing)
    if isinstance(step, ParallelGateway):
        return "join", [Said(texts.JOIN, params), *(_never(token, missing) or sources)]
    if not isinstance(step, ComplexGateway):
        return "inclusive_join", [Said(texts.INCLUSIVE, params), *sources]
    if token.state == TaskState.STARTED:
        return "complex_reset", [Said(texts.RESETTING, params), *sources]
    text = step.element.gate.activation_condition
    counted = {**params, "count": len(came), "total": len(flows), "text": text}
    values = values_read(execution, token, text, local={"activationCount": len(came)})
    outlook = sources or _never(token, missing)
    return "complex_join", [Said(texts.COMPLEX, counted), Said(texts.READS, {"values": values}), *outlook]


def explain_gathering(token: Task) -> tuple[str, list[Said]]:
    """What an activity waits for that begins with several tokens (BPMN 2.0.2, table 10.3, `startQuantity`)."""
    step = token.task_spec
    count = {"element": step.element, "start": step.element.quantities.start, "count": len(_waiting_at(token))}
    sources = _coming(token, step.incoming)
    more = Said(texts.CAN_COME, {"sources": sources}) if sources else Said(texts.NOTHING_COMES)
    return "start_quantity", [Said(texts.GATHERS, count), more]


def _waiting_at(token: Task) -> list[Task]:
    """The tokens that wait at the step of `token`, in the order in which they came."""
    tokens = token.workflow.task_tree.children
    return [other for other in tokens if other.task_spec is token.task_spec and other.state == TaskState.WAITING]


def _incoming(step: Step) -> dict[str, Incoming]:
    specs, ids = step._wf_spec.task_specs, set(step.incoming)
    return {
        flow.id: Incoming(flow.id, specs[name].element)
        for name in dict.fromkeys(step.before)
        for flow in specs[name].flows
        if flow.id in ids
    }


def _never(token: Task, missing: dict[str, Incoming]) -> list[Said]:
    """The missing flows that no token can come on any more, if there are any."""
    reached = _reached(token)
    unreachable = tuple(flow for flow in missing.values() if flow.source.id not in reached)
    return [Said(texts.NEVER, {"unreachable": unreachable})] if unreachable else []


def _sources(token: Task, missing: Iterable[str]) -> list[Said]:
    """Where tokens stand that can still come on a missing flow, if there are any."""
    found = _coming(token, missing)
    return [Said(texts.STILL_COMES, {"sources": found})] if found else []


def _coming(token: Task, flows: Iterable[str]) -> tuple[Element, ...]:
    """The elements with tokens from which one of `flows` can be reached without passing the step of `token`."""
    names = upstream(token.task_spec, flows)
    steps = {other.task_spec.name: other.task_spec for other in token.workflow.task_tree.children}
    return tuple(step.element for name, step in steps.items() if name in names)


def _reached(token: Task) -> set[str]:
    """Ids of the elements where tokens stand or can still come, without passing the step of `token`."""
    step: Step = token.task_spec
    specs = step._wf_spec.task_specs
    front = [other.task_spec.name for other in token.workflow.task_tree.children]
    seen = {step.name}
    while front:
        name = front.pop()
        if name not in seen:
            seen.add(name)
            front += [*(flow.target for flow in specs[name].flows), *specs[name].boundary]
    return {specs[name].element.id for name in seen - {step.name}}
