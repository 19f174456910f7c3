"""What we rely on in SpiffWorkflow, private names included. A test that fails here says what an upgrade changed."""

import inspect
import logging

import pytest
from SpiffWorkflow import task as tasks
from SpiffWorkflow import workflow as workflows
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


class Spec(BpmnTaskSpec):
    """A task spec that notes which of its hooks are called, and gives `result`."""

    result: bool | None = True

    def __init__(self, process, name):
        super().__init__(process, name, manual=True)
        self.calls = []

    def test(self):
        self.calls.append("test")

    def _on_ready_hook(self, my_task):
        self.calls.append("ready")

    def _run_hook(self, my_task):
        self.calls.append("run")
        return self.result

    def _on_complete(self, my_task):
        self.calls.append("complete")


@pytest.fixture
def process():
    return BpmnProcessSpec("main")


@pytest.fixture
def spec(process):
    return Spec(process, "a")


@pytest.fixture
def workflow(process):
    """An empty workflow with a root."""
    empty = BpmnWorkflow(process, script_engine=object(), deserializing=True)
    empty.task_tree = Task(empty, process.start, None, TaskState.COMPLETED, "root")
    return empty


@pytest.fixture
def token(workflow, spec):
    return Task(workflow, spec, workflow.task_tree, TaskState.FUTURE, "t")


def test_the_numbers_of_states_are_those_in_stored_cases():
    names = ("FUTURE", "WAITING", "READY", "STARTED", "COMPLETED", "ERROR", "CANCELLED")

    assert {name: getattr(TaskState, name) for name in names} == {
        "FUTURE": 4,
        "WAITING": 8,
        "READY": 16,
        "STARTED": 32,
        "COMPLETED": 64,
        "ERROR": 128,
        "CANCELLED": 256,
    }


def test_a_task_spec_enters_itself_into_its_process_under_its_name(process, spec):
    assert process.task_specs["a"] is spec
    assert spec._wf_spec is process
    assert (spec.name, spec.manual, spec.bpmn_id) == ("a", True, None)


def test_a_name_is_taken_once(process, spec):
    with pytest.raises(KeyError, match="Duplicate task spec name: a"):
        Spec(process, "a")


def test_a_process_brings_steps_of_its_own():
    process = BpmnProcessSpec("main")

    assert set(process.task_specs) == {"Start", "End", "main.EndJoin"}
    assert process.start is process.task_specs["Start"]


def test_a_workflow_that_is_deserialized_begins_without_tokens(process):
    engine = object()
    workflow = BpmnWorkflow(process, script_engine=engine, deserializing=True)

    assert (workflow.tasks, workflow.subprocesses) == ({}, {})
    assert not hasattr(workflow, "task_tree"), "its root is ours to plant"
    assert workflow.script_engine is engine, "what is given is not looked at"
    assert workflow.top_workflow is workflow
    assert workflow.spec is process


def test_a_task_takes_its_place_in_workflow_and_parent_by_any_id(workflow, token, spec):
    assert list(inspect.signature(Task.__init__).parameters)[1:] == ["workflow", "task_spec", "parent", "state", "id"]
    assert workflow.tasks == {"root": workflow.task_tree, "t": token}
    assert workflow.task_tree._children == ["t"]
    assert workflow.task_tree.children == [token]
    assert (token.id, token.parent, token.workflow, token.task_spec) == ("t", workflow.task_tree, workflow, spec)
    assert (token.state, token.data, token.internal_data) == (TaskState.FUTURE, {}, {})


def test_setting_the_parent_of_a_task_leaves_the_lists_of_children_to_us(workflow, spec, token):
    other = Task(workflow, spec, workflow.task_tree, TaskState.FUTURE, "u")
    token.parent = other

    assert token.parent is other
    assert (other.children, workflow.task_tree.children) == ([], [token, other])


def test_removing_a_task_removes_what_hangs_from_it(workflow, spec, token):
    Task(workflow, spec, token, TaskState.FUTURE, "child")
    workflow._remove_task("t")

    assert list(workflow.tasks) == ["root"]
    assert workflow.task_tree._children == []


def test_every_change_of_state_goes_through_one_method(workflow, spec):
    class Noted(Task):
        def _set_state(self, value):
            self._state = value
            noted.append(value)

    noted = []
    task = Noted(workflow, spec, workflow.task_tree, TaskState.FUTURE, "n")
    task._ready()
    task.run()

    assert noted == [TaskState.READY, TaskState.COMPLETED]
    assert task.state == TaskState.COMPLETED, "`state` reads what the method wrote"


def test_a_task_becomes_ready_and_its_spec_is_tested_and_told(token, spec):
    token._ready()

    assert token.state == TaskState.READY
    assert spec.calls == ["test", "ready"]


@pytest.mark.parametrize(
    ("result", "state", "calls"),
    [
        (True, TaskState.COMPLETED, ["run", "complete"]),
        (None, TaskState.STARTED, ["run"]),
        (False, TaskState.ERROR, ["run"]),
    ],
)
def test_what_a_run_gives_decides_the_state(token, spec, result, state, calls):
    spec.result = result
    token.run()

    assert (token.state, spec.calls) == (state, calls)


def test_a_started_task_is_completed_from_outside(token, spec):
    token._set_state(TaskState.STARTED)
    token.complete()

    assert (token.state, spec.calls) == (TaskState.COMPLETED, ["complete"])


def test_an_exception_of_a_run_comes_through_and_marks_the_task(token, spec):
    def fail(_task):
        raise LookupError("it failed")

    spec._run_hook = fail

    with pytest.raises(LookupError, match="it failed"):
        token.run()
    assert token.state == TaskState.ERROR


def test_a_subworkflow_asks_for_its_parent_and_shares_the_engine(process, workflow, token):
    class Part(BpmnSubWorkflow):
        parent_workflow = workflow

    part = Part(BpmnProcessSpec("inside"), token.id, workflow, deserializing=True)

    assert (part.tasks, part.top_workflow, part.depth) == ({}, workflow, 1)
    assert part.script_engine is workflow.script_engine
    assert workflow.subprocesses == {}, "it does not enter itself"


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (TaskSpec, "test", ["self"]),
        (TaskSpec, "_predict", ["self", "my_task", "seen", "looked_ahead", "mask"]),
        (TaskSpec, "_update", ["self", "my_task"]),
        (TaskSpec, "_on_ready_hook", ["self", "my_task"]),
        (TaskSpec, "_run_hook", ["self", "my_task"]),
        (TaskSpec, "_on_complete", ["self", "my_task"]),
        (Task, "_set_state", ["self", "value"]),
        (BpmnSubWorkflow, "__init__", ["self", "spec", "parent_task_id", "top_workflow", "kwargs"]),
        (BpmnWorkflow, "__init__", ["self", "spec", "subprocess_specs", "script_engine", "kwargs"]),
        (workflows.Workflow, "_remove_task", ["self", "task_id"]),
    ],
)
def test_what_we_replace_and_call_keeps_its_parameters(owner, name, parameters):
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters


def test_the_log_records_of_tasks_come_from_the_loggers_that_we_silence():
    assert (tasks.logger.name, workflows.logger.name) == ("spiff.task", "spiff.workflow")
    assert tasks.logger.level == logging.WARNING
