"""Where a case leads: merges never run in a circle, and a number always leads to a complaint that is not merged."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import clock
from engine.applications import Start
from engine.errors import InvalidInput
from engine.identity import Actor
from processes.complaint.links import chains, commands, following, refusals
from processes.complaint.register import REGISTER
from processes.complaint.tables import Complaint
from tests.bank import site_on
from tests.processes.complaint.filing import SUBMITTED, local
from tests.processes.complaint.links.conftest import OTHER
from tests.rows import add_instance
from tests.stores import copied

NOW = local("2026-03-20")
NAMES = "abcde"
ADMIN = Actor(1, "root", "Root", frozenset({"admin"}))


def read(transaction, question, *arguments):
    with transaction() as session:
        return question(session, *arguments)


@pytest.mark.store
def test_a_merged_number_leads_to_its_root_over_others(filed, merge, record_of, transaction):
    filed(a=None, b=None, c=None)
    merge("a", "b")
    merge("b", "c")
    assert read(transaction, chains.leads_to, "a") == "c"
    assert read(transaction, following.successor_of_number, "TS-A") is None  # it has not ended yet
    record_of(lambda record: record.follow("entered", {"outcome": "merged"}, NOW), "a")
    assert read(transaction, following.successor_of_number, " ts-a ") == "c"
    assert read(transaction, following.successor_of_number, "TS-C") is None
    assert read(transaction, following.successor_of_number, "TS-X") is None


def test_merging_into_a_merged_complaint_merges_into_its_root(filed, merge):
    filed(a=None, b=None, c=None)
    merge("b", "a")
    assert merge("c", "b") == "TS-A"


@pytest.mark.store
def test_a_circle_is_refused(filed, merge):
    filed(a=None, b=None, c=None)
    merge("a", "b")
    merge("b", "c")
    with pytest.raises(refusals.SameComplaint):
        merge("c", "a")


@pytest.mark.store
def test_the_form_of_the_process_links_to_the_root_and_refuses_what_cannot_be(filed, record_of, transaction):
    filed(a=None, b=None, c=None)
    record_of(lambda record: record.set("root_case", "ts-a"), "b")
    record_of(lambda record: record.set("root_case", "TS-B"), "c")
    assert record_of(lambda record: record.get("root_case"), "c") == "TS-A"
    assert read(transaction, chains.leads_to, "c") == "a"
    for number, refused in (("TS-X", refusals.NoSuchComplaint), ("TS-C", refusals.SameComplaint)):
        with pytest.raises(refused):
            record_of(lambda record, number=number: record.set("root_case", number), "a")


def test_the_form_of_the_process_merges_no_complaint_of_another_person(filed, record_of):
    filed(a=None, b=OTHER)
    with pytest.raises(refusals.OtherPerson):
        record_of(lambda record: record.set("root_case", "TS-A"), "b")


def test_a_root_that_is_taken_back_is_linked_no_more(filed, record_of, transaction):
    filed(a=None, b=None)
    record_of(lambda record: record.set("root_case", "TS-A"), "b")
    record_of(lambda record: record.set("root_case", None), "b")
    assert read(transaction, chains.leads_to, "b") == "b"


@pytest.fixture(scope="module")
def office():
    """Complaints of one person, filed once; every example begins with none of them merged."""
    with tempfile.TemporaryDirectory() as folder:
        database = copied(Path(folder))
        site = site_on(database, Path(folder))
        with clock.at(NOW), database.transaction() as session:
            session.info["vault"] = site.vault
            for name in NAMES:
                subject = site.vault.create_subject(session, NOW)
                number = f"TS-{name.upper()}"
                add_instance(session, name, application="complaint", number=number, subject_id=subject, at=NOW)
                REGISTER.create(session, Start(name, subject, number, SUBMITTED, "consumer", NOW))
        yield site
        database.dispose()


STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans()), max_size=8)


@settings(max_examples=20)
@given(STEPS)
def test_whatever_is_merged_and_taken_back_every_number_leads_to_a_live_root(office, steps):
    with clock.at(NOW):
        for one, other, merges in steps:
            with suppress(InvalidInput, commands.NotFound):
                if merges:
                    commands.merge_case(office, one, f"TS-{other.upper()}", "同一投诉", actor=ADMIN, now=NOW)
                else:
                    commands.unlink(office, one, other, "弄错了", actor=ADMIN, now=NOW)
        with office.database.reading() as session:
            for name in NAMES:
                root = chains.leads_to(session, name)
                assert chains.merged_into(session, root) is None
                assert session.get_one(Complaint, root).root_case is None
        _part_all(office)


def _part_all(office):
    with office.database.reading() as session:
        merged = {name: chains.merged_into(session, name) for name in NAMES}
    for one, other in merged.items():
        if other is not None:
            commands.unlink(office, one, other, "重来", actor=ADMIN, now=NOW)
