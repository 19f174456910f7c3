"""The rules of the house, as functions from a module, or from all of them, to what is wrong there."""

import ast
import graphlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent

#: Lowest first. A layer imports only itself and those before it.
LAYERS = ["engine", "processes", "webforms", "app"]

#: In reading order. A module of the engine imports only itself and those before it.
ENGINE = [
    *("errors", "clock", "problems", "db", "models", "organisation", "feel", "values", "calendars", "forecast", "mail"),
    *("sms", "reference", "applications", "vault", "site", "dmn", "forms", "bpmn", "definitions", "state", "execution"),
    *("identity", "access", "attachments", "history", "assignment", "projections", "notifications", "transition"),
    *("search", "commands", "jobs", "travel", "paces", "upkeep", "queries", "dryrun", "scenarios", "scheduler"),
]

#: Library → the modules and layers that may import it.
LIBRARIES = {
    "SpiffWorkflow": {"engine.bpmn", "engine.state", "engine.execution"},
    "apscheduler": {"engine.scheduler", "engine.bpmn"},
    "flask": {"webforms", "app"},
}

FILE_LINES = 330
FUNCTION_LINES = 60

FORBIDDEN_NOUNS = {"service", "manager", "helper", "util", "processor", "controller"}

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """A Python file: its path from the root, and its text."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, self.path)

    @property
    def name(self) -> str:
        """The dotted name under which others import it."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def layer(self) -> str:
        return self.name.split(".")[0]

    @property
    def part(self) -> str:
        """The first two names: `engine.bpmn` for all files of that package."""
        return ".".join(self.name.split(".")[:2])

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Line and full name of everything imported; `from a import b` gives `a.b`."""
        return [found for node in ast.walk(self.tree) for found in self._imported_by(node)]

    def _imported_by(self, node: ast.AST) -> Iterator[tuple[int, str]]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        if isinstance(node, ast.ImportFrom):
            package = self.name.split(".") if self.path.endswith("__init__.py") else self.name.split(".")[:-1]
            start = package[: len(package) - node.level + 1] if node.level else []
            for alias in node.names:
                yield node.lineno, ".".join([*start, *(node.module or "").split("."), alias.name]).replace("..", ".")

    def say(self, line: int, what: str) -> str:
        return f"{self.path}:{line}: {what}"


def imports_between_layers_run_one_way(module: Module) -> Iterator[str]:
    allowed = LAYERS[: LAYERS.index(module.layer) + 1] if module.layer in LAYERS else LAYERS[:-1]
    for line, target in module.imports:
        layer = target.split(".")[0]
        if layer in LAYERS and layer not in allowed:
            yield module.say(
                line, f"{module.layer} must not import {layer}: imports run app → webforms → processes → engine"
            )
        if layer == "app" and module.layer == "app":
            yield module.say(line, "nobody imports app")


def imports_inside_the_engine_point_up_the_list(module: Module) -> Iterator[str]:
    if module.layer != "engine":
        return
    own = module.part.removeprefix("engine").lstrip(".")
    if own and own not in ENGINE:
        yield module.say(
            1, f"engine.{own} has no place in the order of the engine: give it one in tests/architecture.py"
        )
        return
    before = ENGINE[: ENGINE.index(own) + 1] if own else []
    for line, target in module.imports:
        names = target.split(".")
        if names[0] == "engine" and names[1:2] and names[1] not in before:
            yield module.say(line, f"engine.{names[1]} comes after {module.part} in the order of the engine")


def libraries_stay_behind_their_modules(module: Module) -> Iterator[str]:
    for line, target in module.imports:
        library = "flask" if target.startswith("flask_") else target.split(".")[0]
        homes = LIBRARIES.get(library)
        if homes and module.layer in LAYERS and not homes & {module.layer, module.part}:
            yield module.say(line, f"{library} is imported only by {', '.join(sorted(homes))}")


def imports_stand_at_the_top(module: Module) -> Iterator[str]:
    for function in _nodes(module, *FUNCTIONS):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield module.say(node.lineno, "an import inside a function hides a dependency")


def only_the_database_module_commits(module: Module) -> Iterator[str]:
    for call in _nodes(module, ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit" and module.part != "engine.db":
            yield module.say(call.lineno, "only engine.db commits: use engine.db.transaction()")


def only_the_composition_root_reads_the_environment(module: Module) -> Iterator[str]:
    if module.path in {"app.py", "migrations/env.py"}:
        return
    names = {"os.environ", "os.environb", "os.getenv", "os.putenv"}
    for line, name in [*_attributes(module), *module.imports]:
        if name in names:
            yield module.say(line, "the environment is read only in app.py and migrations/env.py: pass the setting in")


def only_the_clock_module_reads_the_clock(module: Module) -> Iterator[str]:
    if module.part == "engine.clock":
        return
    reading = re.compile(
        r"(^|\.)(datetime\.(now|utcnow|today)|date\.today)$|^time\.(time|time_ns|localtime|gmtime)$|(^|\.)func\.now$"
    )
    for line, name in [*_attributes(module), *module.imports]:
        if reading.search(name):
            yield module.say(line, f"{name} reads the clock: use engine.clock.now()")


def only_the_guard_catches_everything(module: Module) -> Iterator[str]:
    found = [handler.lineno for handler in _nodes(module, ast.ExceptHandler) if _catches_everything(handler)]
    for line in found[1:] if module.name == "engine.transition.guard" else found:
        yield module.say(
            line, "catches everything: name the exceptions (one such place is allowed, engine.transition.guard)"
        )


def files_and_functions_stay_short(module: Module) -> Iterator[str]:
    if module.path.startswith("migrations/versions/"):
        return  # a list of columns, written once
    lines = module.source.count("\n") + 1
    if lines > FILE_LINES + 1:
        yield module.say(1, f"{lines} lines: over {FILE_LINES}, make it a package of the same name")
    for function in _nodes(module, *FUNCTIONS):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > FUNCTION_LINES:
            yield module.say(function.lineno, f"{function.name} has {length} lines, more than {FUNCTION_LINES}")


def names_say_what_a_thing_is(module: Module) -> Iterator[str]:
    named = [(node.lineno, node.name) for node in _nodes(module, *FUNCTIONS, ast.ClassDef)]
    for line, name in [(1, module.name.split(".")[-1]), *named]:
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("service_task", "").split("_")
        for word in words:
            if word in FORBIDDEN_NOUNS or word.removesuffix("s") in FORBIDDEN_NOUNS:
                yield module.say(line, f"{name}: “{word}” says nothing; name what it is or does")


def nothing_imports_in_a_circle(modules: Iterable[Module]) -> Iterator[str]:
    names = {module.name for module in modules}
    graph = {
        module.name: {_owner(target, names) for _, target in module.imports} - {None, module.name} for module in modules
    }
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        yield "imports run in a circle: " + " → ".join(reversed(error.args[1]))


def every_engine_module_has_a_test(paths: Iterable[str]) -> Iterator[str]:
    paths = set(paths)
    parts = {
        path.split("/")[1].removesuffix(".py") for path in paths if path.startswith("engine/") and path.endswith(".py")
    }
    for part in sorted(parts - {"__init__"}):
        mirror = re.compile(rf"tests/engine/(test_{part}(_\w+)?|{part}/(.+/)?test_\w+)\.py")
        if not any(mirror.fullmatch(path) for path in paths):
            yield f"engine/{part} has no tests/engine/test_{part}.py and no tests in tests/engine/{part}/"


def the_engine_knows_no_application(path: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if path.startswith("engine/") and re.search("complaint|投诉", line, re.IGNORECASE):
            yield f"{path}:{number}: the engine runs any process; complaints belong into processes/complaint"


#: Rules about one module.
RULES: list[Callable[[Module], Iterator[str]]] = [
    imports_between_layers_run_one_way,
    imports_inside_the_engine_point_up_the_list,
    libraries_stay_behind_their_modules,
    imports_stand_at_the_top,
    only_the_database_module_commits,
    only_the_composition_root_reads_the_environment,
    only_the_clock_module_reads_the_clock,
    only_the_guard_catches_everything,
    files_and_functions_stay_short,
    names_say_what_a_thing_is,
]


def _nodes(module: Module, *types: type) -> Iterator[Any]:
    return (node for node in ast.walk(module.tree) if isinstance(node, types))


def _attributes(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted text of every attribute, as `os.environ`."""
    return ((node.lineno, ast.unparse(node)) for node in _nodes(module, ast.Attribute))


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    """Whether anything at all ends here; to clean up and raise it again is no such thing."""
    if isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None:
        return False
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or ast.unparse(kind).split(".")[-1] in {"Exception", "BaseException"} for kind in caught)


def _owner(target: str, names: set[str]) -> str | None:
    """The module of ours that `target` names, or lies in."""
    while target not in names and "." in target:
        target = target.rpartition(".")[0]
    return target if target in names else None
