"""Broken models and their mended neighbours for events: (code, element id, broken, mended)."""
# ruff: noqa: E501 - a model stays on one line, so that the table can be read

from tests.engine.bpmn.checks.standard.models import (
    DECLARED,
    MESSAGE,
    TASK,
    around,
    beside,
    boundary,
    catch,
    inner,
    on_task,
    sub,
    throw,
)
from tests.engine.bpmn.drawing import END, START, process

ERROR = '<errorEventDefinition errorRef="err"/>'
ESCALATION = '<escalationEventDefinition escalationRef="esc"/>'
SIGNAL = '<signalEventDefinition signalRef="sig"/>'
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
CONDITION = "<conditionalEventDefinition><condition>ok</condition></conditionalEventDefinition>"
CANCEL, TERMINATE = "<cancelEventDefinition/>", "<terminateEventDefinition/>"
COMPENSATE = "<compensateEventDefinition/>"
LINK = '<linkEventDefinition name="go"/>'
UNDO = '<task id="undo" isForCompensation="true"/>'
JOINED = '<association id="as" sourceRef="b" targetRef="undo"/>'


def started(definition: str, inside: str = "") -> bytes:
    """A process whose start event `s` has a definition."""
    return process(f'<startEvent id="s">{definition}</startEvent>', TASK, inside, END, declared=DECLARED)


def ended(definition: str) -> bytes:
    return process(START, TASK, f'<endEvent id="e">{definition}</endEvent>', declared=DECLARED)


def on_path(event: str) -> bytes:
    return around(event, declared=DECLARED)


def in_sub(definition: str, attributes: str = "") -> bytes:
    """An ordinary sub-process whose start event `s1` has a definition."""
    return around(sub(inner(f'<startEvent id="s1" {attributes}>{definition}</startEvent>')), declared=DECLARED)


def in_event_sub(definition: str, attributes: str = "") -> bytes:
    """An event sub-process whose start event `s1` has a definition."""
    start = f'<startEvent id="s1" {attributes}>{definition}</startEvent>'
    return beside(sub(inner(start), attributes='triggeredByEvent="true"'), declared=DECLARED)


def in_transaction(end: str, host: str = "x") -> bytes:
    """A transaction with an end event, and a cancel event on `host`."""
    steps = (sub(inner(end=end), "transaction"), boundary(CANCEL, host=host), '<endEvent id="e2"/>')
    return process(START, TASK, *steps, END, ways="s>t t>x x>e b>e2", declared=DECLARED)


CANCELLED = '<endEvent id="e1"><cancelEventDefinition/></endEvent>'

PLACES = [
    ("bpmn.event_place", "s", started(ERROR), started(MESSAGE)),
    ("bpmn.event_place", "s", started(ESCALATION), started(TIMER)),
    ("bpmn.event_place", "s", started(COMPENSATE), started(SIGNAL + CONDITION)),
    ("bpmn.event_place", "s1", in_sub(MESSAGE), in_sub("")),
    ("bpmn.event_place", "s1", in_event_sub(""), in_event_sub(ESCALATION, 'isInterrupting="false"')),
    ("bpmn.event_place", "s1", in_event_sub(CANCEL), in_event_sub(ERROR)),
    ("bpmn.event_place", "x", on_path(catch("x", "")), on_path(catch("x", SIGNAL))),
    ("bpmn.event_place", "x", on_path(catch("x", ERROR)), on_path(catch("x", CONDITION))),
    ("bpmn.event_place", "x", on_path(catch("x", COMPENSATE)), on_path(catch("x", TIMER))),
    ("bpmn.event_place", "x", on_path(throw("x", TIMER)), on_path(throw("x", ""))),
    ("bpmn.event_place", "x", on_path(throw("x", ERROR)), on_path(throw("x", ESCALATION))),
    ("bpmn.event_place", "x", on_path(throw("x", TERMINATE)), on_path(throw("x", MESSAGE + SIGNAL))),
    ("bpmn.event_place", "b", on_task(boundary("")), on_task(boundary(MESSAGE))),
    ("bpmn.event_place", "b", on_task(boundary(LINK)), on_task(boundary(ESCALATION, 'cancelActivity="false"'))),
    ("bpmn.event_place", "e", ended(TIMER), ended(TERMINATE)),
    ("bpmn.event_place", "e", ended(LINK), ended(ERROR)),
    ("bpmn.event_place", "e", ended(CONDITION), ended(COMPENSATE)),
]  # fmt: skip

KINDS = [
    ("bpmn.event_interrupts", "s1", in_event_sub(ERROR, 'isInterrupting="false"'), in_event_sub(ERROR)),
    ("bpmn.event_interrupts", "b", in_transaction(CANCELLED).replace(b'attachedToRef="x"', b'attachedToRef="x" cancelActivity="false"'), in_transaction(CANCELLED)),
    ("bpmn.cancel_place", "e", ended(CANCEL), in_transaction(CANCELLED)),
    ("bpmn.cancel_place", "b", in_transaction(CANCELLED, host="t"), in_transaction(CANCELLED)),
    ("bpmn.boundary_host", "b", beside(sub(inner(f'<startEvent id="s1">{MESSAGE}</startEvent>'), attributes='triggeredByEvent="true"'), boundary(TIMER, host="x"), ways="b>e", declared=DECLARED), around(sub(inner()).replace("</subProcess>", "</subProcess>" + boundary(TIMER, host="x")) + '<endEvent id="e2"/><sequenceFlow id="f" sourceRef="b" targetRef="e2"/>')),
    ("bpmn.event_no_way_in", "y", beside(throw("y", ""), ways="y>e"), beside(throw("y", ""), ways="t>y y>e")),
    ("bpmn.event_no_way_in", "e2", beside('<endEvent id="e2"/>'), beside('<endEvent id="e2"/>', ways="t>e2")),
    ("bpmn.event_no_way_out", "y", beside(catch("y", TIMER), ways="t>y"), beside(catch("y", TIMER), ways="t>y y>e")),
    ("bpmn.event_no_way_out", "b", on_task(boundary(TIMER), ways=""), on_task(boundary(TIMER))),
    ("bpmn.event_no_way_out", "s2", beside('<startEvent id="s2"/>', attributes='isExecutable="false"'), beside('<startEvent id="s2"/>', ways="s2>t", attributes='isExecutable="false"')),
    ("bpmn.link_no_target", "y", beside(throw("y", LINK), ways="t>y"), beside(throw("y", LINK), catch("z", LINK), ways="t>y z>e")),
    ("bpmn.link_no_target", "y", beside(throw("y", LINK), sub(catch("z", LINK) + '<task id="t2"/><sequenceFlow id="f" sourceRef="z" targetRef="t2"/>'), ways="t>y t>x x>e"), beside(throw("y", LINK), catch("z", LINK), ways="t>y z>e")),
    ("bpmn.link_no_source", "z", beside(catch("z", LINK), ways="z>e"), beside(throw("y", LINK), catch("z", LINK), ways="t>y z>e")),
    ("bpmn.link_twice", "a", beside(throw("y", LINK), catch("z", LINK), catch("a", LINK), ways="t>y z>e a>e"), beside(throw("y", LINK), throw("a", LINK), catch("z", LINK), ways="t>y t>a z>e")),
]  # fmt: skip

COMPENSATION = [
    ("bpmn.compensation_activity", "b", on_task(boundary(COMPENSATE), UNDO, ways=""), on_task(boundary(COMPENSATE), UNDO, JOINED, ways="")),
    ("bpmn.compensation_activity", "b", on_task(boundary(COMPENSATE), '<task id="undo"/>', JOINED, ways="t>undo undo>e"), on_task(boundary(COMPENSATE), UNDO, JOINED, ways="")),
    ("bpmn.compensation_twice", "b2", on_task(boundary(COMPENSATE), '<boundaryEvent id="b2" attachedToRef="t"><compensateEventDefinition/></boundaryEvent>', UNDO, JOINED, JOINED.replace('"b"', '"b2"').replace('"as"', '"as2"'), ways=""), on_task(boundary(COMPENSATE), UNDO, JOINED, ways="")),
    ("bpmn.compensation_target", "y", on_task(boundary(COMPENSATE), UNDO, '<task id="a"/>', throw("y", '<compensateEventDefinition activityRef="a"/>'), JOINED, ways="t>a a>y y>e"), on_task(boundary(COMPENSATE), UNDO, throw("y", '<compensateEventDefinition activityRef="t"/>'), JOINED, ways="t>y y>e")),
]  # fmt: skip

PLANTED = [*PLACES, *KINDS, *COMPENSATION]
