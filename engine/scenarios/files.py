"""The files of process tests: scenarios, and the list of those that must be there."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from engine.errors import InvalidInput
from engine.scenarios.typed import moment_of


@dataclass(frozen=True)
class Scenario:
    """One scenario file."""

    file: str
    name: str
    content: Mapping[str, Any]


@dataclass
class Result:
    """How one scenario went: what failed, and what it visited."""

    scenario: Scenario
    failures: list[str] = field(default_factory=list)
    elements: set[str] = field(default_factory=set)
    #: (decision, rule id)
    rules: set[tuple[str, str]] = field(default_factory=set)

    @property
    def passed(self) -> bool:
        """Whether everything that was expected happened."""
        return not self.failures


@dataclass(frozen=True)
class Numbered:
    """One row of the acceptance scenarios: its number, and where it is shown if not by a scenario of the folder."""

    number: str
    name: str
    elsewhere: str

    def of(self, results: Iterable[Result]) -> list[Result]:
        """The results of the scenarios that belong to this number."""
        return [result for result in results if result.scenario.name.partition(" ")[0] == self.number]


def load(folder: Path) -> list[Scenario]:
    """The scenarios of `folder/*.yaml`, by file name. Raises InvalidInput naming a file that is no scenario."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text("utf-8"))
        except yaml.YAMLError as error:
            raise InvalidInput(why=f"{path.name} is not readable YAML: {error}") from error
        for one in content if isinstance(content, list) else [content]:
            found.append(_scenario(path, one))
    return found


def _scenario(path: Path, content: Any) -> Scenario:
    start = content.get("start") if isinstance(content, Mapping) else None
    if not isinstance(start, Mapping) or "at" not in start:
        raise InvalidInput(why=f"{path.name} is no scenario: it has no “start” with its moment “at”")
    try:
        moment_of(start["at"])
    except InvalidInput as error:
        raise InvalidInput(why=f"the start in {path.name}: {error.params['why']}") from error
    return Scenario(path.name, str(content.get("name", path.stem)), content)


def acceptance(folder: Path) -> list[Numbered]:
    """The scenarios that `folder` must hold; none where it has no list. Raises InvalidInput for another file."""
    path = folder / "acceptance.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return [Numbered(row["number"], row["name"], row["elsewhere"] or "") for row in rows]
    except KeyError as error:
        raise InvalidInput(why=f"{path.name} has no column {error}") from error
