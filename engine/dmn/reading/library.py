"""Reads a DMN file together with those it imports."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
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
from engine.problems import Problem

_KINDS = frozenset({"inputData", "decision", "businessKnowledgeModel", "decisionService"})
_CIRCULAR = Nothing("it requires itself, directly or through others", "它直接或间接地依赖自身")


class _File:
    """One file: its root, what is found in it, its types, and the names of its imports by namespace."""

    def __init__(self, source: bytes, name: str, functions: frozenset[str] | None) -> None:
        self.root = definitions(source, name)
        self.namespace: str = self.root.get("namespace", "").strip()
        self.findings = Findings(name, functions)
        self.members = member_names(self.root)
        self.types = ItemTypes(self.root, self.findings, self.members)
        self.prefixes: dict[str, str] = {}

    @property
    def variables(self) -> Iterator[tuple[Key, str]]:
        """Key and name of each of its elements."""
        for element in children(self.root):
            if tag(element) in _KINDS:
                yield (self.namespace, element.get("id") or element.get("name", "")), variable_name(element)


def _with_imported(file: _File, imports: Iterable[bytes]) -> dict[str, _File]:
    """`file` and what it imports, directly or through others, by namespace; the other `imports` are left alone."""
    files = {file.namespace: file}
    if next(children(file.root, "import"), None) is None:
        return files
    at_hand = {read.namespace: read for read in (_File(source, "", None) for source in imports)}
    waiting = [file]
    while waiting:
        for element in children(waiting.pop().root, "import"):
            namespace = element.get("namespace", "").strip()
            if namespace in at_hand and namespace not in files:
                files[namespace] = at_hand[namespace]
                waiting.append(at_hand[namespace])
    return files


class Library:
    """A file and those it imports, read; `functions` are those of the application, None where they are not known."""

    def __init__(self, source: bytes, file: str, functions: frozenset[str] | None, imports: Iterable[bytes]) -> None:
        """Raises InvalidModel where one of the files is no DMN at all."""
        self._file = _File(source, file, functions)
        self._files = _with_imported(self._file, imports)
        for each in self._files.values():
            self._link(each)
        elements = self._read()
        graph = {key: [link.key for link in one.links if link.key in elements] for key, one in elements.items()}
        order = self._order(graph)
        elements = {key: one if key in order else _cut(one) for key, one in elements.items()}
        _add_names(elements, order)
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


def _add_names(elements: dict[Key, Element], order: Iterable[Key]) -> None:
    """Give each decision the names that it reads from the context, those of the decisions it requires included."""
    names: dict[Key, frozenset[str]] = {}
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
