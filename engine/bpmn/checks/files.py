"""Reading a file set for checking: what each file says, and the problems that keep it from being read."""

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from engine import dmn, forms
from engine.bpmn.adapting import adapt, opened
from engine.bpmn.checks.diagram import MAX_ELEMENTS, MAX_PARTS, MAX_TEXT, Diagram, FileSet, Outline
from engine.bpmn.checks.known import Known
from engine.bpmn.checks.texts import expressions as expression_texts
from engine.bpmn.checks.texts import files as texts
from engine.bpmn.embedded import embedded_forms
from engine.bpmn.kinds import kind_of
from engine.bpmn.xml import BPMN, BPMNDI, CAMUNDA, DC, DI, SPIFF, ZEEBE, bpmn, local, parse_safe
from engine.errors import InvalidModel
from engine.feel import problems as feel_texts
from engine.forms import Form
from engine.forms import problems as form_texts
from engine.problems import Problem, Severity

#: Codes for names that may be known where a file comes from.
_NAMES = frozenset({feel_texts.UNKNOWN_FUNCTION, form_texts.UNKNOWN_FUNCTION})


_PICTURE = tuple(f"{{{namespace}}}" for namespace in (BPMNDI, DC, DI))
#: Beginnings of names whose texts are read.
_READ = tuple(f"{{{namespace}}}" for namespace in (BPMN, CAMUNDA, ZEEBE, SPIFF))
#: Elements whose text is never an expression.
_PROSE = frozenset({bpmn("documentation"), bpmn("text"), f"{{{ZEEBE}}}userTaskForm"})


class Reading:
    """Reads the files of a set one by one; `problems` are those of the files themselves."""

    def __init__(self, known: Known, rehearsed: str = "", tables: dmn.Imports | None = None) -> None:
        """`tables`: the decision files of the set, which may import each other."""
        self.files = FileSet(known, rehearsed=rehearsed)
        self._tables = tables or dmn.Imports()
        self.problems: list[Problem] = []
        self._homes: dict[tuple[str, str], str] = {}

    def read(self, name: str, content: bytes) -> None:
        """Take up one file."""
        readers: Mapping[str, Callable[[str, bytes], None]] = {
            "bpmn": self._diagram, "dmn": self._decisions, "form": self._form,
        }  # fmt: skip
        reader = readers.get(kind_of(name, content))
        if reader is None:
            self.problems.append(Problem(texts.UNKNOWN_KIND, name, severity=Severity.WARNING))
        else:
            reader(name, content)

    def _diagram(self, name: str, content: bytes) -> None:
        try:
            root, remarks = opened(content, name)
        except InvalidModel as error:
            self.problems += problems_of(error)
            return
        if self._is_too_large(root, name):
            return
        as_written = Outline(name, deepcopy(root), self.files)
        remarks += adapt(root)
        if self._is_too_large(root, name):
            return
        self.files.diagrams.append(Diagram(name, root, self.files, remarks, as_written))
        for key, form in embedded_forms(root).items():
            self._embedded(name, key, form)

    def _is_too_large(self, root: etree._Element, name: str) -> bool:
        """Whether a diagram is so large that checking it would take too long; it is told."""
        own = [xml for xml in root.iter(etree.Element) if not str(xml.tag).startswith(_PICTURE)]
        measures = [
            (texts.TOO_MANY_ELEMENTS, sum(1 for _ in root.iter()), MAX_ELEMENTS),
            (texts.TOO_MANY_PARTS, len(own), MAX_PARTS),
            (texts.TOO_MUCH_TEXT, sum(map(_length, own)), MAX_TEXT),
        ]
        told = [Problem(code, name, params={"count": n, "limit": most}) for code, n, most in measures if n > most]
        self.problems += told[:1]
        return bool(told)

    def _embedded(self, name: str, key: str, content: bytes) -> None:
        """Take up a form that is written into a diagram, whose tasks alone refer to it."""
        self._take(forms.check(content, name, self.files.known.functions))
        try:
            self.files.forms[key] = forms.load(content, name)
        except InvalidModel:
            self.files.forms.setdefault(key, None)

    def _decisions(self, name: str, content: bytes) -> None:
        try:
            loaded = dmn.load(content, name, self._tables, self.files.known.functions)
        except InvalidModel as error:
            self._take(list(problems_of(error)))
            for each in _decision_ids(content):
                self.files.decisions.setdefault(each, None)
            return
        self._take(list(loaded.problems))
        for each in loaded.ids:
            self._claim(texts.DUPLICATE_DECISION, name, each)
            self.files.decisions[each] = loaded
            for path in sorted(loaded.get(each).names):
                self._path(name, each, path, "decision", "决策")

    def _form(self, name: str, content: bytes) -> None:
        self._take(forms.check(content, name, self.files.known.functions))
        try:
            form = forms.load(content, name)
        except InvalidModel:
            self.files.forms.setdefault(_form_id(content), None)
            return
        if not form.id:
            self.problems.append(Problem(texts.NO_FORM_ID, name))
        self._claim(texts.DUPLICATE_FORM, name, form.id)
        self.files.forms[form.id] = form
        self._paths_of_form(name, form)

    def _take(self, problems: list[Problem]) -> None:
        """Take over what the check of a file found; a missing function is as severe as other unknown names."""
        missing = self.files.known.missing
        self.problems += [replace(each, severity=missing) if each.code in _NAMES else each for each in problems]

    def _claim(self, code: str, name: str, element_id: str) -> None:
        """Note that `name` holds `element_id`, and complain if another file does."""
        home = self._homes.setdefault((code, element_id), name)
        if home != name:
            params: dict[str, object] = {"id": element_id, "other": home}
            self.problems.append(Problem(code, name, element_id, severity=self.files.known.missing, params=params))

    def _paths_of_form(self, name: str, form: Form) -> None:
        known = self.files.known.everywhere
        for path in sorted(form.names):
            self._path(name, form.id, path, "form", "表单", may_be_personal=True)
        for key in sorted(form.keys):
            if "." in key and key.split(".")[0] in known.records and not known.has_path(key):
                params: dict[str, object] = {"place": "form field", "place_zh": "表单字段", "path": key}
                self.problems.append(Problem(expression_texts.UNKNOWN_PATH, name, form.id, params=params))

    def _path(
        self, name: str, element_id: str, path: str, place: str, place_zh: str, *, may_be_personal: bool = False
    ) -> None:
        known = self.files.known.everywhere
        if path.split(".")[0] not in known.records:
            return
        params: dict[str, object] = {"place": place, "place_zh": place_zh, "path": path}
        if not known.has_path(path):
            self.problems.append(Problem(expression_texts.UNKNOWN_PATH, name, element_id, params=params))
        elif not may_be_personal and not known.is_readable(path):
            self.problems.append(Problem(expression_texts.PERSONAL_PATH, name, element_id, params=params))


def _length(xml: etree._Element) -> int:
    """Characters of the texts of `xml` that may be expressions; icons and what other vendors write are none."""
    if not _is_read(str(xml.tag)):
        return 0
    values = [value for name, value in xml.attrib.items() if _is_read(str(name))]
    if xml.tag not in _PROSE:
        values.append(xml.text or "")
    return sum(len(value) for value in values if not value.startswith("data:"))


def _is_read(name: str) -> bool:
    return not name.startswith("{") or name.startswith(_READ)


def problems_of(error: InvalidModel) -> Iterator[Problem]:
    """The problems that `error` carries."""
    return (problem for problem in error.problems if isinstance(problem, Problem))


def _decision_ids(content: bytes) -> list[str]:
    """The ids of decisions in a file that has errors, so that references to them are not told as well."""
    try:
        root = parse_safe(content)
    except InvalidModel:
        return []
    return [xml.get("id", "") for xml in root.iter("{*}*") if local(xml) == "decision"]


def _form_id(content: bytes) -> str:
    """The id of a form that has errors."""
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    return str(raw.get("id") or "") if isinstance(raw, dict) else ""
