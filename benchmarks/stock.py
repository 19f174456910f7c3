"""The case on stock SpiffWorkflow: its parser, script engine, runner and serializer, as its manual shows them."""

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.task_spec import BpmnTaskSpecConverter
from SpiffWorkflow.bpmn.specs.defaults import ServiceTask
from SpiffWorkflow.camunda.parser import CamundaParser
from SpiffWorkflow.camunda.serializer import DEFAULT_CONFIG
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from benchmarks.case import PROCESS, stock_models

#: Service tasks have no converter of their own.
CONFIG = {**DEFAULT_CONFIG, ServiceTask: BpmnTaskSpecConverter}


class Stock:
    """SpiffWorkflow with `BpmnWorkflowSerializer`."""

    def __init__(self) -> None:
        parser = CamundaParser()
        for name, source in stock_models().items():
            add = parser.add_dmn_xml if name.endswith(".dmn") else parser.add_bpmn_xml
            add(etree.fromstring(source))
        self._spec = parser.get_spec(PROCESS)
        self._inner = parser.get_subprocess_specs(PROCESS)
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(CONFIG))

    def start(self) -> bytes:
        """Begin a case."""
        workflow = BpmnWorkflow(self._spec, self._inner)
        workflow.do_engine_steps()
        return self._save(workflow)

    def step(self, state: bytes, element: str, values: dict[str, Any]) -> bytes:
        """Load, complete, run, save."""
        workflow = self._serializer.deserialize_json(state.decode())
        task = next(task for task in _waiting(workflow) if task.task_spec.name == element)
        task.data.update(values)
        if task.state == TaskState.STARTED:
            task.complete()
        else:
            task.run()
        workflow.do_engine_steps()
        return self._save(workflow)

    def open(self, state: bytes) -> list[str]:
        """What waits."""
        return sorted({task.task_spec.name for task in _waiting(self._serializer.deserialize_json(state.decode()))})

    def _save(self, workflow: BpmnWorkflow) -> bytes:
        text: str = self._serializer.serialize_json(workflow)
        return text.encode()


def _waiting(workflow: BpmnWorkflow) -> list[Task]:
    tasks = workflow.get_tasks(state=TaskState.READY | TaskState.STARTED)
    return [task for task in tasks if task.task_spec.manual or isinstance(task.task_spec, ServiceTask)]
