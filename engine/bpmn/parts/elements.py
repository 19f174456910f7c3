"""Puts the parts of a flow element together."""

from lxml import etree

from engine.bpmn import scripts
from engine.bpmn.elements import NONE, Choice, Compensation, Container, Element, Flow, Gate, Quantities, is_count
from engine.bpmn.parts import texts
from engine.bpmn.parts.calls import call
from engine.bpmn.parts.declared import Declared
from engine.bpmn.parts.events import events, interrupts, message
from engine.bpmn.parts.loops import loop
from engine.bpmn.parts.mappings import mappings, reasons_of
from engine.bpmn.parts.people import assignee, candidate_groups, candidate_users, form, without_people
from engine.bpmn.parts.source import Source
from engine.bpmn.parts.variables import own_variables
from engine.bpmn.parts.work import work
from engine.bpmn.xml import bpmn, local, text_of
from engine.errors import FeelSyntaxError
from engine.problems import Severity


def read_element(xml: etree._Element, declared: Declared, lane: str = "", parent: str = "") -> Element:
    """The Element that `xml` describes in a file that declares `declared`."""
    source = Source(xml, declared)
    properties = _properties(source)
    inputs, outputs = mappings(source)
    called = call(source, inputs, outputs)
    done, found, repeated = work(source), events(source), loop(source, properties)
    own = {name: "=null" for name in own_variables(source) if repeated is None or name != repeated.item}
    return Element(
        id=source.id,
        name=" ".join(source.get("name").split()),
        tag=source.tag,
        lane=lane,
        properties=properties,
        documentation=source.text("documentation"),
        form=form(source),
        assignee=assignee(source, inputs),
        candidate_groups=candidate_groups(source, inputs),
        candidate_users=candidate_users(source, inputs),
        due=source.vendor.get("dueDate") or source.zeebe("taskSchedule", "dueDate"),
        follow_up=source.vendor.get("followUpDate") or source.zeebe("taskSchedule", "followUpDate"),
        priority=source.vendor.get("priority") or source.zeebe("priorityDefinition", "priority"),
        topic=done.topic,
        retries=done.retries,
        inputs={**own, **without_people(source, called.inputs or {})},
        outputs={**dict(done.outputs), **(called.outputs or {})},
        decision=source.vendor.get("decisionRef")
        or source.zeebe("calledDecision", "decisionId")
        or source.spiff("calledDecisionId"),
        result=done.result,
        map_result=source.vendor.get("mapDecisionResult", ""),
        script=done.script,
        script_format=done.script_format,
        message=message(source),
        called=called.called,
        called_binding=called.binding,
        called_version=called.version,
        called_business_key=called.business_key,
        call_in=called.into,
        call_out=called.out,
        loop=repeated,
        event=found[0] if found else NONE,
        events=found,
        parallel_multiple=source.get("parallelMultiple") == "true",
        interrupting=interrupts(source),
        attached_to=source.get("attachedToRef"),
        default=source.get("default"),
        instantiate=source.get("instantiate") == "true",
        compensation=Compensation(
            source.get("isForCompensation") == "true", source.declared.handlers.get(source.id, "")
        ),
        container=_container(source),
        gate=Gate(source.text("activationCondition"), source.get("eventGatewayType") or "Exclusive"),
        quantities=Quantities(*(_quantity(source.get(name)) for name in ("startQuantity", "completionQuantity"))),
        parent=parent,
        choices=tuple(source.choices),
    )


def read_properties(xml: etree._Element) -> dict[str, str]:
    """The extension properties of any element: name → value."""
    return _properties(Source(xml, Declared()))


def read_flow(xml: etree._Element) -> Flow:
    """The sequence flow that `xml` describes, its condition in FEEL or JUEL."""
    expression = xml.find(bpmn("conditionExpression"))
    condition, choices = _condition(expression) if expression is not None else ("", ())
    return Flow(
        id=xml.get("id", ""),
        source=xml.get("sourceRef", ""),
        target=xml.get("targetRef", ""),
        condition=condition,
        name=xml.get("name", ""),
        choices=choices,
    )


def _properties(source: Source) -> dict[str, str]:
    found: dict[str, str] = {}
    for holder in source.extensions:
        if local(holder) in {"properties", "taskHeaders"}:
            items = list(holder.iterchildren(etree.Element))
            found |= {item.get("name") or item.get("key", ""): item.get("value", "") for item in items}
    return found


def _condition(expression: etree._Element) -> tuple[str, tuple[Choice, ...]]:
    text, language = text_of(expression), expression.get("language", "")
    if not text or scripts.is_default(language) or text.startswith(("${", "#{", "=")):
        return text, ()
    try:
        return scripts.value(text, language), ()
    except FeelSyntaxError as error:
        params = {"language": language, **reasons_of(error)}
        return text, (Choice(texts.CONDITION_LANGUAGE, Severity.ERROR, params),)


def _container(source: Source) -> Container:
    return Container(
        source.get("triggeredByEvent") == "true",
        source.get("ordering") or "Parallel",
        source.text("completionCondition"),
        source.get("cancelRemainingInstances") != "false",
    )


def _quantity(text: str) -> int:
    return int(text) if is_count(text) else 1
