"""From November on, those who can do something about it read that the next year's working days are missing."""

import pytest

from engine import clock
from tests.processes.complaint.filing import local
from tests.webforms.conftest import Browser


@pytest.fixture
def read(bank, bank_app):
    """The text of the case list for somebody of a group at a moment."""

    def read(group, at, language="en"):
        person = bank.person(f"{group}-{at:%m%d}-{language}", group)
        with clock.at(at):
            return Browser(bank_app, person, language).get("/instances").text("main")

    return read


@pytest.mark.parametrize(("group", "told"), [("admin", True), ("process-owner", True), ("intake", False)])
def test_only_who_can_enter_the_days_is_told(read, group, told):
    assert ("The working days of 2027 are not known yet." in read(group, local("2026-11-01"))) is told


def test_before_november_nobody_is_told(read):
    assert "not known yet" not in read("admin", local("2026-10-31"))


def test_it_is_told_in_chinese_too(read):
    assert "2027 年的放假安排尚未录入" in read("admin", local("2026-12-24"), "zh")
