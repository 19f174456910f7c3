"""How long the steps of the process may take."""

from collections import Counter
from decimal import Decimal

import pytest

from engine import feel
from engine.errors import InvalidInput
from processes.complaint import application
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
        ("acknowledge", 1, local("2026-03-09", "10:10")),
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


def test_every_step_has_one_time_for_every_priority():
    rows = step_times()
    assert max(Counter((row.step, row.priority, row.effective_from) for row in rows).values()) == 1
    for step in {row.step for row in rows}:
        assert all(step_due(step, Decimal(priority), MONDAY) > MONDAY for priority in (1, 2, 3, 4))


def test_feel_calls_it_with_and_without_the_factor():
    expression = 'step_due("register", 1, from) < step_due("register", 1, from, 2)'
    assert feel.evaluate(expression, {"from": MONDAY}, application.functions) is True
