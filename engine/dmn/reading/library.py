"""Reads a DMN file together with those it imports."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from engine.dmn import problems as found
from engine.dmn.boxed import Nothing, outside
from engine.dmn.model import Decision, Element, InputData, Key, Knowledge, Model
from engine.dmn.reading.elements import ElementReader
from engine.dmn.reading.findings import Findings
from engine.dmn.reading.item_types import ItemTypes
from engine.dmn.reading.names import member_names, variable_name
from engine.dmn.xml import Element as Xml
from engine.dmn.xml import children, definitions, is_model_namespace, tag
from engine.errors import InvalidModel
from engine.problems import Problem

#: A file and those it imports, directly or through others.
_MOST_FILES = 64
#: Decisions, inputs, knowledge models and services of one file.
MAX_ELEMENTS = 2_000
#: Names of parts of values, of one file: each expression may use each of them.
MAX_NAMES = 1_000
#: Names that decisions read, those of what they require counted again for each.
_MOST_READS = 100_000
_KINDS = frozenset({"inputData", "decision", "businessKnowledgeModel", "decisionService"})
_CIRCULAR = Nothing("it requires itself, directly or through others", "它直接或间接地依赖自身")


class _File:
    """One file: its root, what is found in it, its types, and the names of its imports by namespace."""

    def __init__(self, source: bytes, name: str, functions: frozenset[str] | None) -> None:
        self.root = definitions(source, name)
        self.namespace: str = self.root.get("namespace", "").strip()
        self.findings = Findings(name, functions)
        self.members = member_names(self.root)
        self._limit(len(list(self.variables)), MAX_ELEMENTS, "elements of the model", "模型元素")
        self._limit(len(self.members), MAX_NAMES, "names of parts of values", "值组成部分名称")
        self.types = ItemTypes(self.root, self.findings, self.members)
        self.prefixes: dict[str, str] = {}

    def _limit(self, count: int, limit: int, what: str, what_zh: str) -> None:
        """Raises InvalidModel for a file of which every part would make every other part dearer to read."""
        if count > limit:
            params: dict[str, object] = {"limit": limit, "what": what, "what_zh": what_zh}
            raise InvalidModel([Problem(found.TOO_LARGE, self.findings.file, params=params)])

    @property
    def variables(self) -> Iterator[tuple[Key, str]]:
        """Key and name of each of its elements."""
        for element in children(self.root):
            if tag(element) in _KINDS:
                yield (self.namespace, element.get("id") or element.get("name", "")), variable_name(element)


class Imports:
    """The files that may be imported, found by their namespace; unreadable ones are not found."""

    def __init__(self, sources: Iterable[bytes] = ()) -> None:
        self._sources = sources

    def get(self, namespace: str) -> bytes | None:
        """The content of the file with that namespace."""
        return self._found.get(namespace)

    @cached_property
    def _found(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for source in self._sources:
            with suppress(InvalidModel):
                found[definitions(source).get("namespace", "").strip()] = source
        return found


def _with_imported(file: _File, imports: Imports) -> dict[str, _File]:
    """`file` and what it imports, directly or through others, by namespace; no more than `_MOST_FILES`."""
    files = {file.namespace: file}
    waiting = [file]
    while waiting:
        for element in children(waiting.pop().root, "import"):
            namespace = element.get("namespace", "").strip()
            source = imports.get(namespace) if namespace not in files and len(files) < _MOST_FILES else None
            if source is not None:
                files[namespace] = _File(source, "", None)
                waiting.append(files[namespace])
    return files


class Library:
    """A file and those it imports, read; `functions` are those of the application, None where they are not known."""

    def __init__(self, source: bytes, file: str, functions: frozenset[str] | None, imports: Imports) -> None:
        """Raises InvalidModel where the file is no DMN at all."""
        self._file = _File(source, file, functions)
        self._files = _with_imported(self._file, imports)
        for each in self._files.values():
            self._link(each)
        elements = self._read()
        graph = {key: [link.key for link in one.links if link.key in elements] for key, one in elements.items()}
        order = self._order(graph)
        elements = {key: one if key in order else _cut(one) for key, one in elements.items()}
        if not _add_names(elements, order):
            self._file.findings.add(found.TOO_LARGE, self._file.root, limit=_MOST_READS, what="reads", what_zh="读取")
        self.model = Model(elements, {each.namespace: each.types.tests for each in self._files.values()})
        circular = (key for key in elements if key not in order)
        self.own = [key for key in (*order, *circular) if key[0] == self._file.namespace]

    @property
    def problems(self) -> list[Problem]:
        """The problems of the file itself."""
        return self._file.findings.problems

    # --- imports --------------------------------------------------------------------------------------------------

    def _link(self, file: _File) -> None:
        imports: dict[str, ItemTypes] = {}
        for element in children(file.root, "import"):
            namespace = element.get("namespace", "").strip()
            if not is_model_namespace(element.get("importType", "").strip()):
                file.findings.add(found.IMPORT_KIND, element, kind=element.get("importType", ""))
            elif namespace not in self._files:
                file.findings.add(found.IMPORT, element, namespace=namespace)
            else:
                name = _import_name(element, file.root, namespace)
                file.prefixes.setdefault(namespace, name)
                imports.setdefault(name, self._files[namespace].types)
        file.types.imports = imports

    def _read(self) -> dict[Key, Element]:
        variables = {key: name for file in self._files.values() for key, name in file.variables}
        members = frozenset[str]().union(*(file.members for file in self._files.values()))
        if len(self._files) > 1:
            members |= frozenset(variables.values())
        read: dict[Key, Element] = {}
        for file in self._files.values():
            file.types.make_all()
            file.findings.know_types(file.types.tests)
            reader = ElementReader(file.namespace, file.findings, file.types, file.prefixes, variables, members)
            read |= reader.read(file.root)
        useful = self._file.types.names or any(isinstance(one, Decision | Knowledge) for one in read.values())
        if not useful:
            self._file.findings.add(found.EMPTY, self._file.root)
        return read

    # --- order ----------------------------------------------------------------------------------------------------

    def _order(self, graph: dict[Key, list[Key]]) -> dict[Key, None]:
        """All elements that do not require themselves, each after what it requires."""
        sorter = TopologicalSorter(graph)
        try:
            sorter.prepare()
        except CycleError as error:
            self._file.findings.at(error.args[1][0][1], "", found.CYCLE)
        order: dict[Key, None] = {}
        while ready := sorter.get_ready():
            order |= dict.fromkeys(ready)
            sorter.done(*ready)
        return order


def _import_name(element: Xml, root: Xml, namespace: str) -> str:
    """The name of an import; in DMN 1.1, which knows none, the prefix of the namespace."""
    name = element.get("name")
    if name is not None:
        return str(name).strip()
    return next((prefix or "" for prefix, uri in root.nsmap.items() if uri == namespace), "")


def _cut(element: Element) -> Element:
    """`element`, which requires itself, as one that gives null."""
    match element:
        case Decision():
            return replace(element, logic=_CIRCULAR, links=())
        case Knowledge():
            return replace(element, function=replace(element.function, body=_CIRCULAR), links=())
    return element


def _add_names(elements: dict[Key, Element], order: Iterable[Key]) -> bool:
    """Give each decision the names that it reads from the context, those of the decisions it requires included.

    False where they were too many, and the last decisions got none.
    """
    names: dict[Key, frozenset[str]] = {}
    count = 0
    for key in order:
        element = elements[key]
        required = [link for link in element.links if link.key in elements]
        beyond = frozenset[str]().union(*(names.get(link.key, frozenset()) for link in required))
        if isinstance(element, Decision):
            results = {
                link.prefix or inner.variable
                for link in required
                if not isinstance(inner := elements[link.key], InputData) or link.prefix
            }
            names[key] = frozenset(outside(element.logic.names(), results)) | beyond
            elements[key] = replace(element, names=names[key])
        else:
            names[key] = beyond
        count += len(names[key])
        if count > _MOST_READS:
            return False
    return True
