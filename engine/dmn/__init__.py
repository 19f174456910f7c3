"""Decisions of DMN 1.1 to 1.5, conformance level 3: their value, which rules matched, and why a value is null."""

from collections.abc import Iterable

from engine.dmn.decisions import Decisions
from engine.dmn.model import Decision, Outcome
from engine.dmn.reading import Imports, Library
from engine.dmn.tables import Input, Output, Rule, Table
from engine.errors import InvalidModel
from engine.feel.budget import budget
from engine.problems import Problem

__all__ = ["Decision", "Decisions", "Imports", "Input", "Outcome", "Output", "Rule", "Table", "check", "load"]


def load(
    source: bytes, file: str = "", imports: Iterable[bytes] | Imports = (), functions: frozenset[str] | None = None
) -> Decisions:
    """The decisions of the DMN file `source`; `imports` are the files it may import, `Imports` where many share them.

    What cannot be read or is not supported stands in `problems` of the result, and gives null when it is evaluated;
    where the application's `functions` are given, everything that `check` would find. Raises InvalidModel for what is
    no DMN file, or unsafe.
    """
    at_hand = imports if isinstance(imports, Imports) else Imports(imports)
    with budget():  # cells that are tried out may cost together what one expression may
        library = Library(source, file, functions, at_hand)
    return Decisions(library.model, library.own, library.problems)


def check(
    source: bytes, file: str, functions: frozenset[str], imports: Iterable[bytes] | Imports = ()
) -> list[Problem]:
    """All problems of the DMN file `source`, with the application's `functions` known; `imports` as for `load`."""
    try:
        return list(load(source, file, imports, functions).problems)
    except InvalidModel as error:
        return [problem for problem in error.problems if isinstance(problem, Problem)]
