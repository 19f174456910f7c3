"""Model files given at the command line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from engine.bpmn.checks.texts.files import UNREADABLE
from engine.bpmn.kinds import ENDINGS
from engine.bpmn.xml import MAX_BYTES
from engine.errors import InvalidInput
from engine.problems import Problem, Severity, errors_in

#: The argument of every command that takes models.
FILES = click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))

_SIGNS = {
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "说明"},
}
_TOTAL = {"en": "{errors} errors, {others} other findings", "zh": "{errors} 个错误，{others} 个其他发现"}


class Found(NamedTuple):
    """The files that could be read, by name, and a problem for each that could not."""

    files: dict[str, bytes]
    problems: list[Problem]


def read_files(paths: tuple[Path, ...]) -> dict[str, bytes]:
    """Name → content of `paths`; of a folder, all models in it, named relative to it.

    Raises InvalidInput when a file cannot be read, or two have the same name.
    """
    found = _read(paths, _refuse_second)
    for problem in found.problems:
        raise InvalidInput(why=f"{problem.file} cannot be read ({problem.params['why']})")
    return found.files


def find_files(paths: tuple[Path, ...]) -> Found:
    """As `read_files`; files that cannot be read are problems, and of two with one name the second keeps its path."""
    return _read(paths, lambda _name, path: path.as_posix())


def _read(paths: tuple[Path, ...], rename: Callable[[str, Path], str]) -> Found:
    found = Found({}, [])
    seen: set[Path] = set()
    for path in paths:
        for name, file in _inside(path) if path.is_dir() else [(path.name, path)]:
            if file in seen:
                continue
            seen.add(file)
            shown = printable(rename(name, file) if name in found.files else name)
            try:
                found.files[shown] = _content(file)
            except OSError as error:
                why = error.strerror or type(error).__name__
                found.problems.append(Problem(UNREADABLE, shown, params={"why": why}))
    return found


def _refuse_second(name: str, _path: Path) -> str:
    raise InvalidInput(why=f"two of the files are called {name}; give the folder that holds both")


def _content(file: Path) -> bytes:
    """What is in `file`, as far as it is looked at. Raises OSError."""
    if file.exists() and not file.is_file():
        raise OSError(0, "not a regular file")
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def printable(name: str) -> str:
    """`name` without bytes that are no text."""
    return name.encode("utf-8", "replace").decode()


def _inside(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.name.lower().endswith(ENDINGS) and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), file


def print_problems(problems: list[Problem], language: str, *, err: bool = False) -> None:
    """Print each problem with its place and its remedy, and how many there are."""
    for problem in problems:
        place = " ".join(part for part in (problem.file, problem.element_id, problem.element_name) if part)
        click.echo(f"{_SIGNS[language][problem.severity]:8}{problem.code} {place}", err=err)
        click.echo(f"        {problem.what(language)}\n        {problem.remedy(language)}", err=err)
    errors = len(errors_in(problems))
    click.echo(_TOTAL[language].format(errors=errors, others=len(problems) - errors), err=err)
