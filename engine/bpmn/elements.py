"""What a flow element of a diagram says, whichever vendor's attributes say it: plain, frozen, collected on reading.

`engine.bpmn.parts` fills them in. Texts of expressions are kept as written; who evaluates them unwraps `${…}` and `=`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.xml import local
from engine.problems import Severity


@dataclass(frozen=True)
class Event:
    """An event definition: its kind, the name or code it refers to, and the text of a timer or condition."""

    kind: str  # none, or the definition's tag without its ending: message, timer, signal, error, escalation, link …
    #: name of a message, signal or link; code of an error or escalation
    name: str = ""
    text: str = ""
    timer: str = ""  # duration, date or cycle
    #: compensation: id of the activity to be compensated, empty for all of the scope (10.5.5, `activityRef`)
    activity: str = ""
    #: compensation: whether the throwing event waits until it is done
    waits: bool = True
    #: variables that get the code and the message of a caught error or escalation
    code_variable: str = ""
    message_variable: str = ""


NONE = Event("none")


@dataclass(frozen=True)
class Loop:
    """Multi-instance (BPMN 2.0.2, 13.3.7) or standard loop characteristics (13.3.6); expressions as FEEL text."""

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
    #: `None`, `One`, `All` or `Complex`: at which completions of items an event is thrown (table 10.29)
    behavior: str = "All"
    #: thrown each time with `None`, and with `One` at the first; a signal without a name where nothing is said
    none_event: Event = NONE
    one_event: Event = NONE
    #: `Complex`: (condition, event thrown when it holds)
    complex: tuple[tuple[str, Event], ...] = ()


@dataclass(frozen=True)
class Compensation:
    """How an element takes part in compensation (10.7)."""

    #: whether it is an activity that only compensation runs
    is_handler: bool = False
    #: compensation boundary event: id of the activity that its association leads to
    handler: str = ""


@dataclass(frozen=True)
class Container:
    """What a sub-process says beyond its steps (10.3.5, tables 10.20 to 10.22)."""

    triggered_by_event: bool = False
    #: ad-hoc: `Parallel` or `Sequential`
    ordering: str = "Parallel"
    #: ad-hoc: ends the sub-process when it holds
    completion_condition: str = ""
    cancel_remaining: bool = True


@dataclass(frozen=True)
class Gate:
    """What only some gateways say."""

    #: complex gateway: the condition under which a waiting join goes on (10.6.5)
    activation_condition: str = ""
    #: event-based gateway: `Exclusive` or `Parallel` (10.6.6)
    event_type: str = "Exclusive"


@dataclass(frozen=True)
class Quantities:
    """Tokens an activity waits for and gives (table 10.3)."""

    start: int = 1
    completion: int = 1


@dataclass(frozen=True)
class Choice:
    """A meaning chosen while reading, or why there is none: a problem of the element without its place."""

    code: str
    severity: Severity = Severity.NOTE
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Flow:
    """A sequence flow."""

    id: str
    source: str
    target: str
    condition: str = ""
    name: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Element:
    """One flow element."""

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
    #: `latest` (also where nothing is said), `deployment`, `version` or `versionTag`, the last two with a value
    called_binding: str = ""
    called_version: str = ""
    #: expression or text for the business key of a called process
    called_business_key: str = ""
    call_in: tuple[tuple[str, str], ...] = ()
    call_out: tuple[tuple[str, str], ...] = ()
    loop: Loop | None = None
    #: the first of its event definitions
    event: Event = NONE
    #: all of them, for multiple events
    events: tuple[Event, ...] = ()
    #: multiple events: whether all definitions must happen (10.5.4, `parallelMultiple`)
    parallel_multiple: bool = False
    #: boundary events (`cancelActivity`) and start events of event sub-processes (`isInterrupting`)
    interrupting: bool = True
    attached_to: str = ""
    default: str = ""
    #: receive task or event-based gateway that begins an instance
    instantiate: bool = False
    compensation: Compensation = Compensation()
    container: Container = Container()
    gate: Gate = Gate()
    quantities: Quantities = Quantities()
    #: id of the process or sub-process that it stands in
    parent: str = ""
    #: what was chosen while it was read
    choices: tuple[Choice, ...] = ()

    def named(self, language: str) -> str:
        """The name in `language`, from the property `name:<language>`, else the BPMN name, else the id."""
        return self.properties.get(f"name:{language[:2]}") or self.name or self.id


def is_count(text: str) -> bool:
    """Whether `text` is a whole number of plain digits, short enough to be one."""
    return text.isascii() and text.isdecimal() and len(text) < 10


def event_nodes(xml: etree._Element) -> list[etree._Element]:
    """The event definitions inside an event."""
    return [child for child in xml if isinstance(child.tag, str) and local(child).endswith("EventDefinition")]
