"""Broken models and their mended neighbours for the schema: (code, element id, broken, mended)."""
# ruff: noqa: E501 - a model stays on one line, so that the table can be read

from tests.engine.bpmn.checks.standard.models import TASK, around, beside, boundary, catch, on_task, task
from tests.engine.bpmn.drawing import END, START, process

TIMER = "<timerEventDefinition>{}</timerEventDefinition>"
DURATION, DATE = "<timeDuration>PT1H</timeDuration>", "<timeDate>2026-01-01T00:00:00Z</timeDate>"
ROLE = '<performer id="r">{}</performer>'
BY_NAME = "<resourceRef>someone</resourceRef>"
BY_RULE = "<resourceAssignmentExpression><formalExpression>a</formalExpression></resourceAssignmentExpression>"
RESOURCE = '<resource id="someone" name="Someone"/>'

PLANTED = [
    ("bpmn.schema_no_attribute", "f", beside('<sequenceFlow id="f" sourceRef="t"/>'), beside()),
    ("bpmn.schema_no_attribute", "b", on_task(boundary(TIMER.format(DURATION)).replace('attachedToRef="t"', "")), on_task(boundary(TIMER.format(DURATION)))),
    ("bpmn.schema_no_attribute", "r", beside(declared='<resource id="r"/>'), beside(declared=RESOURCE)),
    ("bpmn.schema_value", "b", on_task(boundary(TIMER.format(DURATION), 'cancelActivity="maybe"')), on_task(boundary(TIMER.format(DURATION), 'cancelActivity="0"'))),
    ("bpmn.schema_value", "x", around('<task id="x" startQuantity="one"/>'), around('<task id="x" startQuantity=" 1 "/>')),
    ("bpmn.schema_value", "p", process(START, TASK, END, attributes='processType="Secret"'), process(START, TASK, END, attributes='processType="Private"')),
    ("bpmn.schema_value", "i", beside(declared='<itemDefinition id="i" itemKind="Idea"/>'), beside(declared='<itemDefinition id="i" itemKind="Physical"/>')),
    ("bpmn.schema_value", "t", process(START, '<task id="t"><incoming>s t</incoming></task>', END), beside()),
    ("bpmn.schema_value", "i", beside(declared='<itemDefinition id="i" structureRef="xs:string"/>'), beside(declared='<itemDefinition id="i" structureRef="string"/>')),
    ("bpmn.schema_value", "x", around('<task id="x"><documentation textFormat="plain">a</documentation></task>'), around('<task id="x"><documentation textFormat="text/html">a</documentation></task>')),
    ("bpmn.schema_value", "x", around('<task id="x" isForCompensation="False"/>'), around('<task id="x" isForCompensation="false"/>')),
    ("bpmn.schema_value", "1 t", process(START, '<task id="1 t"/>', END, ways=""), process(TASK, ways="")),
    ("bpmn.id_twice", "t", beside('<dataObject id="t"/>'), beside('<dataObject id="d"/>')),
    ("bpmn.schema_attribute", "x", around('<task id="x" colour="red"/>'), around('<task id="x" name="red" other:colour="red"/>')),
    ("bpmn.schema_child", "y", beside('<daydream id="y"/>'), beside('<dataObject id="y"/>')),
    ("bpmn.schema_child", "y", beside('<message id="y" name="m"/>'), beside(declared='<message id="y" name="m"/>')),
    ("bpmn.schema_child", "y", beside('<flowElement id="y"/>'), beside('<dataObject id="y"/>')),
    ("bpmn.schema_foreign", "x", around("<task id='x'><other:note/></task>"), around("<task id='x'><extensionElements><other:note/></extensionElements></task>")),
    ("bpmn.schema_missing", "x", around(catch("x", "<conditionalEventDefinition/>")), around(catch("x", "<conditionalEventDefinition><condition>ok</condition></conditionalEventDefinition>"))),
    ("bpmn.schema_missing", "x", around(task("<ioSpecification><inputSet/></ioSpecification>")), around(task("<ioSpecification><inputSet/><outputSet/></ioSpecification>"))),
    ("bpmn.schema_missing", "i", beside(declared='<interface id="i" name="i"/>'), beside()),
    ("bpmn.schema_missing", "r", around(task(ROLE.format('<resourceParameterBinding id="rb" parameterRef="pa"><formalExpression>a</formalExpression></resourceParameterBinding>')), declared='<resource id="someone" name="S"><resourceParameter id="pa"/></resource>'), around(task(ROLE.format(BY_NAME)), declared=RESOURCE)),
    ("bpmn.schema_too_many", "f", beside('<task id="a"/>', '<sequenceFlow id="f" sourceRef="t" targetRef="a"><conditionExpression>a</conditionExpression><conditionExpression>b</conditionExpression></sequenceFlow>', ways="a>e"), beside()),
    ("bpmn.schema_too_many", "x", around(task("<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics><standardLoopCharacteristics/>")), around(task("<standardLoopCharacteristics/>"))),
    ("bpmn.schema_choice", "x", around(catch("x", TIMER.format(DURATION + DATE))), around(catch("x", TIMER.format(DURATION)))),
    ("bpmn.schema_choice", "r", around(task(ROLE.format(BY_NAME + BY_RULE)), declared=RESOURCE), around(task(ROLE.format(BY_RULE)))),
    ("bpmn.schema_text", "x", around("<task id='x'>Look</task>"), around("<task id='x'><documentation>Look</documentation></task>")),
]  # fmt: skip
