"""What the documents name is there: files, tests, scenarios, and a line for every requirement."""

import csv
import fnmatch
import functools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMPLAINT = ROOT / "processes/complaint"
REQUIREMENTS = (ROOT / "docs/requirements.md").read_text("utf-8").splitlines()
#: The requirements that the complaint process answers.
NUMBERS = {f"R-{number:03}" for number in (*range(1, 51), 52, 65, 66, *range(71, 81))}
#: Folders whose files documents name, each by as much of its path as tells it apart there.
FOLDERS = ("engine", "processes", "webforms", "migrations", "tests", "benchmarks", "docs")
#: Documents whose names in backticks are looked up.
DOCUMENTS = (
    *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/requirements.md", "docs/modelling.md"),
    *("docs/modelling.zh.md", "processes/complaint/README.md"),
)
#: A path that stands for itself: with a folder or a known ending, and no blank or place to fill in.
PATH = re.compile(r"(?:[\w.*-]+/)*[\w.*-]+(?:/|\.(?:py|bpmn|dmn|form|csv|yaml|md|po|html|json|mjs))(?![\w/])")
SCENARIO = re.compile(r"[admnstx]\d\d|m_\w+")


def lines() -> list[tuple[str, str]]:
    """Number → line of the tables of requirements."""
    return [(found[1], line) for line in REQUIREMENTS if (found := re.match(r"\| (R-\d{3}) ", line))]


def named(text: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`\n]+)`", text)


@functools.cache
def there() -> tuple[str, ...]:
    """The paths of all files and folders of ours, each after a slash."""
    found = [*ROOT.glob("*"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
    return tuple(f"/{path.relative_to(ROOT).as_posix()}" for path in found)


def is_there(name: str) -> bool:
    """Whether a path of ours ends with `name`, which may hold `*`."""
    return bool(fnmatch.filter(there(), f"*/{name.rstrip('/')}"))


def test_every_requirement_has_exactly_one_line():
    numbers = [number for number, _ in lines()]

    assert sorted(numbers) == sorted(NUMBERS)


def test_every_line_says_where_how_it_is_shown_and_what_lacks():
    for number, line in lines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        assert len(cells) == 4, number
        assert all(cells), number
        assert re.search(r"`(?:tests/|test_|links/test_|matters/test_)", cells[2]), number


def test_no_requirement_waits_for_a_part():
    assert not [line for line in REQUIREMENTS if re.search(r"\bpart ", line)]


def test_scenarios_that_requirements_name_are_there():
    wanted = {name for _, line in lines() for name in named(line) if SCENARIO.fullmatch(name)}

    assert wanted
    assert not [name for name in wanted if not is_there(f"scenarios/{name}*.yaml")]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_that_documents_name_are_there(document):
    paths = [name for name in named((ROOT / document).read_text("utf-8")) if PATH.fullmatch(name)]

    assert not [name for name in paths if not name.startswith("engine.") and not is_there(name)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_documents_lead_somewhere(document):
    path = ROOT / document
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8"))

    assert not [target for target in targets if not (path.parent / target).exists()]


def test_acceptance_scenarios_that_are_shown_elsewhere_name_tests_that_are_there():
    with (COMPLAINT / "scenarios/acceptance.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["number"]: row["elsewhere"].split() for row in csv.DictReader(file)}

    assert list(rows) == [f"S{number:02}" for number in range(1, 34)]
    assert [path for paths in rows.values() for path in paths]
    assert not [path for paths in rows.values() for path in paths if not (ROOT / path).exists()]


@pytest.mark.parametrize("name", ["engine/nowhere.py", "now_here.py", "links/nowhere/", "scenarios/s99*.yaml"])
def test_a_name_that_is_nowhere_is_found(name):
    assert PATH.fullmatch(name)
    assert not is_there(name)
