"""Decisions of DMN 1.1 to 1.5, conformance level 3: their value, which rules matched, and why a value is null."""

from collections.abc import Iterable

from engine.dmn.decisions import Decisions
from engine.dmn.model import Decision, Outcome
from engine.dmn.reading import Library
from engine.dmn.tables import Input, Output, Rule, Table
from engine.errors import InvalidModel
from engine.problems import Problem

__all__ = ["Decision", "Decisions", "Input", "Outcome", "Output", "Rule", "Table", "check", "load"]


def load(source: bytes, file: str = "", imports: Iterable[bytes] = ()) -> Decisions:
    """The decisions of the DMN file `source`; `imports` are files it may import, found by their namespace.

    What cannot be read or is not supported stands in `problems` of the result, and gives null when it is evaluated.
    Raises InvalidModel for what is no DMN file, or unsafe. Functions of the application are not known here.
    """
    library = Library(source, file, None, imports)
    return Decisions(library.model, library.own, library.problems)


def check(source: bytes, file: str, functions: frozenset[str], imports: Iterable[bytes] = ()) -> list[Problem]:
    """All problems of the DMN file `source`, with the application's `functions` known; `imports` as for `load`."""
    try:
        return Library(source, file, functions, imports).problems
    except InvalidModel as error:
        return [problem for problem in error.problems if isinstance(problem, Problem)]
