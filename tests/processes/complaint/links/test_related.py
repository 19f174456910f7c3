"""What linked complaints say of one: sums that stop splitting, repeats, and what it repeats."""

from datetime import timedelta
from decimal import Decimal

import pytest

from processes.complaint.register import ComplaintRegister
from tests.counting import counting
from tests.processes.complaint.filing import SUBMITTED, local

pytestmark = pytest.mark.store


@pytest.fixture
def read(record_of):
    """A path of a complaint: (name, path) → value."""
    return lambda name, path: record_of(lambda record: record.get(path), name)


@pytest.fixture
def change(record_of):
    """Sets paths of a complaint: (name, path=value, …)."""

    def change(name, **values):
        record_of(lambda record: [record.set(path, value) for path, value in values.items()], name)

    return change


def test_two_linked_complaints_of_1500_and_1000_are_decided_on_as_2500(filed, link, read, change):
    filed(a=None, b=None)
    change("a", amount_proposed=Decimal(1500))
    change("b", amount_proposed=Decimal(1000))
    assert (read("a", "amount_total"), read("b", "amount_total")) == (1500, 1000)
    link("b", "a")
    assert (read("a", "amount_total"), read("b", "amount_total")) == (2500, 2500)


def test_the_sum_reaches_over_chains_and_takes_what_was_paid_once_a_complaint_is_closed(filed, link, read, change):
    filed(a=None, b=None, c=None)
    link("b", "a")
    link("c", "b")
    change("a", amount_proposed=Decimal(900), amount_paid=Decimal(400), closed_at=local("2026-03-18"))
    change("b", amount_proposed=Decimal(100), amount_paid=Decimal(150))
    change("c", amount_proposed=Decimal(20))
    assert read("c", "amount_total") == 400 + 150 + 20


def test_other_persons_of_the_same_event_and_other_currencies_are_not_added(filed, link, read, change):
    filed(a=None, b=None, c={"currency": "USD"})
    for name in "abc":
        change(name, amount_proposed=Decimal(100))
    link("b", "a", "group")
    link("c", "a", "repeat")
    assert read("a", "amount_total") == 100


def test_each_earlier_complaint_of_the_matter_counts_once_within_ninety_days_of_its_closing(
    file_complaint, filed, link, read, change
):
    filed(a=None, b=None)
    assert read("b", "repeat_count") == 0
    change("a", closed_at=local("2026-03-15"))
    file_complaint("c", SUBMITTED, local("2026-03-15") + timedelta(days=90), number="TS-C")
    file_complaint("d", SUBMITTED, local("2026-03-15") + timedelta(days=91), number="TS-D")
    link("b", "a")
    link("c", "b")
    link("d", "c")
    assert [read(name, "repeat_count") for name in "abcd"] == [0, 1, 2, 2]


def test_a_merged_copy_is_no_repeat(filed, link, merge, read):
    filed(a=None, b=None, c=None)
    merge("b", "a")
    link("c", "a")
    assert read("c", "repeat_count") == 1


def test_a_person_corrects_the_count_and_the_same_number_is_no_correction(filed, link, read, change):
    filed(a=None, b=None, c=None)
    link("b", "a")
    change("b", repeat_count=1)
    link("c", "b")
    assert (read("b", "repeat_count"), read("c", "repeat_count")) == (1, 2)
    change("c", repeat_count=5)
    assert read("c", "repeat_count") == 5
    change("c", repeat_count=None)
    assert read("c", "repeat_count") == 2


@pytest.mark.parametrize(
    ("received", "state"), [("2026-04-24", "same_closed_within_review"), ("2026-04-25", "same_closed_after_review")]
)
def test_whether_it_was_there_before_follows_from_links_and_the_days_for_a_review(
    file_complaint, filed, link, read, change, received, state
):
    filed(a=None)
    file_complaint("b", SUBMITTED, local(received), number="TS-B")
    assert read("b", "dup_state") == "none"
    link("b", "a")
    assert (read("a", "dup_state"), read("b", "dup_state")) == ("none", "same_open")
    change("a", decided_at=local("2026-03-25"), closed_at=local("2026-03-28"))
    assert read("b", "dup_state") == state


def test_what_somebody_registered_counts_before_what_links_say(filed, link, read, change):
    filed(a=None, b=None)
    change("b", dup_state="same_closed_after_review", phase="investigation")
    link("b", "a")
    assert read("b", "dup_state") == "same_closed_after_review"


def test_all_of_it_costs_one_statement_in_a_transaction(filed, link, record_of, site):
    filed(a=None, b=None)
    link("b", "a")

    def ask(record):
        with counting(site.database) as count:
            for path in ("amount_total", "repeat_count", "dup_state", "amount_total"):
                record.get(path)
        return count.statements

    assert len(record_of(ask, "b")) == 1


def test_in_a_dry_run_nothing_is_linked():
    record = ComplaintRegister().blank({"amount_proposed": 1500, "repeat_count": 2, "root_case": "TS-1"})
    assert record.get("amount_total") == 1500
    assert record.get("repeat_count") == 2
    assert record.get("dup_state") == "none"
    assert record.get("dup_candidates") == []
    assert record.get("root_case") == "TS-1"
