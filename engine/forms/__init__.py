"""Forms of the form editor (form-js), read, shown and checked on the server; no JavaScript is needed to fill one in.

`load` a `.form` file, `view` it, `submit` what came back. Conditions, limits, options and rules are FEEL.
"""

from engine.errors import InvalidModel
from engine.feel import BUILTINS
from engine.forms import problems
from engine.forms.entries import Findings
from engine.forms.form import Form
from engine.forms.reading import FormReader
from engine.forms.submission import Submission, UploadedFile
from engine.forms.view import View
from engine.problems import Problem, errors_in

__all__ = ["Form", "Submission", "UploadedFile", "View", "check", "load"]


def load(source: bytes, file: str = "") -> Form:
    """The form written as JSON in `source`; raises InvalidModel with all problems if there is an error among them."""
    form, findings = _read(source, file)
    if errors_in(findings.problems):
        raise InvalidModel(list(findings.problems))
    return form


def check(source: bytes, file: str = "", functions: frozenset[str] = frozenset()) -> list[Problem]:
    """All problems of the form in `source`; `functions`: the FEEL functions of its application."""
    _, findings = _read(source, file)
    for element_id, expression in findings.expressions:
        for unknown in sorted(expression.functions - functions - frozenset(BUILTINS)):
            findings.add(problems.UNKNOWN_FUNCTION, element_id, function=unknown)
    return findings.problems


def _read(source: bytes, file: str) -> tuple[Form, Findings]:
    findings = Findings(file)
    form_id, components = FormReader(findings).read(source)
    expressions = [expression for _, expression in findings.expressions]
    names = frozenset[str]().union(*(expression.names for expression in expressions))
    called = frozenset[str]().union(*(expression.functions for expression in expressions))
    return Form(form_id, components, names, called), findings
