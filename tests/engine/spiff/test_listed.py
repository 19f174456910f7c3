"""SpiffWorkflow stays pinned and unmodified, and ARCHITECTURE.md lists what we use of it and what we replace."""

import ast
import base64
import hashlib
import importlib.metadata
import re
import tomllib
from pathlib import Path

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task

from tests.architecture import LIBRARIES, ROOT, Module

#: A private name of ours that SpiffWorkflow has too, in a class that is no subclass of its: `Answers._inputs`.
OWN = {"_inputs"}
HERE = Path(__file__).parent
INSTALLED = importlib.metadata.distribution("SpiffWorkflow")
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
SECTION = PAGE.partition("\n## SpiffWorkflow\n")[2].partition("\n## ")[0]
#: The modules that may import it (tests/architecture.py).
MODULES = [
    module
    for path in sorted((ROOT / "engine").rglob("*.py"))
    for module in [Module(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))]
    if module.part in LIBRARIES["SpiffWorkflow"]
]
TESTS = {
    node.name
    for path in HERE.glob("test_re*.py")
    for node in ast.parse(path.read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
}


def private_names() -> set[str]:
    """The private attributes and methods of the classes that we subclass or hold."""
    process = BpmnProcessSpec("main")
    workflow = BpmnWorkflow(process, deserializing=True)
    held = [workflow, Task(workflow, process.start), process, process.start]
    names = {name for each in held for name in vars(each)}
    names |= {name for kind in (BpmnWorkflow, BpmnSubWorkflow, BpmnTaskSpec, Task) for name in dir(kind)}
    return {name for name in names if re.match(r"_[a-z]", name)}


def used(module: Module) -> set[str]:
    """The names of attributes that a module reads, and of methods that it defines."""
    nodes = list(ast.walk(module.tree))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)} | {
        node.name for node in nodes if isinstance(node, ast.FunctionDef)
    }


def unlisted(names: set[str]) -> set[str]:
    """Those of `names` that the section does not speak of."""
    return {name for name in names if not re.search(rf"`[^`|]*\b{name}\b[^`|]*`", SECTION)}


def imported(module: Module) -> set[str]:
    """What a module imports from SpiffWorkflow."""
    return {name.split(".")[-1] for _, name in module.imports if name.startswith("SpiffWorkflow")}


def test_the_installed_version_is_the_pinned_one():
    pinned = re.search(r"^spiffworkflow==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert pinned is not None
    assert INSTALLED.version == pinned[1]
    assert f"spiffworkflow=={INSTALLED.version}" in project["dependencies"]
    assert INSTALLED.version in SECTION


def test_the_installed_files_are_as_they_were_published():
    sources = [file for file in INSTALLED.files or () if file.suffix == ".py" and file.hash is not None]
    changed = [
        str(file)
        for file in sources
        if base64.urlsafe_b64encode(hashlib.new(file.hash.mode, file.read_binary()).digest()).decode().rstrip("=")
        != file.hash.value
    ]

    assert len(sources) > 100
    assert changed == []


def test_nothing_of_it_is_patched():
    patched = [
        f"{module.path}:{node.lineno}"
        for module in MODULES
        for names in [imported(module)]
        for node in (ast.walk(module.tree) if names else ())
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if isinstance(node.value, ast.Name) and node.value.id in names
    ]

    assert patched == []


def test_everything_imported_is_listed():
    names = {name for module in MODULES for name in imported(module)}

    assert names
    assert unlisted(names) == set()


def test_every_private_name_used_is_listed():
    spoken_of = {name for module in MODULES for name in used(module)} & private_names() - OWN

    assert "_set_state" in spoken_of
    assert unlisted(spoken_of) == set()


def test_every_row_of_the_list_names_its_tests_and_every_test_stands_in_a_row():
    named = set(re.findall(r"`(test_\w+)`", SECTION))

    assert named - TESTS == set(), "no such test"
    assert TESTS - named == set(), "in no row"
    rows = [line for line in SECTION.splitlines() if line.startswith("| ") and not line.startswith(("| ours", "| ---"))]
    assert [row for row in rows if "`test_" not in row] == []
