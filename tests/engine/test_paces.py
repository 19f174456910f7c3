"""How long steps take, measured in tasks that were closed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine import paces
from engine.forecast import ENOUGH, UNKNOWN_WORK, WORK_OF_TARGET
from engine.models import StepPace, UserTask
from engine.paces import COLUMNS, Paces
from processes.complaint.clocks import DECISION
from processes.complaint.tables import ComplaintClock
from tests.bank import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def closed(bank):
    """Five registrations that Li did one after the other, an hour each, though all came in at nine."""
    li = bank.person("li", "intake")
    for _ in range(ENOUGH):
        bank.file()
    bank.work()
    with bank.database.transaction() as session:
        for number, task in enumerate(session.query(UserTask).filter_by(element_id="register").order_by("id")):
            task.status, task.completed_by = "completed", li.id
            task.created_at, task.closed_at = NOW, NOW + (number + 1) * HOUR
    return bank


def pace(bank, element="register"):
    with bank.reading() as session:
        row = session.execute(select(*COLUMNS).where(StepPace.element_id == element)).one_or_none()
    return Paces(bank.site, NOW).of(element, *(row or (None, None, None)))


def test_waiting_behind_other_work_is_not_counted_as_work(closed):
    paces.measure(closed.site, NOW)

    assert (pace(closed).work, pace(closed).measured) == (HOUR, ENOUGH)


def test_the_rest_is_measured_until_the_deadline_of_the_case_was_met(closed):
    with closed.database.transaction() as session:
        session.execute(
            update(ComplaintClock)
            .where(ComplaintClock.purpose == DECISION)
            .values(met_at=NOW + timedelta(days=1, hours=5))
        )
    paces.measure(closed.site, NOW)

    assert pace(closed).is_rest_measured
    assert pace(closed).rest == 11 * HOUR  # behind the third of them, closed at noon: six hours that day, five the next


def test_what_was_done_too_seldom_goes_by_the_table_of_step_times(closed):
    paces.measure(closed.site, NOW)

    approve = pace(closed, "approve")
    assert (approve.work, approve.measured) == (3 * 9 * HOUR * WORK_OF_TARGET, 0)
    assert pace(closed, "register").rest > pace(closed, "findings").rest > pace(closed, "issue_decision").rest
    assert pace(closed, "issue_decision").rest == timedelta()
    assert pace(closed, "archive").rest is None


def test_a_step_without_measure_and_target_takes_an_hour(closed):
    assert pace(closed, "nothing_like_it").work == UNKNOWN_WORK


def test_measuring_again_leaves_what_is_no_longer_true_behind(closed):
    paces.measure(closed.site, NOW)
    with closed.database.transaction() as session:
        session.execute(update(UserTask).values(status="cancelled"))
    paces.measure(closed.site, NOW)

    assert pace(closed).measured == 0
