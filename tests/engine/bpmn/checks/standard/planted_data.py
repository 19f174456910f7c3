"""Broken models and their mended neighbours for data, references and pools: (code, element id, broken, mended)."""
# ruff: noqa: E501 - a model stays on one line, so that the table can be read

from tests.engine.bpmn.checks.standard.models import (
    DECLARED,
    ITEMS,
    MESSAGE,
    POOLS,
    TASK,
    around,
    beside,
    catch,
    data,
    sub,
    task,
    throw,
)
from tests.engine.bpmn.drawing import END, START, process

IN, OUT = "<dataInputRefs>in</dataInputRefs>", "<dataOutputRefs>out</dataOutputRefs>"
SETS = f"<inputSet>{IN}</inputSet><outputSet/>"
OBJECT = '<dataObject id="do"/><dataObjectReference id="ref" dataObjectRef="do"/>'


def with_data(inputs: str = "", outputs: str = "", sets: str = SETS, more: str = "") -> bytes:
    """A task `x` with an input and output specification."""
    return around(task(data(inputs, outputs, sets) + more) + OBJECT, declared=ITEMS)


def typed(kind: str, more: str = "", item: str = "text") -> str:
    return f'<{kind} id="d" itemSubjectRef="{item}" {more}/>'


def joined(source: str, target: str, inside: str = "", direction: str = "Input") -> str:
    sources = "".join(f"<sourceRef>{each}</sourceRef>" for each in source.split())
    return f'<data{direction}Association id="da">{sources}<targetRef>{target}</targetRef>{inside}</data{direction}Association>'


def typed_task(item: str, inside: str = "") -> bytes:
    """A task whose input `in` comes from a text."""
    specification = data("in", sets=SETS).replace('"in"/>', f'"in" itemSubjectRef="{item}"/>')
    return around(task(specification + joined("d", "in", inside)) + typed("dataObject"), declared=ITEMS)


def receiving(item: str, messages: int = 1) -> bytes:
    output = f'<dataOutput id="d" itemSubjectRef="{item}"/>' * messages
    return around(catch("x", output + MESSAGE), declared=ITEMS)


def serving(inputs: str, item: str = "") -> bytes:
    """A service task with an operation that takes a text."""
    interface = (
        '<interface id="i" name="i"><operation id="o" name="o"><inMessageRef>m</inMessageRef></operation></interface>'
    )
    sets = SETS if inputs else "<inputSet/><outputSet/>"
    specification = data(inputs, sets=sets).replace('"in"/>', f'"in" itemSubjectRef="{item}"/>' if item else '"in"/>')
    return around(task(specification, "serviceTask", 'operationRef="o"'), declared=ITEMS + interface)


PROCESS_DATA = data(
    "pin",
    "pout",
    "<inputSet><dataInputRefs>pin</dataInputRefs></inputSet><outputSet><dataOutputRefs>pout</dataOutputRefs></outputSet>",
)
PAIR = "<inputSet id='is'>{}</inputSet><outputSet id='os'>{}</outputSet>"

DATA = [
    ("bpmn.data_not_collected", "in", with_data("in", sets="<inputSet/><outputSet/>"), with_data("in")),
    ("bpmn.data_not_collected", "out", with_data("in", "out"), with_data("in", "out", f"<inputSet>{IN}</inputSet><outputSet>{OUT}</outputSet>")),
    ("bpmn.data_set_foreign", "x", around(task(data(sets=SETS)), declared="").replace(b"<startEvent", data("in", sets=SETS).encode() + b"<startEvent"), with_data("in")),
    ("bpmn.data_not_listed", "is", with_data("in other", sets='<inputSet id="is"><dataInputRefs>other</dataInputRefs><optionalInputRefs>in</optionalInputRefs></inputSet><inputSet><dataInputRefs>in</dataInputRefs></inputSet><outputSet/>'), with_data("in", sets=f'<inputSet id="is">{IN}<optionalInputRefs>in</optionalInputRefs></inputSet><outputSet/>')),
    ("bpmn.data_set_partner", "is", with_data(sets=PAIR.format("<outputSetRefs>os</outputSetRefs>", "")), with_data(sets=PAIR.format("<outputSetRefs>os</outputSetRefs>", "<inputSetRefs>is</inputSetRefs>"))),
    ("bpmn.data_collection", "d", beside(typed("dataObject", item="texts"), declared=ITEMS), beside(typed("dataObject", 'isCollection="true"', "texts"), declared=ITEMS)),
    ("bpmn.data_association_end", "da", with_data("in", more=joined("do", "ref")), with_data("in", more=joined("ref", "in"))),
    ("bpmn.data_not_seen", "da", beside(task(data("in", sets=SETS) + joined("deep", "in")), sub('<startEvent id="s1"/><endEvent id="e1"/><dataObject id="deep"/><sequenceFlow id="f" sourceRef="s1" targetRef="e1"/>').replace('"x"', '"y"'), ways="t>x x>e t>y y>e"), with_data("in", more=joined("do", "in"))),
    ("bpmn.data_wrong_way", "da", process(PROCESS_DATA, START, task(data("in", sets=SETS) + joined("pout", "in")), END, ways="s>x x>e"), process(PROCESS_DATA, START, task(data("in", sets=SETS) + joined("pin", "in")), END, ways="s>x x>e")),
    ("bpmn.data_several_sources", "da", with_data("in", more=joined("do ref", "in")), with_data("in", more=joined("do ref", "in", "<transformation>a</transformation>"))),
    ("bpmn.data_other_item", "da", typed_task("number"), typed_task("text")),
    ("bpmn.data_other_item", "da", typed_task("number"), typed_task("number", "<transformation>a</transformation>")),
    ("bpmn.event_data", "x", around(catch("x", f'<dataOutput id="d1"/><dataOutput id="d2"/>{MESSAGE}'), declared=ITEMS), receiving("text")),
    ("bpmn.event_item", "d", receiving("number"), receiving("text")),
    ("bpmn.message_data", "x", serving(""), serving("in")),
    ("bpmn.message_item", "x", serving("in", "number"), serving("in", "text")),
]  # fmt: skip


def pools(flow: str, *more: str, ways: str = "") -> bytes:
    """A process in one of two pools, and message flows between them."""
    return beside(*more, ways=ways, declared=DECLARED + POOLS.format(flow))


def flow(source: str, target: str) -> str:
    return f'<messageFlow id="mf" sourceRef="{source}" targetRef="{target}"/>'


def divided(node: str) -> bytes:
    """Two lanes, of which the second holds `node`; `t9` stands in another process."""
    other = '<process id="p2" isExecutable="false"><task id="t9"/></process>'
    return process(LANES.format(node), START, TASK, END, declared=other)


LANES = '<laneSet id="ls"><lane id="l1"><flowNodeRef>t</flowNodeRef></lane><lane id="l2"><flowNodeRef>{}</flowNodeRef></lane></laneSet>'
LINKED = '<collaboration id="c"><participant id="one"/><participant id="two"/><conversation id="talk"/><conversationLink id="cl" sourceRef="one" targetRef="{}"/></collaboration>'
CHOREOGRAPHY = '<choreography id="c"><participant id="one"/><participant id="two"/><participant id="third"/><messageFlow id="mf" sourceRef="one" targetRef="two"/><choreographyTask id="ct" initiatingParticipantRef="{}"><participantRef>one</participantRef><participantRef>two</participantRef><messageFlowRef>mf</messageFlowRef></choreographyTask></choreography>'
MANY = '<collaboration id="c"><participant id="one"><participantMultiplicity id="pm" minimum="{}" maximum="{}"/></participant></collaboration>'

COLLABORATION = [
    ("bpmn.message_flow_source", "mf", pools(flow("e", "two")), pools(flow("y", "two"), throw("y", MESSAGE), ways="t>y y>e")),
    ("bpmn.message_flow_source", "mf", pools(flow("y", "two"), catch("y"), ways="t>y y>e"), pools(flow("t", "two"))),
    ("bpmn.message_flow_target", "mf", pools(flow("two", "s")), pools(flow("two", "y"), catch("y"), ways="t>y y>e")),
    ("bpmn.message_flow_same_pool", "mf", pools(flow("t", "a"), '<task id="a"/>', ways="t>a a>e"), pools(flow("t", "two"))),
    ("bpmn.message_flow_same_pool", "mf", pools(flow("one", "t")), pools(flow("two", "t"))),
    ("bpmn.multiplicity", "pm", beside(declared=MANY.format(3, 2)), beside(declared=MANY.format(2, 3))),
    ("bpmn.multiplicity", "pm", beside(declared=MANY.format(0, 0)), beside(declared=MANY.format(0, 1))),
    ("bpmn.lane_twice", "l2", divided("t"), divided("s")),
    ("bpmn.lane_process", "l2", divided("t9"), divided("e")),
    ("bpmn.conversation_link", "cl", beside(declared=LINKED.format("two")), beside(declared=LINKED.format("talk"))),
    ("bpmn.initiator", "ct", beside(declared=CHOREOGRAPHY.format("third")), beside(declared=CHOREOGRAPHY.format("one"))),
    ("bpmn.choreography_task", "ct", beside(declared=CHOREOGRAPHY.format("one").replace("<messageFlowRef>", "<participantRef>third</participantRef><messageFlowRef>")), beside(declared=CHOREOGRAPHY.format("one"))),
]  # fmt: skip

INNER = '<intermediateCatchEvent id="y"><signalEventDefinition id="d" signalRef="sig"/></intermediateCatchEvent>'
REFERRING = '<endEvent id="e2"><eventDefinitionRef>{}</eventDefinitionRef></endEvent>'
TOP = '<signalEventDefinition id="top" signalRef="sig"/>'

REFERENCES = [
    ("bpmn.reference_missing", "do", beside('<dataObject id="do" itemSubjectRef="gone"/>'), beside('<dataObject id="do" itemSubjectRef="text"/>', declared=ITEMS)),
    ("bpmn.reference_missing", "ref", beside('<dataObjectReference id="ref" dataObjectRef="gone"/>'), beside(OBJECT)),
    ("bpmn.reference_missing", "mf", pools(flow("t", "gone")), pools(flow("t", "two"))),
    ("bpmn.reference_missing", "t", process(START, '<task id="t"><incoming>gone</incoming></task>', END), beside()),
    ("bpmn.reference_missing", "x", around('<callActivity id="x" calledElement="own:gone"/>').replace(b'id="defs"', b'id="defs" xmlns:own="t"'), around('<callActivity id="x" calledElement="gone"/>')),
    ("bpmn.reference_missing", "one", beside(declared=POOLS.format("").replace('"p"', '"gone"')), pools("")),
    ("bpmn.reference_missing", "f", beside(declared='<choreography id="c"><startEvent id="cs"/><sequenceFlow id="f" sourceRef="cs" targetRef="gone"/></choreography>'), beside()),
    ("bpmn.reference_missing", "rel", beside().replace(b"</definitions>", b'<relationship id="rel" type="a"><source>t</source><target>gone</target></relationship></definitions>'), beside().replace(b"</definitions>", b'<relationship id="rel" type="a"><source>t</source><target>e</target></relationship></definitions>')),
    ("bpmn.reference_kind", "x", around('<receiveTask id="x" messageRef="s"/>'), around('<receiveTask id="x" messageRef="m"/>', declared=DECLARED)),
    ("bpmn.reference_kind", "x", around('<callActivity id="x" calledElement="s"/>'), around('<callActivity id="x" calledElement="g"/>', declared='<globalUserTask id="g"/>')),
    ("bpmn.reference_kind", "one", beside(declared=POOLS.format("").replace('"p"', '"two"')), pools("")),
    ("bpmn.reference_kind", "mf", beside('<exclusiveGateway id="g"/>', '<task id="a"/>', ways="t>g s>g g>a a>e", declared=POOLS.format(flow("two", "g"))), pools(flow("two", "t"))),
    ("bpmn.event_definition_inside", "e2", beside(INNER, REFERRING.format("d"), ways="t>y y>e2", declared=DECLARED), beside(REFERRING.format("top"), ways="t>e2", declared=DECLARED + TOP)),
]  # fmt: skip

PLANTED = [*DATA, *COLLABORATION, *REFERENCES]
