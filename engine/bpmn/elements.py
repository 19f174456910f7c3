"""What a flow element of a diagram says, collected from standard BPMN and from the vendors' attributes.

`camunda:` (platform 7) is what we write; `zeebe:` (Camunda 8), SpiffWorkflow's and standard `potentialOwner` are read
as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.xml import CAMUNDA, SPIFF, ZEEBE, bpmn, children, local, text_of

EVENT_SUFFIX = "EventDefinition"


@dataclass(frozen=True)
class Loop:
    """Multi-instance (BPMN 2.0.2, 13.3.6) or standard loop characteristics; expressions as FEEL text."""

    kind: str  # parallel, sequential or standard
    collection: str = ""
    item: str = ""
    cardinality: str = ""
    condition: str = ""
    #: list variable of the outer scope that gets each item's result, in item order
    collect: str = ""
    #: FEEL text evaluated in the item's scope when the item ends
    item_result: str = ""
    maximum: int | None = None
    test_before: bool = False


@dataclass(frozen=True)
class Event:
    """An event definition: its kind, the name or code it refers to, and the text of a timer or condition."""

    kind: str  # none, message, signal, error, escalation, conditional, terminate, timer, or one we do not run
    name: str = ""
    text: str = ""
    timer: str = ""  # duration, date or cycle


@dataclass(frozen=True)
class Flow:
    """A sequence flow."""

    id: str
    source: str
    target: str
    condition: str = ""
    name: str = ""


@dataclass(frozen=True)
class Element:
    """One flow element. Texts of expressions are kept as written; who evaluates them unwraps `${…}` and `=`."""

    id: str
    name: str
    tag: str
    lane: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    documentation: str = ""
    form: str = ""
    assignee: str = ""
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    due: str = ""
    follow_up: str = ""
    priority: str = ""
    topic: str = ""
    retries: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    decision: str = ""
    result: str = ""
    map_result: str = ""
    script: str = ""
    script_format: str = ""
    message: str = ""
    called: str = ""
    call_in: tuple[tuple[str, str], ...] = ()
    call_out: tuple[tuple[str, str], ...] = ()
    loop: Loop | None = None
    event: Event = Event("none")
    interrupting: bool = True
    attached_to: str = ""
    default: str = ""
    #: id of the process or sub-process that it stands in
    parent: str = ""

    def named(self, language: str) -> str:
        """The name in `language`, from the property `name:<language>`, else the BPMN name, else the id."""
        return self.properties.get(f"name:{language[:2]}") or self.name or self.id


def read_element(node: etree._Element, references: Mapping[str, str], lane: str, parent: str) -> Element:
    """The Element that `node` describes; `references`: id → name or code of messages, signals, errors, escalations."""
    vendor = _attributes(node)
    mapping = _mappings(node)
    return Element(
        id=node.get("id", ""),
        name=" ".join(node.get("name", "").split()),
        tag=local(node),
        lane=lane,
        properties=_properties(node),
        documentation=text_of(node.find(bpmn("documentation"))),
        form=vendor.get("formRef") or _form_key(node, vendor),
        assignee=vendor.get("assignee") or _zeebe(node, "assignmentDefinition", "assignee"),
        candidate_groups=_groups(node, vendor),
        candidate_users=_listed(vendor.get("candidateUsers", "")),
        due=vendor.get("dueDate") or _zeebe(node, "taskSchedule", "dueDate"),
        follow_up=vendor.get("followUpDate") or _zeebe(node, "taskSchedule", "followUpDate"),
        priority=vendor.get("priority") or _zeebe(node, "priorityDefinition", "priority"),
        topic=_topic(node, vendor),
        retries=_text(node, CAMUNDA, "failedJobRetryTimeCycle"),
        inputs=mapping["inputParameter"],
        outputs=mapping["outputParameter"],
        decision=vendor.get("decisionRef")
        or _zeebe(node, "calledDecision", "decisionId")
        or _text(node, SPIFF, "calledDecisionId"),
        result=vendor.get("resultVariable")
        or _zeebe(node, "calledDecision", "resultVariable")
        or _zeebe(node, "script", "resultVariable"),
        map_result=vendor.get("mapDecisionResult", ""),
        script=text_of(node.find(bpmn("script"))) or _zeebe(node, "script", "expression"),
        script_format=node.get("scriptFormat", ""),
        message=references.get(node.get("messageRef", ""), ""),
        called=node.get("calledElement", "") or _zeebe(node, "calledElement", "processId"),
        call_in=_calls(node, "in"),
        call_out=_calls(node, "out"),
        loop=_loop(node),
        event=_event(node, references),
        interrupting=node.get("cancelActivity", "true") != "false",
        attached_to=node.get("attachedToRef", ""),
        default=node.get("default", ""),
        parent=parent,
    )


def is_count(text: str) -> bool:
    """Whether `text` is a whole number of plain digits, short enough to be one."""
    return text.isascii() and text.isdecimal() and len(text) < 10


def extension_attributes(node: etree._Element) -> dict[str, str]:
    """The `camunda:` attributes of `node`, by local name."""
    return _attributes(node)


def event_nodes(node: etree._Element) -> list[etree._Element]:
    """The event definitions inside an event."""
    return [child for child in node if isinstance(child.tag, str) and local(child).endswith(EVENT_SUFFIX)]


def _attributes(node: etree._Element) -> dict[str, str]:
    prefix = f"{{{CAMUNDA}}}"
    return {str(key)[len(prefix) :]: str(value) for key, value in node.attrib.items() if str(key).startswith(prefix)}


def _extensions(node: etree._Element) -> list[etree._Element]:
    holders = children(node, "extensionElements")
    return [child for holder in holders for child in holder if isinstance(child.tag, str)]


def _zeebe(node: etree._Element, tag: str, attribute: str) -> str:
    found = next((child for child in _extensions(node) if child.tag == f"{{{ZEEBE}}}{tag}"), None)
    return found.get(attribute, "") if found is not None else ""


def _text(node: etree._Element, namespace: str, tag: str) -> str:
    return text_of(next((child for child in _extensions(node) if child.tag == f"{{{namespace}}}{tag}"), None))


def _properties(node: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for holder in _extensions(node):
        if local(holder) == "properties":
            found |= {item.get("name", ""): item.get("value", "") for item in holder if isinstance(item.tag, str)}
    return found


def _form_key(node: etree._Element, vendor: Mapping[str, str]) -> str:
    zeebe = _zeebe(node, "formDefinition", "formId") or _zeebe(node, "formDefinition", "formKey")
    return vendor.get("formKey") or zeebe


def _listed(text: str) -> tuple[str, ...]:
    if text.lstrip().startswith(("${", "#{", "=")):
        return (text.strip(),)
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _groups(node: etree._Element, vendor: Mapping[str, str]) -> tuple[str, ...]:
    text = vendor.get("candidateGroups") or _zeebe(node, "assignmentDefinition", "candidateGroups")
    if text:
        return _listed(text)
    owners = [text_of(owner) for owner in children(node, "potentialOwner")]
    names = [owner.removeprefix("group(").removesuffix(")") for owner in owners]
    return tuple(name for name in names if name)


def _topic(node: etree._Element, vendor: Mapping[str, str]) -> str:
    if vendor.get("type") == "external":
        return vendor.get("topic", "")
    event = next(iter(event_nodes(node)), None)
    if event is not None and _attributes(event).get("type") == "external":
        return _attributes(event).get("topic", "")
    return _zeebe(node, "taskDefinition", "type")


def _mappings(node: etree._Element) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"inputParameter": {}, "outputParameter": {}}
    for holder in _extensions(node):
        for item in holder if local(holder) in {"inputOutput", "ioMapping"} else ():
            if not isinstance(item.tag, str):
                continue
            if local(item) in found:
                found[local(item)][item.get("name", "")] = text_of(item)
            elif local(item) in {"input", "output"}:
                found[local(item) + "Parameter"][item.get("target", "")] = item.get("source", "")
    return found


def _calls(node: etree._Element, direction: str) -> tuple[tuple[str, str], ...]:
    """`camunda:in` or `camunda:out` as (FEEL text or variable, target); ("*", "*") stands for all variables."""
    pairs = []
    for item in _extensions(node):
        if item.tag == f"{{{CAMUNDA}}}{direction}":
            if item.get("variables") == "all":
                pairs.append(("*", "*"))
            elif item.get("target"):
                pairs.append((item.get("sourceExpression") or item.get("source") or "", item.get("target") or ""))
    return tuple(pairs)


def _loop(node: etree._Element) -> Loop | None:
    standard = node.find(bpmn("standardLoopCharacteristics"))
    if standard is not None:
        maximum = standard.get("loopMaximum")
        return Loop(
            "standard",
            condition=text_of(standard.find(bpmn("loopCondition"))),
            maximum=int(maximum) if maximum and is_count(maximum) else None,
            test_before=standard.get("testBefore") == "true",
        )
    multiple = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if multiple is None:
        return None
    vendor, properties = _attributes(multiple), _properties(node)
    item = multiple.find(bpmn("inputDataItem"))
    return Loop(
        "sequential" if multiple.get("isSequential") == "true" else "parallel",
        collection=vendor.get("collection")
        or _zeebe(multiple, "loopCharacteristics", "inputCollection")
        or text_of(multiple.find(bpmn("loopDataInputRef"))),
        item=vendor.get("elementVariable")
        or _zeebe(multiple, "loopCharacteristics", "inputElement")
        or (item.get("name", "") or item.get("id", "") if item is not None else ""),
        cardinality=text_of(multiple.find(bpmn("loopCardinality"))),
        condition=text_of(multiple.find(bpmn("completionCondition"))),
        collect=properties.get("collect") or _zeebe(multiple, "loopCharacteristics", "outputCollection"),
        item_result=properties.get("item_result") or _zeebe(multiple, "loopCharacteristics", "outputElement"),
    )


def _event(node: etree._Element, references: Mapping[str, str]) -> Event:
    found = event_nodes(node)
    if not found:
        return Event("none")
    definition = found[0]
    kind = local(definition).removesuffix(EVENT_SUFFIX)
    if kind == "timer":
        for tag, timer in (("timeDuration", "duration"), ("timeDate", "date"), ("timeCycle", "cycle")):
            text = definition.find(bpmn(tag))
            if text is not None:
                return Event(kind, text=text_of(text), timer=timer)
        return Event(kind)
    if kind == "conditional":
        return Event(kind, text=text_of(definition.find(bpmn("condition"))))
    return Event(kind, name=references.get(definition.get(f"{kind}Ref", ""), ""))
