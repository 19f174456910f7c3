"""Which complaints are proposed as the same matter."""

import pytest
from sqlalchemy import text

from engine import commands
from processes.complaint.links import candidates as finding
from processes.complaint.links.commands import unlink
from processes.complaint.tables import Complaint
from tests.bank import NOW
from tests.counting import counting
from tests.processes.complaint.filing import SUBMITTED, local
from tests.processes.complaint.links.conftest import OTHER


@pytest.fixture
def found(record_of):
    """The candidates of a complaint: name → (number, score, band) each."""

    def found(name):
        listed = record_of(lambda record: record.get("dup_candidates"), name)
        return [(each["number"], int(each["score"]), each["band"]) for each in listed]

    return found


@pytest.mark.store
def test_a_second_complaint_of_the_same_person_in_the_same_words_is_shown_with_what_speaks_for_it(filed, found):
    filed(a=None, b=None, c=OTHER)
    assert found("b") == [("TS-A", 95, "probable")]
    assert found("a") == [("TS-B", 95, "probable")]
    assert found("c") == []


def test_the_same_matter_again_forty_days_after_closing_is_probable_and_after_a_hundred_it_is_not(
    file_complaint, filed, found, record_of
):
    filed(a=None)
    record_of(lambda record: record.set("closed_at", local("2026-03-20")), "a")
    again = {**SUBMITTED, "narrative": "年费又被收了一次，上次说好不再收的。"}
    file_complaint("soon", again, local("2026-04-29"), number="TS-SOON")
    file_complaint("late", again, local("2026-07-01"), number="TS-LATE")
    assert ("TS-A", 70, "probable") in found("soon")
    assert "TS-A" not in [number for number, _, _ in found("late")]


@pytest.mark.parametrize(
    ("same", "band"),
    [
        ({"regulator.number": "JG-1"}, "certain"),
        ({"person.id_no": "11010519491231002X"}, "possible"),
        ({"person.customer_ref": "C-77", "person.account_ref": "6222 0001"}, "probable"),
        ({"person.uscc": "91350100M000100Y43"}, "possible"),
        ({"person.email": "Same@Example.test"}, None),
    ],
)
def test_each_number_of_a_person_finds_the_other_complaint(filed, found, same, band):
    filed(a={**OTHER, **same}, b={"person.email": "z@x.test", **same})
    assert [each for _, _, each in found("b")] == ([band] if band else [])


def test_what_was_decided_is_not_proposed_again_until_it_is_taken_back(filed, found, link, site, lin):
    filed(a=None, b=None)
    link("b", "a", "different")
    assert found("a") == found("b") == []
    unlink(site, "a", "b", "doch dieselbe", actor=lin, now=local("2026-03-21"))
    assert [number for number, _, _ in found("b")] == ["TS-A"]


def test_who_was_erased_is_no_candidate(filed, found, transaction, site):
    filed(a=None, b=None)
    with transaction() as session:
        site.vault.erase(session, session.get_one(Complaint, "a").subject_id, local("2026-04-01"))
    assert found("b") == []


@pytest.mark.store
def test_many_complaints_of_one_number_are_bounded_to_the_newest(filed, found, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    filed(a=None, b=None, c=None, d=None)
    assert [number for number, _, _ in found("d")] == ["TS-B", "TS-C"]


def test_candidates_cost_the_same_few_statements_however_often_they_are_read(filed, record_of, site):
    filed(a=None, b=None, c=None)

    def read(record):
        with counting(site.database) as count:
            assert record.get("dup_candidates") == record.get("dup_candidates")
        return count.statements

    record_of(read, "c")
    # the complaints, the case with its version, the keys; under the engine's commands the case is there already
    assert len(record_of(read, "c")) == 3


def test_other_complaints_are_found_by_index_alone(filed, site, transaction):
    filed(a={"regulator.number": "JG-1", "person.id_no": "1", "person.customer_ref": "2", "person.account_ref": "3"})
    with transaction() as session:
        query = finding.preselected(session.get_one(Complaint, "a"))
        compiled = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert not [line for line in plan if line.startswith("SCAN complaint")], plan


def test_a_process_owner_changes_the_points_for_the_cases_that_begin_then(bank):
    earlier = bank.file()
    application = bank.site.applications["complaint"]
    cell = b'duplicate_points("same_email")'
    files = {**application.model_files()}
    assert cell in files["duplicates.dmn"]
    files["duplicates.dmn"] = files["duplicates.dmn"].replace(cell, b"100")
    commands.deploy(bank.site, "complaint", files, actor=bank.person("owner", "process-owner"), now=NOW)
    later = bank.file()

    def score(filed):
        with bank.reading() as session:
            [found] = finding.candidates(session, session.get_one(Complaint, filed.case_id))
            return found.score

    assert (score(earlier), score(later)) == (95, 165)
