"""Mutated models: whatever is in a file, it is refused or bounded, and what is let through runs.

`make fuzz` judges 20,000 cases, `make test` 200. A case is known by its number: `python -m tests.fuzz NUMBER` judges it
again and prints the smallest file that fails in the same way.
"""

import pytest

from tests.fuzz.cases import case, fault, smallest

#: Cases are judged in so many tests, which workers share.
BLOCKS = 40


@pytest.fixture
def numbers(request):
    """The numbers of the cases of one block."""
    count = request.config.getoption("--cases")
    return range(request.param, count, BLOCKS)


@pytest.mark.parametrize("numbers", range(BLOCKS), indirect=True)
def test_a_broken_file_gives_problems_and_what_gives_none_runs(numbers, tmp_path):
    failed = [(number, found) for number in numbers if (found := fault(case(number).judge))]

    for number, _ in failed[:3]:
        (tmp_path / f"{number}-{case(number).seed.name}").write_bytes(smallest(case(number)))
    lines = [f"case {number}: {found}" for number, found in failed]
    assert failed == [], "\n".join([*lines, f"the smallest files of the first are in {tmp_path}"])


def test_a_case_is_the_same_whenever_it_is_made():
    for number in range(50):
        assert case(number).content == case(number).content


def test_what_fails_is_made_smaller_and_fails_in_the_same_way():
    class Broken(type(case(0))):
        """A case that fails wherever its file speaks of a task."""

        def judge_content(self, content: bytes) -> None:
            if b"Task" in content:
                raise ValueError("a task")

    found = next(each for each in map(case, range(1000)) if each.kind == "bpmn" and b"Task" in each.content)

    small = smallest(Broken(found.number, found.kind, found.seed, found.known, found.mutations))

    assert small.count(b"Task") == 1
    assert len(small) < len(found.content)
