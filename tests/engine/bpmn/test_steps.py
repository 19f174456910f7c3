"""Each kind of step, run through small diagrams."""

import pytest

from engine.errors import ModelFault, TaskNotActive
from engine.execution import MessageThrown, StepFailed, WorkRequested
from tests.models import Case, Shelf, boundary, bpmn, element, event, mappings, properties, scope

SERVICE = element("serviceTask", "work", camunda_type="external", camunda_topic="mail")


def test_a_user_task_waits_for_a_person_and_then_the_case_ends():
    case = Case(bpmn("", "start > a > end"))
    assert case.states == {"a": "task"}

    case.complete("a", level="high")

    assert case.is_ended
    assert case.execution.ended_by == "end"
    assert case.passed == ["start", "a", "end"]
    assert case.variables == {"level": "high"}


def test_a_completed_task_cannot_be_completed_again():
    case = Case(bpmn("", "start > a > b > end"))
    token = case.token("a")
    case.complete("a")

    with pytest.raises(TaskNotActive):
        case.do(lambda execution: execution.complete(token, {}))
    assert case.open == ["b"]


@pytest.mark.parametrize("token", ["root", "", "no such token", "00000000-0000-0000-0000-000000000000"])
def test_a_token_that_is_not_there_cannot_be_completed(token):
    case = Case(bpmn("", "start > a > end"))

    with pytest.raises(TaskNotActive):
        case.do(lambda execution: execution.complete(token, {}))


def test_a_manual_task_waits_and_a_plain_task_does_not():
    case = Case(bpmn(element("task", "plain") + element("manualTask", "call"), "start > plain > call > end"))

    assert case.states == {"call": "task"}


def test_a_script_task_writes_the_value_of_its_feel():
    script = element("scriptTask", "add", "<script>a + 1</script>", scriptFormat="feel", camunda_resultVariable="b")

    assert Case(bpmn(script, "start > add > end"), a=2).variables == {"a": 2, "b": 3}


def test_a_service_task_asks_for_work_and_goes_on_when_it_is_done():
    inside = mappings(inputs={"to": "${address}", "template": "N01"})
    service = element("serviceTask", "work", inside, camunda_type="external", camunda_topic="mail")
    case = Case(bpmn(service, "start > work > end"), address="a@example.org")
    asked = case.told(WorkRequested)

    assert case.states == {"work": "work"}
    assert [(one.topic, one.inputs, one.variables["address"]) for one in asked] == [
        ("mail", {"to": "a@example.org", "template": "N01"}, "a@example.org")
    ]
    assert case.finish("work", sent=True) is True
    assert case.is_ended
    assert case.variables["sent"] is True


def test_work_that_is_done_twice_or_for_a_token_that_left_changes_nothing():
    case = Case(bpmn(SERVICE, "start > work > a > end"))
    token = case.token("work")
    case.finish("work")

    assert case.do(lambda execution: execution.finish_work(token, {"x": 1})) is False
    assert case.open == ["a"]
    assert case.variables == {}


def test_the_output_mapping_takes_what_it_names_from_the_result_and_nothing_else():
    inside = mappings(outputs={"total": "${amount * 2}"})
    service = element("serviceTask", "work", inside, camunda_type="external", camunda_topic="sum")
    case = Case(bpmn(service, "start > work > a > end"))
    case.finish("work", amount=4, other="x")

    assert case.variables == {"total": 8}


def test_an_error_of_the_work_goes_to_the_boundary_event_for_its_code_before_the_one_for_any():
    events = boundary("any", "work", event("error")) + boundary("refused", "work", event("error", "NO"))
    model = bpmn(SERVICE + events, "start > work > end; any > a > end2; refused > b > end3")
    specific, other = Case(model), Case(model)
    specific.fail("work", "NO", why="closed")
    other.fail("work", "TIMEOUT")

    assert (specific.open, other.open) == (["b"], ["a"])
    assert specific.variables == {"why": "closed"}
    assert other.execution.evaluate(other.execution.token(other.token("a")), "code") == "TIMEOUT"


def test_an_error_of_the_work_reaches_the_sub_process_around_it():
    inner = element("subProcess", "sub", scope(SERVICE, "start2 > work > end2"))
    case = Case(bpmn(inner + boundary("caught", "sub", event("error", "NO")), "start > sub > end; caught > a > end3"))
    case.fail("work", "NO", why="closed")

    assert case.open == ["a"]
    assert case.variables == {"why": "closed"}


def test_an_error_that_nothing_catches_is_refused_by_name():
    case = Case(bpmn(SERVICE, "start > work > end"))

    with pytest.raises(ModelFault, match="nothing in the diagram catches the error “NO”"):
        case.fail("work", "NO")


def test_flows_out_of_a_task_fork_and_those_with_conditions_are_chosen():
    model = bpmn(
        "", "start > a; a > b; a > c: x &gt; 1; a > d: x &gt; 5; b > end; c > end; d > end".replace("&gt;", ">")
    )
    case = Case(model.replace(b"x &gt", b"x &gt"))
    case.complete("a", x=2)

    assert case.open == ["b", "c"]


def test_the_default_flow_of_a_task_is_taken_where_no_condition_holds():
    model = bpmn(element("userTask", "a", default="a_c"), "start > a; a > b: x = 1; a > c; b > end; c > end2")

    for x, expected in ((1, ["b"]), (2, ["c"])):
        case = Case(model)
        case.complete("a", x=x)
        assert case.open == expected


def test_a_task_whose_conditions_all_fail_does_not_lose_its_token():
    case = Case(bpmn("", "start > a; a > b: x = 1; a > c: x = 2; b > end; c > end"))

    with pytest.raises(StepFailed, match="no condition holds and there is no default flow"):
        case.complete("a", x=3)


def test_two_flows_into_a_task_start_it_once_each():
    case = Case(bpmn("", "start > a > c > end; start > b > c"))
    case.complete("a")
    case.complete("b")

    assert case.open == ["c", "c"]


def test_a_sub_process_ends_when_nothing_is_left_inside():
    inner = element("subProcess", "sub", scope("", "start2 > a > end2; start2 > b > end3"))
    case = Case(bpmn(inner, "start > sub > c > end"))
    case.complete("a")
    assert case.open == ["b"]

    case.complete("b")

    assert case.open == ["c"]
    assert case.count == 1


def test_sub_processes_nest():
    inside = element("subProcess", "inner", scope("", "start3 > a > end3"))
    case = Case(bpmn(element("subProcess", "outer", scope(inside, "start2 > inner > b > end2")), "start > outer > end"))
    case.complete("a")
    case.complete("b")

    assert case.is_ended
    assert case.passed == ["start", "start2", "start3", "a", "end3", "inner", "b", "end2", "outer", "end"]


CALLED = bpmn("", "start > a > end", key="called")
MAPPED = (
    '<extensionElements><camunda:in source="x" target="given"/><camunda:in sourceExpression="${x + 1}" target="more"/>'
    '<camunda:out source="answer" target="got"/></extensionElements>'
)


def test_a_called_process_sees_only_what_is_mapped_in_and_gives_back_only_what_is_mapped_out():
    call = element("callActivity", "call", MAPPED, calledElement="called")
    case = Case(Shelf(bpmn(call, "start > call > b > end"), CALLED), x=1)
    seen = case.execution.context(case.token("a"))
    assert dict(seen) == {"given": 1, "more": 2}

    case.complete("a", answer="yes", other="lost", x=99)

    assert case.variables == {"x": 1, "got": "yes"}
    assert case.open == ["b"]


def test_all_variables_can_go_in_and_out_of_a_called_process():
    everything = '<extensionElements><camunda:in variables="all"/><camunda:out variables="all"/></extensionElements>'
    case = Case(
        Shelf(bpmn(element("callActivity", "call", everything, calledElement="called"), "start > call > end"), CALLED),
        x=1,
    )
    case.complete("a", y=2)

    assert case.variables == {"x": 1, "y": 2}


def test_a_called_process_stays_on_the_version_it_was_called_in():
    shelf = Shelf(bpmn(element("callActivity", "call", calledElement="called"), "start > call > end"), CALLED)
    case = Case(shelf)
    shelf.add(bpmn("", "start > other > end", key="called"))

    case.complete("a")

    assert case.is_ended
    assert Case(shelf).open == ["other"]


def test_a_call_of_a_process_that_does_not_exist_fails_at_the_call():
    with pytest.raises(StepFailed) as failed:
        Case(bpmn(element("callActivity", "call", calledElement="nothing"), "start > call > end"))

    assert failed.value.element_id == "call"


def test_a_send_task_throws_its_message_with_its_input_mapping():
    send = element("sendTask", "send", mappings(inputs={"n": "${n + 1}"}), messageRef="hello")
    case = Case(bpmn(send, "start > send > end"), n=1)
    (thrown,) = case.told(MessageThrown)

    assert (thrown.name, thrown.payload) == ("hello", {"n": 2})
    assert case.is_ended
    assert case.variables == {"n": 1}


def test_a_send_task_with_a_topic_is_external_work():
    send = element("sendTask", "send", properties(), camunda_type="external", camunda_topic="mail", messageRef="hello")

    assert Case(bpmn(send, "start > send > end")).states == {"send": "work"}
