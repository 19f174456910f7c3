"""SpiffWorkflow as it comes: its own parser and its own runner, for comparing."""

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from tests.models import element


def script(key: str, text: str) -> str:
    """A script task in Python."""
    return element("scriptTask", key, f"<script>{text}</script>")


def parsed(content: bytes, key: str = "main") -> tuple[object, object]:
    """The specification of the process, and of what it contains and calls."""
    parser = BpmnParser()
    parser.add_bpmn_str(content)
    return parser.get_spec(key), parser.get_subprocess_specs(key)


def started(content: bytes) -> BpmnWorkflow:
    """The first process of `content`, run by SpiffWorkflow to where it waits."""
    workflow = BpmnWorkflow(*parsed(content))
    workflow.do_engine_steps()
    return workflow


def do(workflow: BpmnWorkflow, name: str) -> None:
    """Complete the task `name` that waits, and run on."""
    ready(workflow, name)[0].run()
    workflow.do_engine_steps()


def ready(workflow: BpmnWorkflow, name: str) -> list[Task]:
    """The tasks at the step `name` that are ready."""
    return workflow.get_tasks(state=TaskState.READY, spec_name=name)


def passed(workflow: BpmnWorkflow) -> list[str]:
    """The names of the completed steps of the diagram."""
    done = workflow.get_tasks(state=TaskState.COMPLETED)
    return [task.task_spec.name for task in done if task.task_spec.bpmn_id]
