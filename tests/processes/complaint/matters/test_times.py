"""How long steps may take, and what staff say in a scene: tables with dates of validity."""

from datetime import date

import pytest

from engine import clock
from engine.errors import InvalidInput
from processes.complaint.codes import codes
from processes.complaint.matters.scripts import script
from processes.complaint.matters.times import StepTime, matter_due
from tests.processes.complaint.filing import end_of, local


@pytest.mark.parametrize(
    ("step", "due"),
    [
        ("crisis_report", local("2026-03-10", "16:00")),
        ("warning_dispose", end_of("2026-03-12")),
        ("partner_answer", end_of("2026-03-13")),
        ("rectification_effect", end_of("2026-06-08")),
    ],
)
def test_steps_are_due_in_hours_days_or_working_days(step, due):
    assert matter_due(step, local("2026-03-10")) == due


def test_a_reminder_lies_before_a_day_and_unknown_steps_are_refused():
    assert matter_due("rectification_week", date(2026, 3, 10)) == end_of("2026-03-03")
    with pytest.raises(InvalidInput, match="no “nap”"):
        matter_due("nap", local("2026-03-10"))


def test_a_row_holds_from_and_to_its_days():
    row = StepTime("x", 1, "H", date(2026, 3, 1), date(2026, 3, 31))

    assert [row.holds_on(date(2026, month, 15)) for month in (2, 3, 4)] == [False, True, False]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", [item["value"] for item in codes("scene")])
def test_every_scene_has_a_script_of_three_parts(scene, language):
    with clock.at(local("2026-03-10")):
        assert len(script(scene, language).split("\n\n")) == 3


def test_before_a_script_holds_there_is_none():
    with clock.at(local("2025-12-31")):
        assert script("early_sign", "zh") == ""
