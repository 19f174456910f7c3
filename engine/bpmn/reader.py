"""From BPMN files to `Model`: one pass over the elements builds the steps, a second connects them.

Built without SpiffWorkflow's own parser, which recurses along the flow (600 steps break it), ignores vendors'
attributes and builds queries from the text of the file; the specifications it fills are SpiffWorkflow's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from engine import dmn, forms
from engine.bpmn.adapting import adapted
from engine.bpmn.assembly import STEPS, assemble
from engine.bpmn.elements import Element, Flow
from engine.bpmn.embedded import embedded_forms
from engine.bpmn.events import StartEvent
from engine.bpmn.kinds import kind_of
from engine.bpmn.model import Model, Process, ProcessSpec
from engine.bpmn.parts import Declared, extension_attributes, read_element, read_flow, read_properties
from engine.bpmn.starts import starts_of
from engine.bpmn.xml import bpmn, children, local, text_of


def read(files: Mapping[str, bytes]) -> Model:
    """The model of a file set (name → content) that `engine.bpmn.checks` found no error in."""
    processes: dict[str, Process] = {}
    decisions: dict[str, dmn.Decisions] = {}
    read_forms: dict[str, forms.Form] = {}
    tables = dmn.Imports(content for name, content in files.items() if kind_of(name, content) == "dmn")
    for name, content in sorted(files.items()):
        match kind_of(name, content):
            case "bpmn":
                root = adapted(content, name)
                processes |= {process.key: process for process in _processes(root, name)}
                read_forms |= {key: forms.load(form, name) for key, form in embedded_forms(root).items()}
            case "dmn":
                loaded = dmn.load(content, name, tables)
                decisions |= dict.fromkeys(loaded.ids, loaded)
            case "form":
                form = forms.load(content, name)
                read_forms[form.id] = form
    return Model(processes, decisions, read_forms, dict(files))


def read_file(source: bytes, file: str = "") -> list[Process]:
    """The processes of one BPMN file."""
    return _processes(adapted(source, file), file)


def lanes_of(process: etree._Element) -> dict[str, str]:
    """Element id → name of the innermost lane that holds it."""
    return {
        text_of(node): lane.get("name", "")
        for lane in process.iter(bpmn("lane"))
        for node in children(lane, "flowNodeRef")
    }


def flow_nodes(scope: etree._Element) -> Iterator[etree._Element]:
    """The flow nodes directly inside a process or sub-process that we run."""
    return (
        node for node in scope if isinstance(node.tag, str) and node.tag == bpmn(local(node)) and local(node) in STEPS
    )


def flows_of(scope: etree._Element) -> list[Flow]:
    """The sequence flows directly inside a process or sub-process."""
    return [read_flow(node) for node in children(scope, "sequenceFlow")]


def _processes(root: etree._Element, file: str) -> list[Process]:
    declared = Declared.by(root)
    return [_process(node, file, declared) for node in children(root, "process")]


def _process(node: etree._Element, file: str, declared: Declared) -> Process:
    elements: dict[str, Element] = {}
    spec = _scope(node, declared, lanes_of(node), elements)
    vendor = extension_attributes(node)
    steps = [step for step in spec.task_specs.values() if isinstance(step, StartEvent)]
    plain = next((step.element for step in steps if step.element.event.kind == "none"), None)
    starts = starts_of(spec)
    if vendor.get("isStartableInTasklist") == "false":
        starts = replace(starts, by_person=False)
    return Process(
        key=node.get("id", ""),
        name=" ".join(node.get("name", "").split()),
        file=file,
        spec=spec,
        elements=elements,
        properties=read_properties(node),
        starter_groups=tuple(
            group.strip() for group in vendor.get("candidateStarterGroups", "").split(",") if group.strip()
        ),
        start_form=plain.form if plain else "",
        starts=starts,
        is_executable=node.get("isExecutable", "true") != "false",
        version_tag=vendor.get("versionTag", ""),
    )


def _scope(
    scope: etree._Element, declared: Declared, lanes: Mapping[str, str], elements: dict[str, Element], lane: str = ""
) -> ProcessSpec:
    spec = ProcessSpec(scope.get("id", ""))
    nodes = {}
    for node in flow_nodes(scope):
        element = read_element(node, declared, lanes.get(node.get("id", ""), lane), scope.get("id", ""))
        nodes[element.id] = node
        elements[element.id] = element

    def inner(element: Element) -> ProcessSpec:
        return _scope(nodes[element.id], declared, lanes, elements, element.lane)

    assemble(spec, [elements[key] for key in nodes], flows_of(scope), inner)
    return spec
