"""What moves into a step and out of it: mappings, data objects, calls."""
# ruff: noqa: E501 - a step stays on one line

import pytest

from engine.bpmn import reader
from engine.bpmn.expressions import parsed
from tests.engine.bpmn.drawing import END, START, around, process

DATA = '<dataObject id="o" name="ignored"/><dataObjectReference id="r" name="order" dataObjectRef="o"/><dataObjectReference id="long" name="Order form" dataObjectRef="o"/>'


def element(xml: str, more: str = "", root: str = ""):
    model = process(START, more, xml, END, ways="s>x x>e")
    return reader.read_file(model.replace(b"<definitions", f"<definitions {root}".encode()))[0].elements["x"]


def parameter(inside: str) -> str:
    mapping = (
        f'<camunda:inputOutput><camunda:inputParameter name="a">{inside}</camunda:inputParameter></camunda:inputOutput>'
    )
    return element(f'<userTask id="x"><extensionElements>{mapping}</extensionElements></userTask>').inputs["a"]


@pytest.mark.parametrize(
    ("inside", "value"),
    [
        ("<camunda:list><camunda:value>a</camunda:value><camunda:value>${b}</camunda:value></camunda:list>", ["a", 5]),
        ('<camunda:map><camunda:entry key="my key">${b + 1}</camunda:entry></camunda:map>', {"my key": 6}),
        ('<camunda:script scriptFormat="groovy">b * 2</camunda:script>', 10),
        ("<camunda:list><camunda:list><camunda:value>c</camunda:value></camunda:list></camunda:list>", [["c"]]),
        ("Order ${b}", "Order 5"),
    ],
)
def test_lists_maps_and_scripts_of_mappings_are_feel(inside, value):
    assert parsed(parameter(inside)).evaluate({"b": 5}) == value


def test_a_script_of_a_mapping_that_is_more_than_an_expression_is_an_error():
    mapping = '<camunda:inputOutput><camunda:inputParameter name="a"><camunda:script scriptFormat="groovy">if (b) c</camunda:script></camunda:inputParameter></camunda:inputOutput>'

    found = element(f'<userTask id="x"><extensionElements>{mapping}</extensionElements></userTask>')

    assert [(choice.code, choice.severity) for choice in found.choices] == [("bpmn.mapping_kind", "error")]


def data_task(inside: str, root: str = ""):
    specification = (
        '<ioSpecification><dataInput id="in1" name="goods"/><dataOutput id="out1" name="price"/></ioSpecification>'
    )
    return element(f'<userTask id="x">{specification}{inside}</userTask>', DATA, root)


def into(inside: str) -> str:
    return f"<dataInputAssociation>{inside}<targetRef>in1</targetRef></dataInputAssociation>"


def test_a_data_object_is_copied_into_what_the_step_calls_it_and_back():
    found = data_task(
        "<dataInputAssociation><sourceRef>r</sourceRef><targetRef>in1</targetRef></dataInputAssociation>"
        "<dataOutputAssociation><sourceRef>out1</sourceRef><targetRef>r</targetRef></dataOutputAssociation>"
    )

    assert (found.inputs, found.outputs) == ({"goods": "=order"}, {"order": "=price"})


def test_a_data_object_whose_name_is_no_name_is_known_by_its_id():
    found = data_task(
        "<dataInputAssociation><sourceRef>long</sourceRef><targetRef>in1</targetRef></dataInputAssociation>"
    )

    assert found.inputs == {"goods": "=long"}


def test_data_that_a_modeler_only_draws_moves_nothing():
    drawn = '<property id="ph" name="__targetRef_placeholder"/><dataInputAssociation><sourceRef>r</sourceRef><targetRef>ph</targetRef></dataInputAssociation><dataOutputAssociation><targetRef>r</targetRef></dataOutputAssociation>'

    found = data_task(drawn)

    assert (dict(found.inputs), dict(found.outputs)) == ({}, {})


@pytest.mark.parametrize(
    ("text", "value"),
    [("${order.total}", "${order.total}"), ("order", "=order"), ("getDataObject('r')/1", "=order/1"), ('"a"', '="a"')],
)
def test_an_assignment_moves_the_value_of_its_expression(text, value):
    assignment = f"<assignment><from>{text}</from><to>in1</to></assignment>"

    found = data_task(f"<dataInputAssociation><targetRef>in1</targetRef>{assignment}</dataInputAssociation>")

    assert found.inputs == {"goods": value}


def test_a_transformation_is_an_expression_over_what_it_reads():
    found = data_task(
        "<dataInputAssociation><sourceRef>r</sourceRef><targetRef>in1</targetRef><transformation>order.total * 2</transformation></dataInputAssociation>"
    )

    assert found.inputs == {"goods": "=order.total * 2"}


def test_what_cannot_be_read_in_an_assignment_is_an_error():
    found = data_task(
        "<dataInputAssociation><targetRef>in1</targetRef><assignment><from>a b c</from><to>in1</to></assignment></dataInputAssociation>"
    )

    assert [(choice.code, choice.severity) for choice in found.choices] == [("bpmn.data_mapping", "error")]


def test_jbpm_writes_texts_and_says_by_data_who_does_a_task():
    root = 'xmlns:drools="http://www.jboss.org/drools"'
    group = '<ioSpecification><dataInput id="g" name="GroupId"/><dataInput id="c" name="kind"/></ioSpecification>'
    assigned = "".join(
        f"<dataInputAssociation><targetRef>{key}</targetRef><assignment><from>{text}</from><to>{key}</to></assignment></dataInputAssociation>"
        for key, text in (("g", "HR,PM"), ("c", "very urgent"))
    )
    owner = "<potentialOwner><resourceAssignmentExpression><formalExpression>mary</formalExpression></resourceAssignmentExpression></potentialOwner>"

    found = element(f'<userTask id="x">{group}{assigned}{owner}</userTask>', root=root)

    assert (found.candidate_groups, found.candidate_users, found.inputs) == (
        ("HR", "PM"),
        ("mary",),
        {"kind": "very urgent"},
    )


def test_owners_and_performers_of_activiti_are_told_apart():
    texts = {"potentialOwner": "user(kermit), group(management)", "humanPerformer": "gonzo"}
    inside = "".join(
        f"<{tag}><resourceAssignmentExpression><formalExpression>{text}</formalExpression></resourceAssignmentExpression></{tag}>"
        for tag, text in texts.items()
    )

    found = element(f'<userTask id="x">{inside}</userTask>')

    assert (found.candidate_users, found.candidate_groups, found.assignee) == (("kermit",), ("management",), "gonzo")


def call(inside: str, attributes: str = 'calledElement="other"'):
    return reader.read_file(
        around(f'<callActivity id="x" {attributes}><extensionElements>{inside}</extensionElements></callActivity>')
    )[0].elements["x"]


def test_in_camunda_7_only_mappings_cross_the_border_of_a_call():
    found = call('<camunda:in source="a" target="b"/><camunda:in businessKey="${key}"/>')

    assert (found.call_in, found.call_out, found.called_business_key) == ((("a", "b"),), (), "${key}")
    assert call("").call_in == ()


@pytest.mark.parametrize(
    "text",
    ["#{execution.processBusinessKey}", "${ execution.businessKey }", "${execution.getProcessBusinessKey()}"],
)
def test_a_called_process_has_the_business_key_of_its_case_anyway(text):
    assert call(f'<camunda:in businessKey="{text}"/>').called_business_key == ""


def test_in_camunda_8_everything_crosses_unless_the_model_says_otherwise():
    open_call, closed = (
        call(f'<zeebe:calledElement processId="other" {more}/>', "")
        for more in ("", 'propagateAllChildVariables="false" propagateAllParentVariables="false"')
    )

    assert (open_call.called, open_call.call_in, open_call.call_out) == ("other", (("*", "*"),), (("*", "*"),))
    assert (closed.call_in, closed.call_out) == ((), ())


def test_output_mappings_of_camunda_8_read_what_the_called_process_has():
    found = call(
        '<zeebe:calledElement processId="other"/><zeebe:ioMapping><zeebe:output source="=total" target="sum"/></zeebe:ioMapping>',
        "",
    )

    assert (found.call_out, dict(found.outputs)) == ((("=total", "sum"),), {})


@pytest.mark.parametrize(
    ("attributes", "binding"),
    [
        ('calledElement="o" camunda:calledElementBinding="version" camunda:calledElementVersion="3"', ("version", "3")),
        (
            'calledElement="o" camunda:calledElementBinding="versionTag" camunda:calledElementVersionTag="1.2"',
            ("versionTag", "1.2"),
        ),
        ('calledElement="o" camunda:sameDeployment="true"', ("deployment", "")),
        ('calledElement="o"', ("", "")),
    ],
)
def test_a_call_says_which_version_it_means(attributes, binding):
    found = call("", attributes)

    assert (found.called_binding, found.called_version) == binding


def test_the_list_of_a_multi_instance_activity_may_be_a_data_object():
    loop = '<multiInstanceLoopCharacteristics><loopDataInputRef>in1</loopDataInputRef><inputDataItem id="i" name="item"/></multiInstanceLoopCharacteristics>'

    found = data_task(
        f"<dataInputAssociation><sourceRef>r</sourceRef><targetRef>in1</targetRef></dataInputAssociation>{loop}"
    )

    assert (found.loop.collection, found.loop.item) == ("order", "item")
