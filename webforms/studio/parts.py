"""What the process owner's pages share."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint

from engine.applications import Application
from engine.problems import Problem, Severity
from webforms.language import current_language

pages = Blueprint("studio", "webforms", url_prefix="/studio")

#: The type of a diagram's file.
XML = "application/xml"

_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def told(problems: Iterable[Any]) -> list[dict[str, object]]:
    """Problems for people, in their language, the worst first."""
    found: list[Problem] = sorted(problems, key=lambda problem: (_WORST_FIRST.index(problem.severity), problem.file))
    return [problem.as_dict(current_language()) for problem in found]


def name_of(application: Application) -> str:
    """What `application` is called in the reader's language."""
    return application.name_zh if current_language() == "zh" else application.name_en
