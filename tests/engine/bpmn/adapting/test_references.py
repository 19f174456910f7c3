"""References with prefixes, by name, and to what is declared nowhere."""

import pytest
from lxml import etree

from engine.bpmn import reader
from engine.bpmn.adapting import adapt
from tests.engine.bpmn.drawing import END, START, TASK, around, process

MESSAGE = '<message id="msg" name="paid"/>'


def codes(model: bytes) -> list[str]:
    return [remark.code for remark in adapt(etree.fromstring(model))]


def element(model: bytes, element_id: str = "x"):
    return reader.read_file(model)[0].elements[element_id]


@pytest.mark.parametrize("reference", ["msg", "tns:msg", " msg ", "paid", "unknown:msg"])
def test_a_message_is_found_by_id_with_or_without_prefix_and_by_name(reference):
    assert element(around(f'<receiveTask id="x" messageRef="{reference}"/>', declared=MESSAGE)).message == "paid"


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("message", "intermediateCatchEvent"),
        ("signal", "intermediateThrowEvent"),
        ("error", "endEvent"),
        ("escalation", "endEvent"),
    ],
)
def test_what_is_declared_nowhere_is_called_what_the_reference_says(kind, step):
    model = around(f'<{step} id="x"><{kind}EventDefinition {kind}Ref="late"/></{step}>')

    assert element(model).event.name == "late"
    assert "bpmn.undeclared" in codes(model)


@pytest.mark.parametrize("kind", ["message", "signal", "error", "escalation"])
def test_what_is_not_said_is_named_after_the_element(kind):
    model = around(f'<endEvent id="x" name="Too late"><{kind}EventDefinition/></endEvent>')

    assert element(model).event.name == "Too late"
    assert "bpmn.unsaid" in codes(model)


@pytest.mark.parametrize("kind", ["error", "escalation"])
def test_a_boundary_event_that_does_not_say_what_it_catches_catches_all(kind):
    event = f'<boundaryEvent id="b" attachedToRef="t"><{kind}EventDefinition/></boundaryEvent>'

    assert element(process(START, TASK, event, END, ways="s>t t>e b>e"), "b").event.name == ""


def test_steps_and_default_flows_are_found_behind_a_prefix():
    gateway = '<exclusiveGateway id="x" default="tns:x_e"/>'
    flows = '<sequenceFlow id="x_e" sourceRef="tns:x" targetRef="tns:e"/>'

    found = reader.read_file(process(START, gateway, flows, END, ways="s>x"))[0]

    assert found.elements["x"].default == "x_e"
    assert [flow.target for flow in found.spec.task_specs["x"].flows] == ["e"]


def test_a_boundary_event_may_name_its_activity():
    event = '<boundaryEvent id="b" attachedToRef="Look"><errorEventDefinition/></boundaryEvent>'

    assert element(process(START, TASK, event, END, ways="s>t t>e b>e"), "b").attached_to == "t"


def test_a_name_that_two_steps_have_means_neither():
    twins = '<manualTask id="a" name="Do"/><manualTask id="c" name="Do"/>'
    event = '<boundaryEvent id="b" attachedToRef="Do"><errorEventDefinition/></boundaryEvent>'

    assert element(process(START, twins, event, END, ways="s>a a>c c>e b>e"), "b").attached_to == "Do"


def test_a_flow_without_ends_goes_where_the_steps_say():
    steps = '<startEvent id="s"><outgoing>f</outgoing></startEvent><endEvent id="e"><incoming>f</incoming></endEvent>'

    found = reader.read_file(process(steps, '<sequenceFlow id="f"/>', ways=""))[0]

    assert [flow.target for flow in found.spec.task_specs["s"].flows] == ["e"]


def test_a_flow_in_the_wrong_place_is_moved_to_its_steps():
    inside = '<startEvent id="s1"/><endEvent id="e1"/>'
    flow = '<sequenceFlow id="f" sourceRef="s1" targetRef="e1"/>'

    found = reader.read_file(process(START, f'<subProcess id="x">{inside}</subProcess>', flow, END, ways="s>x x>e"))[0]

    assert [each.target for each in found.spec.task_specs["x"].inner.task_specs["s1"].flows] == ["e1"]


def test_a_flow_that_has_the_scope_of_its_steps_inside_stays_where_it_is():
    inside = '<subProcess id="sub"><task id="a"/><task id="b"/></subProcess>'
    flow = f'<sequenceFlow id="f" sourceRef="a" targetRef="b">{inside}</sequenceFlow>'
    root = etree.fromstring(process(START, TASK, END, flow, ways="s>t t>e"))

    adapt(root)

    assert root.find(".//{*}sequenceFlow[@id='f']").getparent().get("id") == "p"


def test_lists_of_flows_in_steps_do_not_count():
    told = codes(process(START, '<manualTask id="t"><incoming>e_s</incoming></manualTask>', END))

    assert "bpmn.flows_count" in told
    assert "bpmn.flows_count" not in codes(process(START, TASK, END))


@pytest.mark.parametrize("called", ["other", "tns:other", "Other one"])
def test_a_called_process_is_found_by_prefix_and_by_name(called):
    other = process(START, END, ways="s>e", key="other").decode().replace('name="Case"', 'name="Other one"')
    inside = other[other.index("<process") : other.index("</definitions")].replace('"s', '"os').replace('"e"', '"oe"')
    model = around(f'<callActivity id="x" calledElement="{called}"/>', declared=inside)
    model = model.replace(b"<definitions", b'<definitions xmlns:tns="t"')

    found = {each.key: each for each in reader.read_file(model)}

    assert found["p"].elements["x"].called == "other"
