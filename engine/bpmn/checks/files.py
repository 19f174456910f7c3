"""Reading a file set for checking: what each file says, and the problems that keep it from being read."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from engine import dmn, forms
from engine.bpmn.checks.diagram import MAX_ELEMENTS, Diagram, FileSet
from engine.bpmn.checks.known import Known
from engine.bpmn.checks.texts import expressions as expression_texts
from engine.bpmn.checks.texts import files as texts
from engine.bpmn.xml import local, parse_bpmn, parse_safe
from engine.errors import InvalidModel
from engine.feel import problems as feel_texts
from engine.forms import Form
from engine.forms import problems as form_texts
from engine.problems import Problem, Severity

#: Codes for names that may be known where a file comes from.
_NAMES = frozenset({feel_texts.UNKNOWN_FUNCTION, form_texts.UNKNOWN_FUNCTION})


class Reading:
    """Reads the files of a set one by one; `problems` are those of the files themselves."""

    def __init__(self, known: Known) -> None:
        self.files = FileSet(known)
        self.problems: list[Problem] = []
        self._homes: dict[tuple[str, str], str] = {}

    def read(self, name: str, content: bytes) -> None:
        """Take up one file."""
        readers: Mapping[str, Callable[[str, bytes], None]] = {
            "bpmn": self._diagram, "dmn": self._decisions, "form": self._form,
        }  # fmt: skip
        reader = readers.get(name.rpartition(".")[2]) if "." in name else None
        if reader is None:
            self.problems.append(Problem(texts.UNKNOWN_KIND, name, severity=Severity.WARNING))
        else:
            reader(name, content)

    def _diagram(self, name: str, content: bytes) -> None:
        try:
            root = parse_bpmn(content, name)
        except InvalidModel as error:
            self.problems += problems_of(error)
            return
        count = sum(1 for _ in root.iter())
        if count > MAX_ELEMENTS:
            params: dict[str, object] = {"count": count, "limit": MAX_ELEMENTS}
            self.problems.append(Problem(texts.TOO_MANY_ELEMENTS, name, params=params))
            return
        self.files.diagrams.append(Diagram(name, root, self.files))

    def _decisions(self, name: str, content: bytes) -> None:
        self._take(dmn.check(content, name, self.files.known.functions))
        try:
            loaded = dmn.load(content, name)
        except InvalidModel:
            for each in _decision_ids(content):
                self.files.decisions.setdefault(each, None)
            return
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
            self.problems.append(Problem(code, name, element_id, params={"id": element_id, "other": home}))

    def _paths_of_form(self, name: str, form: Form) -> None:
        known = self.files.known
        for path in sorted(form.names):
            self._path(name, form.id, path, "form", "表单", may_be_personal=True)
        for key in sorted(form.keys):
            if "." in key and key.split(".")[0] in known.records and not known.has_path(key):
                params: dict[str, object] = {"place": "form field", "place_zh": "表单字段", "path": key}
                self.problems.append(Problem(expression_texts.UNKNOWN_PATH, name, form.id, params=params))

    def _path(
        self, name: str, element_id: str, path: str, place: str, place_zh: str, *, may_be_personal: bool = False
    ) -> None:
        known = self.files.known
        if path.split(".")[0] not in known.records:
            return
        params: dict[str, object] = {"place": place, "place_zh": place_zh, "path": path}
        if not known.has_path(path):
            self.problems.append(Problem(expression_texts.UNKNOWN_PATH, name, element_id, params=params))
        elif not may_be_personal and not known.is_readable(path):
            self.problems.append(Problem(expression_texts.PERSONAL_PATH, name, element_id, params=params))


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
