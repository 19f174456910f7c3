"""Where things begin that do not say so; message flows; global tasks; flows without a condition."""

import pytest
from lxml import etree

from engine.bpmn import reader
from engine.bpmn.adapting import adapt
from engine.bpmn.steps import ManualStep
from tests.engine.bpmn.drawing import END, START, TASK, around, flows, process


def remarks(model: bytes):
    return [(remark.code, remark.xml.get("id")) for remark in adapt(etree.fromstring(model))]


def test_a_process_without_a_start_event_begins_with_every_step_that_nothing_leads_to():
    (found,) = reader.read_file(process('<manualTask id="a"/>', TASK, END, ways="a>e t>e"))

    first = found.spec.task_specs[found.spec.first[0]]
    assert sorted(flow.target for flow in first.flows) == ["a", "t"]


def test_an_empty_sub_process_is_passed():
    (found,) = reader.read_file(around('<subProcess id="x"/>'))

    assert found.spec.task_specs["x"].inner.first == ["x_start"]


@pytest.mark.parametrize(
    "aside",
    [
        '<serviceTask id="y" isForCompensation="true"/>',
        '<subProcess id="y" triggeredByEvent="true"><startEvent id="y1"/></subProcess>',
        '<intermediateCatchEvent id="y"><linkEventDefinition name="l"/></intermediateCatchEvent>',
    ],
)
def test_what_stands_outside_the_flow_does_not_begin_a_process(aside):
    (found,) = reader.read_file(process(TASK, aside, END, ways="t>e"))

    assert [flow.target for flow in found.spec.task_specs[found.spec.first[0]].flows] == ["t"]


def test_a_receive_task_that_begins_an_instance_needs_no_start_event():
    model = process('<receiveTask id="x" instantiate="true" messageRef="m"/>', END, ways="x>e")

    assert "bpmn.implicit_start" not in [code for code, _ in remarks(model)]


def test_a_global_task_is_a_process_of_one_step():
    declared = '<globalUserTask id="ask" name="Ask"/>'

    found = {
        each.key: each
        for each in reader.read_file(around('<callActivity id="x" calledElement="ask"/>', declared=declared))
    }

    assert isinstance(found["ask"].spec.task_specs["ask_task"], ManualStep)
    assert found["ask"].elements["ask_task"].name == "Ask"
    assert [flow.target for flow in found["ask"].spec.task_specs["ask_task"].flows] == ["ask_end"]


def test_both_ends_of_a_message_flow_mean_the_same_message():
    other = f'<process id="q"><startEvent id="s2"/><sendTask id="y"/><endEvent id="e2"/>{flows("s2>y y>e2")}</process>'
    pools = '<collaboration id="c"><messageFlow id="m" name="Order" sourceRef="y" targetRef="x"/></collaboration>'

    found = {each.key: each for each in reader.read_file(around('<receiveTask id="x"/>', declared=pools + other))}

    assert found["p"].elements["x"].event == found["q"].elements["y"].event
    assert (found["p"].elements["x"].event.name, found["q"].elements["y"].topic) == ("Order", "")


def test_a_message_flow_from_a_black_box_names_no_message():
    pools = '<collaboration id="c"><messageFlow id="m" name="Order" sourceRef="pool" targetRef="x"/></collaboration>'

    (found,) = reader.read_file(around('<receiveTask id="x" name="Wait"/>', declared=pools))

    assert found.elements["x"].event.name == "Wait"


def test_the_only_flow_without_a_condition_is_the_default():
    gateway = '<exclusiveGateway id="x"/><manualTask id="a"/><manualTask id="b"/>'
    model = process(START, gateway, END, ways="s>x x>a x>b a>e b>e", conditions={"x>b": "amount > 5"})

    assert reader.read_file(model)[0].elements["x"].default == "x_a"
    assert ("bpmn.assumed_default", "x_a") in remarks(model)


def test_of_several_flows_without_a_condition_none_is_the_default():
    gateway = '<exclusiveGateway id="x"/><manualTask id="a"/><manualTask id="b"/>'

    assert reader.read_file(process(START, gateway, END, ways="s>x x>a x>b a>e b>e"))[0].elements["x"].default == ""
