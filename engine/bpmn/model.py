"""A file set ready to run: processes as SpiffWorkflow specifications, decisions, forms. Shared and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs import WorkflowSpec

from engine.bpmn.elements import Element
from engine.bpmn.starts import Starts
from engine.dmn import Decisions
from engine.errors import NotFound
from engine.forms import Form


class ProcessSpec(BpmnProcessSpec):  # type: ignore[misc]
    """The steps of a process or of the inside of a sub-process."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        #: names of the steps where tokens are placed first: the start event's, or all that nothing leads to
        self.first: list[str] = []
        #: names of the steps that listen for event sub-processes
        self.listeners: list[str] = []
        #: name of the event sub-process that undoes this sub-process
        self.undone_by = ""


@dataclass(frozen=True)
class Process:
    """One process of a file."""

    key: str
    name: str
    file: str
    spec: ProcessSpec
    #: every flow element of the process, the insides of its sub-processes included
    elements: Mapping[str, Element]
    properties: Mapping[str, str]
    starts: Starts
    starter_groups: tuple[str, ...] = ()
    #: form of the none start event
    start_form: str = ""
    is_executable: bool = True
    version_tag: str = ""

    def named(self, language: str) -> str:
        """The name in `language`."""
        return self.properties.get(f"name:{language[:2]}") or self.name or self.key


@dataclass(frozen=True)
class Model:
    """Everything of one deployment that running needs."""

    processes: Mapping[str, Process]
    #: decision id → the file's decisions
    decisions: Mapping[str, Decisions]
    forms: Mapping[str, Form]
    #: file name → content
    files: Mapping[str, bytes]

    def process(self, key: str) -> Process:
        """The process called `key`; raises NotFound."""
        if key not in self.processes:
            raise NotFound(f"The deployment has no process “{key}”.")
        return self.processes[key]

    def form(self, reference: str) -> Form | None:
        """The form with the id `reference`, or None for `app:` pages and elements without a form."""
        return self.forms.get(reference)


def reserved(spec: WorkflowSpec, name: str) -> bool:
    """Whether SpiffWorkflow uses `name` for a step of its own."""
    return name in spec.task_specs or name == "Root"
