"""What SpiffWorkflow still does in another way than we do. A test that fails here says that an upgrade mended it."""

import inspect
import logging
from decimal import Decimal

import pytest
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskIterator

from tests.engine.spiff.stock import do, parsed, passed, ready, script, started
from tests.models import Case, boundary, bpmn, element, end, event

FORK, JOIN = element("parallelGateway", "f"), element("parallelGateway", "j")


# --- tokens and runner


def test_upstream_predicts_and_keeps_every_task_so_that_loops_grow():
    gateways = element("exclusiveGateway", "m") + element("exclusiveGateway", "x", default="x_m")
    content = bpmn(gateways, "start > m > a > x > m; x > end: 1 == 2")
    stock, ours = started(content), Case(content)
    counts = []
    for _ in range(3):
        do(stock, "a")
        ours.complete("a")
        counts.append((len(stock.tasks), ours.count))

    assert [stock for stock, _ in counts] == [counts[0][0], counts[0][0] + 3, counts[0][0] + 6]
    assert {ours for _, ours in counts} == {1}


def test_upstream_looks_for_tasks_to_a_depth_of_1000():
    assert inspect.signature(TaskIterator.__init__).parameters["max_depth"].default == 1000


def test_upstream_runs_a_task_whatever_its_state():
    stock = started(bpmn("", "start > a > end"))
    (task,) = ready(stock, "a")
    task.run()

    assert task.run() is True, "a second time, when it is completed"


def test_upstream_runs_what_a_terminate_event_has_stopped():
    content = bpmn(FORK + end("stop", event("terminate")) + script("s", "x = 1"), "start > f > stop; f > s > end")

    assert "s" in passed(started(content))


def test_upstream_updates_what_waits_whenever_a_task_completes():
    seen = []
    stock = started(bpmn(FORK, "start > f > a > end; f > b > end2"))
    stock.update_waiting_tasks = lambda: seen.append("updated")
    ready(stock, "a")[0].run()

    assert seen


def test_upstream_tests_a_step_for_inputs_that_we_do_not_connect():
    spec, _ = parsed(bpmn("", "start > a > end"))
    spec.task_specs["a"]._inputs.clear()

    with pytest.raises(WorkflowException):
        spec.task_specs["a"].test()


def test_upstream_writes_what_tasks_carry_into_log_records(caplog):
    stock = started(bpmn("", "start > a > end"))
    (task,) = ready(stock, "a")
    task.data["secret"] = "s3cret"
    with caplog.at_level(logging.DEBUG, "spiff.task"):
        task.run()

    assert {"secret": "s3cret"} in [getattr(record, "data", None) for record in caplog.records]


# --- gateways and flows


def test_upstream_joins_swallow_a_second_token_of_one_flow():
    flows = "start > f > a > m > j > end; f > b > m; f > c > j"
    content = bpmn(FORK + JOIN, flows)
    stock, ours = started(content), Case(content)
    for name in ("a", "b", "m", "m", "c"):
        do(stock, name)
        ours.complete(name)

    assert stock.is_completed()
    assert [found for _, found, _ in ours.execution.open_elements()] == ["j"], "ours keeps it"


def test_upstream_joins_merge_data_and_lose_what_one_branch_wrote():
    branches = "start > first > f > a > s1 > j > end; f > b > s2 > j"
    stock = started(bpmn(FORK + JOIN + script("s1", "x = 2") + script("s2", "y = 2"), branches))
    ready(stock, "first")[0].data["x"] = 1
    for name in ("first", "a", "b"):
        do(stock, name)

    assert stock.data == {"x": 1, "y": 2}
    assert DeepMerge.merge({"list": ["A", "B", "C"]}, {"list": ["C"]}) == {"list": ["A"]}


def test_upstream_ignores_conditions_on_flows_out_of_activities():
    stock = started(bpmn("", "start > a; a > end: 1 == 2"))
    do(stock, "a")

    assert "end" in passed(stock)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (bpmn("", "start > a > b > end; a > c > end"), "Multiple outgoing flows are not supported"),
        (bpmn(element("complexGateway", "k"), "start > k > end"), "no support implemented"),
        (bpmn(boundary("c", "a", event("compensate")), "start > a > end"), "Unsupported Catch Event"),
        (bpmn("", "start > a > end").replace(b'"true"', b'"false"'), "is not executable"),
        (bpmn("", f"start > {' > '.join(f't{number}' for number in range(600))} > end"), "RecursionError"),
    ],
    ids=["implicit fork", "complex gateway", "compensation", "not executable", "long chain"],
)
def test_upstream_refuses_what_we_run(content, why):
    with pytest.raises(ValidationException, match=why):
        parsed(content)


def test_upstream_starts_at_every_start_event():
    assert {"start", "start2"} <= set(passed(started(bpmn("", "start > a > end; start2 > b > end2"))))


# --- state


def test_upstream_stores_the_specification_with_every_instance():
    stock = started(bpmn("", "start > a > end"))

    assert {"spec", "subprocess_specs"} <= set(BpmnWorkflowSerializer().to_dict(stock))


def test_upstream_cannot_store_decimals():
    stock = started(bpmn("", "start > a > end"))
    ready(stock, "a")[0].data["amount"] = Decimal("0.1")

    with pytest.raises(TypeError, match="Decimal"):
        BpmnWorkflowSerializer().serialize_json(stock)
