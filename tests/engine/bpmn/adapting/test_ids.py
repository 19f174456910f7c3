"""Ids that are missing or stand twice."""

from lxml import etree

from engine.bpmn.adapting import adapt, adapted
from engine.problems import Severity
from tests.engine.bpmn.drawing import END, START, TASK, process


def adapt_file(model: bytes):
    root = etree.fromstring(model)
    return root, [(remark.code, remark.xml.get("id"), remark.severity) for remark in adapt(root)]


def ids(root, tag):
    return [xml.get("id") for xml in root.iter(f"{{*}}{tag}")]


def test_an_element_without_an_id_gets_one_of_its_kind_and_number():
    root, told = adapt_file(process(START, "<manualTask/>", "<manualTask/>", END, ways="s>e"))

    assert ids(root, "manualTask") == ["manualTask_1", "manualTask_2"]
    assert ("bpmn.no_id", "manualTask_1", Severity.NOTE) in told


def test_ids_that_are_made_are_the_same_whenever_the_file_is_read():
    model = process(START, "<manualTask/>", '<subProcess><startEvent id="s"/></subProcess>', END, ways="s>e")

    first, second = (etree.tostring(adapted(model)) for _ in range(2))

    assert first == second


def test_a_sequence_flow_without_an_id_is_named_silently():
    root, told = adapt_file(process(START, END, '<sequenceFlow sourceRef="s" targetRef="e"/>', ways=""))

    assert ids(root, "sequenceFlow") == ["sequenceFlow_1"]
    assert told == []


def test_a_made_id_is_never_one_that_stands_in_the_file_already():
    root, _ = adapt_file(process(START, '<manualTask id="manualTask_2"/>', "<manualTask/>", END, ways="s>e"))

    assert ids(root, "manualTask") == ["manualTask_2", "manualTask_2_2"]


def test_steps_of_two_scopes_may_share_an_id_and_flows_of_each_follow_their_own():
    inside = '<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>'

    root, told = adapt_file(process(START, f'<subProcess id="x">{inside}</subProcess>', END, ways="s>x x>e"))

    assert ids(root, "startEvent") == ["s", "s_2"]
    assert [xml.get("sourceRef") for xml in root.iter("{*}sequenceFlow")] == ["s_2", "s", "x"]
    assert {severity for _, _, severity in told} == {Severity.NOTE}


def test_a_step_keeps_its_id_where_a_flow_has_the_same():
    flow = '<sequenceFlow id="t" sourceRef="s" targetRef="t"/>'

    root, _ = adapt_file(process(START, flow, TASK, END, ways="t>e"))

    assert (ids(root, "userTask"), ids(root, "sequenceFlow")) == (["t"], ["t_2", "t_e"])


def test_a_message_may_share_its_id_with_a_step():
    root, told = adapt_file(process(START, TASK, END, declared='<message id="t" name="paid"/>'))

    assert ids(root, "userTask") == ["t"]
    assert told == []


def test_it_is_an_error_when_a_flow_could_mean_either_step():
    _, told = adapt_file(process(START, TASK, TASK, END))

    assert ("bpmn.duplicate_id", "t", Severity.ERROR) in told


def test_messages_of_one_id_and_one_name_are_the_same_and_others_are_an_error():
    step = '<receiveTask id="t" messageRef="m"/>'
    same, other = ('<message id="m" name="a"/>' + f'<message id="m" name="{name}"/>' for name in "ab")

    assert "bpmn.duplicate_id" not in [code for code, *_ in adapt_file(process(START, step, END, declared=same))[1]]
    assert "bpmn.duplicate_id" in [code for code, *_ in adapt_file(process(START, step, END, declared=other))[1]]
