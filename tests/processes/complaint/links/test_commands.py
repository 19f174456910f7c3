"""Linking, merging and telling apart: who may, what it says, and what it refuses."""

import pytest

from engine import history
from engine.errors import InvalidInput, NotAllowed, NotFound
from processes.complaint.links import refusals
from processes.complaint.links.commands import unlink
from processes.complaint.links.joining import links_of
from processes.complaint.tables import Complaint
from tests.counting import counting
from tests.processes.complaint.filing import local
from tests.processes.complaint.links.conftest import OTHER

NOW = local("2026-03-20")

pytestmark = pytest.mark.store


@pytest.fixture
def kinds(transaction):
    """Of a complaint: (from, to, kind) of its links."""

    def kinds(name):
        with transaction() as session:
            return [(each.from_id, each.to_id, each.kind) for each in links_of(session, name)]

    return kinds


@pytest.fixture
def told(transaction, site):
    """Of a case: kind, detail and sealed values of what its history says of links."""

    def told(name):
        with transaction() as session:
            lines = history.read(session, site.vault, history.instance_stream(name))
            return [(line.kind, line.detail["case"], line.values) for line in lines]

    return told


def test_a_repeat_goes_from_the_newer_complaint_to_the_older_and_both_say_so(filed, link, kinds, told):
    filed(a=None, b=None)
    link("a", "b")
    assert kinds("a") == kinds("b") == [("b", "a", "repeat")]
    assert told("a") == [("case_linked", "TS-B", {"reason": "同一事项"})]
    assert told("b") == [("case_linked", "TS-A", {"reason": "同一事项"})]


def test_linking_is_one_commit_and_at_most_fifteen_statements(filed, link, merge, site):
    filed(a=None, b=None, c=None)
    for act in (lambda: link("b", "a"), lambda: merge("c", "a")):
        with counting(site.database) as count:
            act()
        assert count.commits == 1
        assert len(count.statements) <= 15, "\n".join(count.statements)


def test_saying_something_else_later_replaces_what_was_said(filed, link, kinds):
    filed(a=None, b=None)
    link("a", "b", "different")
    link("b", "a", "group")
    assert kinds("a") == [("b", "a", "group")]


def test_a_link_taken_back_is_gone_with_a_line_in_both(filed, link, kinds, told, site, lin):
    filed(a=None, b=None)
    link("b", "a")
    unlink(site, "a", "b", "弄错了", actor=lin, now=NOW)
    assert kinds("a") == []
    assert [kind for kind, _, _ in told("b")] == ["case_linked", "case_unlinked"]
    with pytest.raises(NotFound):
        unlink(site, "a", "b", "弄错了", actor=lin, now=NOW)


def test_merging_names_the_root_and_history_knows_both_sides(filed, merge, kinds, told, record_of):
    filed(a=None, b=None)
    assert merge("b", "a") == "TS-A"
    assert kinds("a") == [("b", "a", "merged")]
    assert record_of(lambda record: record.get("root_case"), "b") == "TS-A"
    assert record_of(lambda record: record.get("dup_state"), "b") == "same_open"
    assert [kind for kind, _, _ in told("a") + told("b")] == ["case_taken_in", "case_merged"]


def test_a_merge_that_the_process_has_not_carried_out_can_be_taken_back(filed, merge, kinds, site, lin, record_of):
    filed(a=None, b=None)
    merge("b", "a")
    unlink(site, "a", "b", "不是同一件", actor=lin, now=NOW)
    assert record_of(lambda record: (record.get("root_case"), record.get("dup_state")), "b") == (None, "none")


def test_a_merge_that_ended_a_complaint_stands(filed, merge, site, lin, record_of):
    filed(a=None, b=None)
    merge("b", "a")
    record_of(lambda record: record.follow("entered", {"outcome": "merged"}, NOW), "b")
    with pytest.raises(refusals.LinkStands):
        unlink(site, "b", "a", "弄错了", actor=lin, now=NOW)


def test_complaints_of_different_persons_are_never_merged_but_linked_as_a_group(filed, link, merge):
    filed(a=None, b=OTHER)
    with pytest.raises(refusals.OtherPerson, match="TS-A comes from another person"):
        merge("b", "a")
    link("b", "a", "group")


def test_what_a_regulator_forwarded_under_one_number_may_be_merged(filed, merge):
    filed(a={**OTHER, "regulator.number": "JG-9"}, b={"regulator.number": "JG-9"})
    assert merge("b", "a") == "TS-A"


def test_a_complaint_of_nobody_known_may_be_merged(filed, merge):
    nobody = dict.fromkeys(("person.full_name", "person.mobile", "person.email"))
    filed(a=None, b=nobody)
    assert merge("b", "a") == "TS-A"


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (("a", "closed_at"), refusals.RootClosed),
        (("b", "phase"), refusals.PastAcceptance),
        (("b", "closed_at"), refusals.PastAcceptance),
    ],
)
def test_what_is_closed_or_worked_on_is_not_merged(filed, merge, record_of, change, refused):
    filed(a=None, b=None)
    name, path = change
    value = NOW if path == "closed_at" else "investigation"
    record_of(lambda record: record.set(path, value), name)
    with pytest.raises(refused):
        merge("b", "a")


def test_nothing_is_linked_with_itself_or_with_what_is_not_there(filed, link, merge):
    filed(a=None)
    for refused, other in ((refusals.SameComplaint, "a"), (refusals.NoSuchComplaint, "x")):
        with pytest.raises(refused):
            link("a", other)
        with pytest.raises(refused):
            merge("a", other)


def test_a_link_needs_a_known_kind_and_a_reason(filed, link, site, lin):
    filed(a=None, b=None)
    with pytest.raises(InvalidInput, match="have to do with each other"):
        link("a", "b", "merged")
    for reason in (" ", "x" * 501):
        with pytest.raises(InvalidInput, match="Say why"):
            unlink(site, "a", "b", reason, actor=lin, now=NOW)


def test_only_people_who_work_with_complaints_and_are_not_accused_decide(filed, link, hire):
    filed(a={"accused_staff": ["chen"]}, b=None)
    for actor, refused in (
        (hire("otto"), NotFound),
        (hire("audit", "auditor"), NotAllowed),
        (hire("chen", "handler"), NotAllowed),
    ):
        with pytest.raises(refused):
            link("b", "a", actor=actor)
    link("b", "a", actor=hire("root", "admin"))


def test_the_reason_stands_in_clear_nowhere(filed, link, transaction):
    filed(a=None, b=None)
    link("b", "a")
    with transaction() as session:
        [row] = links_of(session, "a")
        assert "同一事项".encode() not in row.sealed_reason
        assert session.get_one(Complaint, "b").subject_id
