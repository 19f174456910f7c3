"""Model files given at the command line."""

from collections.abc import Iterator
from pathlib import Path

import click

from engine.errors import InvalidInput
from engine.problems import Problem, Severity, errors_in

SUFFIXES = frozenset({".bpmn", ".dmn", ".form"})
#: The argument of every command that takes models.
FILES = click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))

_SIGNS = {
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "说明"},
}
_TOTAL = {"en": "{errors} errors, {others} other findings", "zh": "{errors} 个错误，{others} 个其他发现"}


def read_files(paths: tuple[Path, ...]) -> dict[str, bytes]:
    """Name → content of `paths`; of a folder, all models in it, named relative to it.

    Raises InvalidInput when a file cannot be read, or two have the same name.
    """
    found: dict[str, bytes] = {}
    for path in paths:
        for name, file in _inside(path) if path.is_dir() else [(path.name, path)]:
            if name in found:
                raise InvalidInput(why=f"two of the files are called {name}; give the folder that holds both")
            try:
                found[name] = file.read_bytes()
            except OSError as error:
                raise InvalidInput(why=f"{file} cannot be read ({type(error).__name__})") from error
    return found


def _inside(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.suffix in SUFFIXES and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), file


def print_problems(problems: list[Problem], language: str, *, err: bool = False) -> None:
    """Print each problem with its place and its remedy, and how many there are."""
    for problem in problems:
        place = " ".join(part for part in (problem.file, problem.element_id, problem.element_name) if part)
        click.echo(f"{_SIGNS[language][problem.severity]:8}{problem.code} {place}", err=err)
        click.echo(f"        {problem.what(language)}\n        {problem.remedy(language)}", err=err)
    errors = len(errors_in(problems))
    click.echo(_TOTAL[language].format(errors=errors, others=len(problems) - errors), err=err)
