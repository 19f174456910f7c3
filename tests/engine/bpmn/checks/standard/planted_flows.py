"""Broken models and their mended neighbours for flows, gateways and activities: (code, element id, broken, mended)."""
# ruff: noqa: E501 - a model stays on one line, so that the table can be read

from tests.engine.bpmn.checks.standard.models import (
    DECLARED,
    MESSAGE,
    TASK,
    around,
    beside,
    boundary,
    catch,
    data,
    gateway,
    inner,
    on_task,
    sub,
    task,
    throw,
    waiting,
)
from tests.engine.bpmn.drawing import END, START, process

OTHER = '<task id="a"/>'
EVENT_SUBPROCESS = sub(inner(f'<startEvent id="s1">{MESSAGE}</startEvent>'), attributes='triggeredByEvent="true"')
UNDO = '<task id="undo" isForCompensation="true"/>'
CONDITION = (
    '<sequenceFlow id="f" sourceRef="{}" targetRef="{}"><conditionExpression>ok</conditionExpression></sequenceFlow>'
)
COMPENSATE = "<compensateEventDefinition/>"
JOINED = '<association id="as" sourceRef="b" targetRef="undo"/>'
LINK = '<linkEventDefinition name="go"/>'
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"

CONNECTIONS = [
    ("bpmn.flow_target", "t_x", beside(EVENT_SUBPROCESS, ways="t>x", declared=DECLARED), beside(EVENT_SUBPROCESS, declared=DECLARED)),
    ("bpmn.flow_target", "t_undo", on_task(boundary(COMPENSATE), UNDO, JOINED, ways="t>undo"), on_task(boundary(COMPENSATE), UNDO, JOINED, ways="")),
    ("bpmn.flow_target", "t_y", beside(throw("x", LINK), catch("y", LINK), ways="t>x y>e t>y"), beside(throw("x", LINK), catch("y", LINK), ways="t>x y>e")),
    ("bpmn.flow_target", "t_s", process(START, TASK, END, ways="s>t t>e t>s", attributes='isExecutable="false"'), process(START, TASK, END, attributes='isExecutable="false"')),
    ("bpmn.flow_source", "b_e", on_task(boundary(COMPENSATE), UNDO, JOINED, ways="b>e"), on_task(boundary(COMPENSATE), UNDO, JOINED, ways="")),
    ("bpmn.flow_source", "x_e", beside(throw("x", LINK), catch("y", LINK), ways="t>x y>e x>e"), beside(throw("x", LINK), catch("y", LINK), ways="t>x y>e")),
    ("bpmn.flow_source", "e_t", process(START, TASK, END, ways="s>t t>e e>t", attributes='isExecutable="false"'), process(START, TASK, END, attributes='isExecutable="false"')),
    ("bpmn.flow_condition", "f", process(START, TASK, END, OTHER, CONDITION.format("s", "a"), ways="s>t t>e a>e"), process(START, TASK, END, OTHER, CONDITION.format("t", "a"), ways="s>t t>e a>e")),
    ("bpmn.flow_condition", "f", gateway("parallelGateway", ways="x>a x>t2 a>e t2>e").replace(b"</process>", CONDITION.format("x", "e").encode() + b"</process>"), gateway("inclusiveGateway", ways="x>a x>t2 a>e t2>e").replace(b"</process>", CONDITION.format("x", "e").encode() + b"</process>")),
    ("bpmn.flow_condition_alone", "f", process(START, TASK, END, CONDITION.format("t", "e"), ways="s>t"), process(START, TASK, END, OTHER, CONDITION.format("t", "e"), ways="s>t t>a a>e")),
    ("bpmn.default_place", "x", gateway("parallelGateway", attributes='default="x_a"'), gateway("exclusiveGateway", attributes='default="x_a"')),
    ("bpmn.default_flow", "t", process(START, '<task id="t" default="s_t"/>', END, attributes='isExecutable="false"'), process(START, '<task id="t" default="t_e"/>', END, attributes='isExecutable="false"')),
    ("bpmn.flow_not_immediate", "f", process(START, TASK, END, '<sequenceFlow id="f" sourceRef="t" targetRef="e" isImmediate="false"/>', ways="s>t", attributes='isExecutable="true"'), process(START, TASK, END, '<sequenceFlow id="f" sourceRef="t" targetRef="e" isImmediate="false"/>', ways="s>t", attributes='isExecutable="false"')),
    ("bpmn.flow_listed", "t", process(START, '<task id="t"><incoming>t_e</incoming></task>', END), process(START, TASK, END)),
    ("bpmn.flow_unlisted", "t", process(START, '<task id="t"><incoming>s_t</incoming></task>', END), process('<startEvent id="s"><outgoing>s_t</outgoing></startEvent>', '<task id="t"><incoming>s_t</incoming><outgoing>t_e</outgoing></task>', '<endEvent id="e"><incoming>t_e</incoming></endEvent>')),
    ("bpmn.end_without_start", "p", process(TASK, END, ways="t>e"), process(TASK, ways="")),
    ("bpmn.start_without_end", "p", process(START, TASK, ways="s>t"), process(TASK, ways="")),
    ("bpmn.no_way_in", "a", beside(OTHER, ways="a>e"), beside(OTHER, ways="s>a a>e")),
    ("bpmn.no_way_out", "a", beside(OTHER, ways="s>a"), beside(OTHER, ways="s>a a>e")),
]  # fmt: skip

GATEWAYS = [
    ("bpmn.gateway_direction", "x", gateway("exclusiveGateway", attributes='gatewayDirection="Converging"'), gateway("exclusiveGateway", attributes='gatewayDirection="Diverging"')),
    ("bpmn.gateway_direction", "x", gateway("exclusiveGateway", attributes='gatewayDirection="Mixed"'), gateway("exclusiveGateway", attributes='gatewayDirection="Mixed"', ways="x>a x>t2 a>x t2>e")),
    ("bpmn.gateway_idle", "x", around('<parallelGateway id="x"/>'), gateway("parallelGateway")),
    ("bpmn.event_gateway_mixed", "x", waiting(catch("y"), '<receiveTask id="z" messageRef="m"/>'), waiting('<receiveTask id="y" messageRef="m"/>', '<receiveTask id="z" messageRef="m"/>')),
    ("bpmn.event_gateway_shared", "y", waiting(catch("y"), catch("z"), more='<sequenceFlow id="f" sourceRef="z" targetRef="y"/>'), waiting(catch("y"), catch("z"))),
    ("bpmn.event_gateway_boundary", "y", waiting('<receiveTask id="y" messageRef="m"/>', catch("z", TIMER), boundary(TIMER, host="y"), ways="s>x x>y x>z y>e z>e b>e"), waiting('<receiveTask id="y" messageRef="m"/>', catch("z", TIMER))),
    ("bpmn.event_gateway_begins", "x", waiting(catch("y"), catch("z"), TASK, attributes='instantiate="true"', ways="s>t t>x x>y x>z y>e z>e"), waiting(catch("y"), catch("z"), attributes='instantiate="true"')),
    ("bpmn.event_gateway_parallel", "x", waiting(catch("y"), catch("z"), attributes='eventGatewayType="Parallel"'), waiting(catch("y"), catch("z"), attributes='eventGatewayType="Parallel" instantiate="true"')),
    ("bpmn.event_gateway_alone", "x", process(START, '<eventBasedGateway id="x"/>', catch("y"), OTHER, END, ways="s>x a>x x>y y>e s>a", declared=DECLARED, attributes='isExecutable="false"'), waiting(catch("y"), catch("z")).replace(b'<process id="p"', b'<process id="p" isExecutable="false"')),
    ("bpmn.event_gateway_target", "x", waiting(catch("y"), '<task id="z"/>').replace(b'<process id="p"', b'<process id="p" isExecutable="false"'), waiting(catch("y"), catch("z", TIMER)).replace(b'<process id="p"', b'<process id="p" isExecutable="false"')),
]  # fmt: skip

NUMBER, ITEMS_OF = "<loopCardinality>3</loopCardinality>", "<loopDataInputRef>in</loopDataInputRef>"
COLLECTED = data("in", sets="<inputSet><dataInputRefs>in</dataInputRefs></inputSet><outputSet/>")
LIST = COLLECTED.replace('"in"/>', '"in" isCollection="true"/>')
ROLE = '<performer id="r"><resourceRef>someone</resourceRef><resourceParameterBinding id="rb" parameterRef="pa"><formalExpression>a</formalExpression></resourceParameterBinding></performer>'
OWNED, OTHERS = (
    '<resource id="someone" name="S">{}</resource><resource id="other" name="O">{}</resource>'.format(*each)
    for each in (('<resourceParameter id="pa"/>', ""), ("", '<resourceParameter id="pa"/>'))
)


def repeated(inside: str, attributes: str = "") -> str:
    return f'<multiInstanceLoopCharacteristics id="l" {attributes}>{inside}</multiInstanceLoopCharacteristics>'


AD_HOC = "adHocSubProcess"
CALLED = '<process id="p2" isExecutable="false">{}</process>'
ACTIVITIES = [
    ("bpmn.public_executable", "p", process(START, TASK, END, attributes='processType="Public" isExecutable="true"'), process(START, TASK, END, attributes='processType="Private" isExecutable="true"')),
    ("bpmn.quantity_low", "x", around('<task id="x" startQuantity="0"/>'), around('<task id="x" startQuantity="1"/>')),
    ("bpmn.event_subprocess_start", "x", beside(sub("", attributes='triggeredByEvent="true"')), beside(EVENT_SUBPROCESS, declared=DECLARED)),
    ("bpmn.ad_hoc_event", "s1", around(sub(inner(), AD_HOC)), around(sub('<task id="t1"/>', AD_HOC))),
    ("bpmn.ad_hoc_empty", "x", around(sub("", AD_HOC)), around(sub('<task id="t1"/>', AD_HOC))),
    ("bpmn.receive_begins", "x", around('<receiveTask id="x" instantiate="true"/>'), beside('<receiveTask id="x" instantiate="true"/>', ways="x>e")),
    ("bpmn.script_format", "x", around('<scriptTask id="x"><script>1</script></scriptTask>'), around('<scriptTask id="x" scriptFormat="text/x-feel"><script>1</script></scriptTask>')),
    ("bpmn.loop_both", "l", around(task(LIST + repeated(NUMBER + ITEMS_OF))), around(task(LIST + repeated(ITEMS_OF)))),
    ("bpmn.loop_data", "l", around(task(repeated("<loopDataInputRef>do</loopDataInputRef>")) + '<dataObject id="do" isCollection="true"/>'), around(sub(repeated("<loopDataInputRef>do</loopDataInputRef>") + inner()) + '<dataObject id="do" isCollection="true"/>')),
    ("bpmn.resource_parameter", "rb", around(task(ROLE), declared=OTHERS), around(task(ROLE), declared=OWNED)),
    ("bpmn.loop_neither", "l", around(task(repeated(""))), around(task(repeated(NUMBER)))),
    ("bpmn.loop_behavior", "l", around(task(repeated(NUMBER, 'behavior="Complex"'))), around(task(repeated(NUMBER + '<complexBehaviorDefinition id="cb"><condition>ok</condition></complexBehaviorDefinition>', 'behavior="Complex"')))),
    ("bpmn.call_data", "x", around('<callActivity id="x" calledElement="p2"/>', declared=CALLED.format(COLLECTED)), around(f'<callActivity id="x" calledElement="p2">{COLLECTED.replace("in<", "in2<").replace(chr(34) + "in" + chr(34), chr(34) + "in2" + chr(34))}</callActivity>', declared=CALLED.format(COLLECTED))),
]  # fmt: skip

PLANTED = [*CONNECTIONS, *GATEWAYS, *ACTIVITIES]
