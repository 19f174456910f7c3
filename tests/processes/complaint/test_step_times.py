"""How long the steps of the process may take."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from engine import feel
from engine.errors import InvalidInput
from processes.complaint import application
from processes.complaint.matters.readings import REVIEW_WARNINGS
from processes.complaint.step_times import step_due, step_times
from tests.processes.complaint.filing import end_of, local

MONDAY = local("2026-03-09", "10:00")


@pytest.mark.parametrize(
    ("step", "priority", "due"),
    [
        ("register", 1, local("2026-03-09", "11:00")),
        ("register", 3, local("2026-03-09", "18:00")),
        ("first_contact", 2, local("2026-03-09", "18:00")),
        ("first_contact", 4, end_of("2026-03-10")),
        ("enquiry", 4, end_of("2026-03-16")),
        ("approve", 1, local("2026-03-09", "14:00")),
        ("close_check", 1, end_of("2026-03-12")),
    ],
)
def test_a_step_is_due_by_its_row_and_the_priority(step, priority, due):
    assert step_due(step, Decimal(priority), MONDAY) == due


def test_twice_the_time_is_asked_for_by_its_number():
    assert step_due("first_contact", Decimal(1), MONDAY, Decimal(2)) == local("2026-03-09", "14:00")
    assert step_due("enquiry", Decimal(2), MONDAY, Decimal(2)) == end_of("2026-03-13")


def test_without_a_priority_the_least_urgent_counts():
    assert step_due("accept_assignment", None, MONDAY) == step_due("accept_assignment", Decimal(4), MONDAY)


def test_an_unknown_step_is_named():
    with pytest.raises(InvalidInput, match="step_times has no time for the step “lunch” with priority 2"):
        step_due("lunch", Decimal(2), MONDAY)


def test_calendar_days_end_at_night_and_may_be_counted_back():
    assert step_due("warning_dispose", None, MONDAY) == end_of("2026-03-11")
    assert step_due("rectification_week", None, MONDAY) == end_of("2026-03-02")
    assert step_due("crisis_report", None, MONDAY) == local("2026-03-09", "12:00")


def test_a_day_without_a_time_stands_for_its_end():
    assert step_due("rectification_day", None, date(2026, 3, 9)) == end_of("2026-03-08")
    assert step_due("partner_prepare", None, date(2026, 3, 9)) == local("2026-03-10", "13:00")


def test_every_step_has_one_time_for_every_priority():
    rows = step_times()
    assert max(Counter((row.step, row.priority, row.effective_from) for row in rows).values()) == 1
    for row in rows:
        for priority in (1, 2, 3, 4):
            assert (step_due(row.step, Decimal(priority), MONDAY) > MONDAY) is (row.amount > 0)


def test_every_step_that_is_asked_for_stands_in_the_table_and_every_row_is_asked_for():
    models = b"".join(content for name, content in application.model_files().items() if name.endswith(".bpmn"))
    asked = {step.decode() for step in re.findall(rb'step_due\((?:"|&quot;)(\w+)', models)}
    asked |= {*REVIEW_WARNINGS, "partner_answer"}  # asked for by readings and by the link for partners

    assert asked == {row.step for row in step_times()}


def test_feel_calls_it_with_and_without_the_factor():
    expression = 'step_due("register", 1, from) < step_due("register", 1, from, 2)'
    assert feel.evaluate(expression, {"from": MONDAY}, application.functions) is True
