"""From files to a model that runs."""

import pytest

from engine.bpmn import reader
from engine.bpmn.events import BoundaryEvent, CatchEvent
from engine.bpmn.loops import Repeat
from engine.bpmn.steps import ExternalStep, ManualStep, SubProcessStep
from engine.bpmn.throwing import ThrowEvent
from engine.errors import InvalidModel, NotFound
from tests.engine.bpmn.drawing import DECISION, END, FORM, START, TASK, around, on_task, process, timer

MESSAGE = '<message id="msg" name="paid"/>'


def only(model: bytes):
    (found,) = reader.read_file(model, "a.bpmn")
    return found


def test_a_file_set_gives_its_processes_decisions_and_forms():
    files = {"a.bpmn": process(START, TASK, END), "level.dmn": DECISION, "forms/ask.form": FORM}

    model = reader.read(files)

    assert (set(model.processes), set(model.decisions), set(model.forms)) == ({"p"}, {"level"}, {"ask"})
    assert model.files == files
    assert model.form("ask") is model.forms["ask"]
    assert model.form("app:page") is None


def test_an_unknown_process_is_not_found():
    with pytest.raises(NotFound):
        reader.read({"a.bpmn": process(START, TASK, END)}).process("gone")


def test_a_file_that_is_no_bpmn_is_refused():
    with pytest.raises(InvalidModel):
        reader.read_file(b"<html/>")


def test_a_process_says_who_starts_it_and_how():
    found = only(
        process(
            '<startEvent id="s" camunda:formRef="ask"/>', TASK, END,
            '<startEvent id="m"><messageEventDefinition messageRef="msg"/></startEvent>',
            ways="s>t m>t t>e", declared=MESSAGE,
            attributes='isExecutable="true" camunda:candidateStarterGroups="a, b" camunda:versionTag="1.2"',
        )
    )  # fmt: skip

    assert (found.key, found.name, found.file, found.version_tag) == ("p", "Case", "a.bpmn", "1.2")
    assert (found.starter_groups, found.start_form) == (("a", "b"), "ask")
    assert (found.starts.messages, found.spec.first) == ({"paid": "m"}, ["s"])


def test_a_plain_start_event_is_first_wherever_it_stands():
    start = '<startEvent id="m"><messageEventDefinition messageRef="msg"/></startEvent>'

    assert only(process(start, TASK, END, START, ways="m>t s>t t>e", declared=MESSAGE)).spec.first == ["s"]


def test_a_picture_is_read_but_is_not_executable():
    assert not only(process(START, TASK, END, attributes='isExecutable="false"')).is_executable


def test_flows_are_connected_in_the_order_of_the_document():
    found = only(process(START, TASK, '<manualTask id="m"/>', END, ways="s>t t>m t>e m>e", conditions={"t>m": "a > 1"}))

    steps = found.spec.task_specs
    assert [(flow.id, flow.target, flow.condition) for flow in steps["t"].flows] == [
        ("t_m", "m", "a > 1"),
        ("t_e", "e", ""),
    ]
    assert steps["e"].incoming == ["t_e", "m_e"]


def test_reserved_ids_are_renamed_and_still_connected():
    found = only(process('<startEvent id="Start"/>', TASK, '<endEvent id="End"/>', ways="Start>t t>End"))

    assert found.spec.first == ["Start_"]
    assert [flow.target for flow in found.spec.task_specs["t"].flows] == ["End_"]
    assert {"Start", "End", "t"} == set(found.elements)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ('<userTask id="x"/>', ManualStep),
        ('<serviceTask id="x" camunda:type="external" camunda:topic="mail"/>', ExternalStep),
        ('<sendTask id="x" camunda:type="external" camunda:topic="mail"/>', ExternalStep),
        ('<sendTask id="x" messageRef="msg"/>', ThrowEvent),
        ('<receiveTask id="x" messageRef="msg"/>', CatchEvent),
        ('<userTask id="x"><multiInstanceLoopCharacteristics camunda:collection="[1]"/></userTask>', Repeat),
    ],
)
def test_a_step_is_of_the_kind_that_runs_it(step, kind):
    assert type(only(around(step, declared=MESSAGE)).spec.task_specs["x"]) is kind


@pytest.mark.parametrize("tag", ["sendTask", "receiveTask"])
def test_message_tasks_are_the_events_that_they_name(tag):
    found = only(around(f'<{tag} id="x" messageRef="msg"/>', declared=MESSAGE))

    assert (found.elements["x"].event.kind, found.elements["x"].event.name) == ("message", "paid")


def test_boundary_events_belong_to_their_activity():
    found = only(on_task(timer("timeDuration", "PT1H", attributes='attachedToRef="t"')))

    assert found.spec.task_specs["t"].boundary == ["b"]
    assert isinstance(found.spec.task_specs["b"], BoundaryEvent)


def test_the_inside_of_a_sub_process_is_a_scope_with_the_lane_around_it():
    lane = '<laneSet id="ls"><lane id="l" name="staff"><flowNodeRef>x</flowNodeRef></lane></laneSet>'
    inside = '<startEvent id="s1"/><userTask id="t1"/><sequenceFlow id="f" sourceRef="s1" targetRef="t1"/>'

    found = only(process(lane, START, f'<subProcess id="x">{inside}</subProcess>', END, ways="s>x x>e"))

    step = found.spec.task_specs["x"]
    assert isinstance(step, SubProcessStep)
    assert step.inner.first == ["s1"]
    assert (found.elements["t1"].lane, found.elements["t1"].parent, found.elements["s"].lane) == ("staff", "x", "")


def test_a_chain_of_a_thousand_steps_is_read():
    steps = "".join(f'<manualTask id="m{number}"/>' for number in range(1000))
    ways = " ".join(f"m{number}>m{number + 1}" for number in range(999))

    assert len(only(process(START, steps, END, ways=f"s>m0 {ways} m999>e")).elements) == 1002
