"""Events and activities that SpiffWorkflow still runs in another way. A failure says that an upgrade mended it."""

import inspect

import pytest
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.specs.event_definitions import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.util.task import TaskState

from tests.engine.spiff.stock import do, parsed, passed, ready, script, started
from tests.models import Case, boundary, bpmn, catch, element, end, event, scope, throwing, timer

FORK = element("parallelGateway", "f")


def event_sub_process(definition: str) -> str:
    """An interrupting event sub-process with a script `s`."""
    inside = scope(element("startEvent", "begun", definition) + script("s", "x = 1"), "begun > s > end1")
    return element("subProcess", "sub", inside, triggeredByEvent="true")


# --- events


@pytest.mark.parametrize(
    "step",
    [
        end("e", event("signal", "go")),
        throwing("e", event("compensate")),
        throwing("e", '<linkEventDefinition name="over"/>'),
        catch("e", '<linkEventDefinition name="over"/>'),
    ],
    ids=["signal end", "compensation", "link throw", "link catch"],
)
def test_upstream_reads_some_events_as_none(step):
    spec, _ = parsed(bpmn(step, "start > e" + (" > end" if "endEvent" not in step else "")))

    assert isinstance(spec.task_specs["e"].event_definition, NoneEventDefinition)


def test_upstream_lets_two_boundary_events_catch_one_error():
    inside = element("subProcess", "sub", scope(end("bad", event("error", "E1")), "start1 > bad"))
    edge = boundary("specific", "sub", event("error", "E1")) + boundary("any", "sub", event("error"))
    stock = started(bpmn(inside + edge, "start > sub > end; specific > a > end2; any > b > end3"))

    assert [len(ready(stock, name)) for name in ("a", "b")] == [1, 1]


def test_upstream_fires_two_overdue_interrupting_timers():
    edge = boundary("t1", "a", timer('"PT0S"')) + boundary("t2", "a", timer('"PT0S"'))
    stock = started(bpmn(edge, "start > a > end; t1 > x > end2; t2 > y > end3"))
    stock.refresh_timers()
    stock.do_engine_steps()

    assert [len(ready(stock, name)) for name in ("x", "y")] == [1, 1]


def test_upstream_keeps_one_time_for_all_timers_behind_an_event_gateway():
    timers = catch("t1", timer('"P30D"')) + catch("t2", timer('"PT1H"'))
    stock = started(bpmn(element("eventBasedGateway", "g") + timers, "start > g > t1 > end; g > t2 > end2"))
    (waiting,) = stock.get_tasks(state=TaskState.WAITING)

    assert isinstance(waiting.internal_data["event_value"], str), "one moment, not one a timer"


def test_upstream_calculates_a_bare_duration_as_python():
    with pytest.raises(WorkflowTaskException, match="P15D"):
        started(bpmn(catch("t", timer("P15D")), "start > t > end"))


def test_upstream_reads_the_clock_itself():
    assert "datetime.now(" in inspect.getsource(inspect.getmodule(TimerEventDefinition))


def test_upstream_runs_an_event_sub_process_for_errors_at_once():
    assert "s" in passed(started(bpmn(event_sub_process(event("error", "bad")), "start > a > end")))


def test_upstream_interrupts_nothing_with_an_event_sub_process():
    signal = event("signal", "go")
    content = bpmn(FORK + event_sub_process(signal) + throwing("t", signal), "start > f > a > end; f > b > t > end2")
    stock, ours = started(content), Case(content.replace(b"<script>x = 1</script>", b"<script>1</script>"))
    do(stock, "b")
    ours.complete("b")

    assert "s" in passed(stock)
    assert ready(stock, "a"), "which the standard takes away"
    assert ours.is_ended


def test_upstream_leaves_signals_that_leave_an_instance_to_its_caller():
    stock = started(bpmn(throwing("t", event("signal", "go")), "start > t > end"))

    assert [found.event_definition.name for found in stock.get_events()] == ["go"]


def test_upstream_completes_where_nothing_catches_an_error():
    stock = started(bpmn(end("bad", event("error", "E1")), "start > bad"))

    assert (stock.is_completed(), stock.success) == (True, True)


def test_upstream_passes_a_receive_task_without_a_message():
    assert "r" in passed(started(bpmn(element("receiveTask", "r"), "start > r > end")))


# --- activities and data


def test_upstream_asks_a_person_for_a_plain_task():
    assert ready(started(bpmn(element("task", "t"), "start > t > end")), "t")


def test_upstream_keeps_every_finished_item_of_a_loop():
    several = "<multiInstanceLoopCharacteristics isSequential='true'><loopCardinality>3</loopCardinality>"
    stock = started(bpmn(element("userTask", "u", f"{several}</multiInstanceLoopCharacteristics>"), "start > u > end"))
    for _ in range(3):
        (item,) = stock.get_tasks(state=TaskState.READY)
        do(stock, item.task_spec.name)

    assert len(stock.get_tasks(spec_name=item.task_spec.name)) == 3


def test_upstream_fails_in_an_ad_hoc_sub_process():
    inside = element("userTask", "x") + "<completionCondition>1 == 2</completionCondition>"

    with pytest.raises(KeyError, match="data_objects"):
        started(bpmn(element("adHocSubProcess", "h", inside), "start > h > end"))


def test_upstream_passes_all_data_into_and_out_of_a_called_process():
    call = bpmn(element("callActivity", "c", calledElement="inner"), "start > a > c > end").decode()
    called = bpmn("", "start2 > b > end2", "inner").decode()
    stock = started(call.replace("</definitions>", called[called.index("<process") :]).encode())
    ready(stock, "a")[0].data["secret"] = 1
    do(stock, "a")
    ready(stock, "b")[0].data["more"] = 2
    do(stock, "b")

    assert stock.data == {"secret": 1, "more": 2}


def test_upstream_calculates_expressions_as_python():
    gateway = element("exclusiveGateway", "x", default="x_a")

    assert "end" in passed(started(bpmn(gateway, "start > x; x > end: __import__('os').name; x > a; a > end2")))


def test_upstream_drops_attributes_of_vendors():
    asked = element("userTask", "a", camunda_candidateGroups="desk")
    spec, _ = parsed(bpmn(asked, "start > a > end"))

    assert spec.task_specs["a"].extensions == {}
