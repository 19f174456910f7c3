"""Reading complaints as the US bureau publishes them. The rows here are our own writing."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine import clock
from engine.errors import InvalidInput
from engine.models import Job, ProcessInstance, Timer
from processes.complaint import importing
from processes.complaint.importing import COLUMNS, NOT_PUBLISHED, BadRow, Row, rows
from processes.complaint.register import REGISTER, ComplaintRegister
from processes.complaint.tables import Complaint
from tests.bank import open_site
from tests.processes.complaint.bureau import OPERATOR
from tests.processes.complaint.filing import end_of, local

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "cfpb_full18.csv"

GOOD = {
    "Date received": "2026-03-09",
    "Product": "Mortgage",
    "Sub-product": "Conventional home mortgage",
    "Issue": "Trouble during payment process",
    "Consumer complaint narrative": "I paid twice, and they booked it once.",
    "Company": "EXAMPLE BANK",
    "State": "NY",
    "ZIP code": "100XX",
    "Tags": "Older American, Servicemember",
    "Consumer consent provided?": "Consent provided",
    "Submitted via": "Web",
    "Date sent to company": "2026-03-10",
    "Company response to consumer": "Closed with explanation",
    "Timely response?": "Yes",
    "Complaint ID": "1001",
}


@pytest.fixture
def file_of(tmp_path):
    def write(*complaints, columns=COLUMNS):
        path = tmp_path / "complaints.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(complaints)
        return path

    return write


def test_a_row_becomes_the_values_of_a_start(file_of):
    [row] = rows(file_of(GOOD), "US-CFPB")
    assert isinstance(row, Row)
    assert row.key == "cfpb:1001"
    assert row.unknown == ()
    assert (row.response, row.timely, row.finding) == ("Closed with explanation", True, "not_upheld")
    with clock.at(local("2026-03-11")):
        record = ComplaintRegister().blank(row.values)
    assert record.get("cat_b") == "B.LOAN.HOUSE"
    assert record.get("cat_c") == "C.FAC"
    assert record.get("special_needs") == ["elderly", "military"]
    assert record.get("received_at") == local("2026-03-09", "12:00")
    assert record.get("clock.due_at") == end_of("2026-03-25")
    assert record.get("regulator_forwarded")


def test_a_narrative_that_was_not_published_is_marked(file_of):
    [row] = rows(file_of({**GOOD, "Consumer complaint narrative": ""}))
    assert row.values["complaint.narrative"] == NOT_PUBLISHED


def test_words_that_the_mapping_does_not_know_are_reported_and_kept_as_other(file_of):
    [row] = rows(file_of({**GOOD, "Product": "Moon bonds", "Tags": "Astronaut"}))
    assert row.unknown == ("Tags: Astronaut", "Product: Moon bonds")
    assert row.values["complaint.cat_b"] == "B.OTH"
    assert row.values["complaint.special_needs"] == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Date received": "03/10/2026"}, "a date"),
        ({"Date sent to company": ""}, "a date"),
        ({"Complaint ID": ""}, "no number"),
        ({"Consumer complaint narrative": "x" * 20_001}, "longer than"),
    ],
)
def test_a_row_that_cannot_be_started_says_why_and_the_others_go_on(file_of, change, reason):
    bad, good = rows(file_of({**GOOD, **change}, {**GOOD, "Complaint ID": "1002"}))
    assert isinstance(bad, BadRow)
    assert bad.line == 2
    assert reason in bad.reason
    assert isinstance(good, Row)


def test_a_complaint_that_stands_in_the_file_twice_is_taken_once(file_of):
    first, second = rows(file_of(GOOD, GOOD))
    assert isinstance(first, Row)
    assert isinstance(second, BadRow)


def test_a_cut_row_is_reported(file_of):
    path = file_of(GOOD)
    path.write_text(path.read_text("utf-8") + "2026-03-10,Mortg", "utf-8")
    assert [type(row) for row in rows(path)] == [Row, BadRow]


def test_another_file_is_refused_by_the_names_of_its_columns(file_of, tmp_path):
    with pytest.raises(InvalidInput, match="lacks the columns Date received, Product"):
        list(rows(file_of(columns=("a", "b"))))
    binary = tmp_path / "picture.csv"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InvalidInput, match="cannot be read as UTF-8"):
        list(rows(binary))


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published file is not at hand")
def test_s30_the_published_file_is_accepted_whole():
    found = list(rows(PUBLISHED))
    assert len(found) == 2067
    assert all(isinstance(row, Row) for row in found)
    assert sum(row.values["complaint.narrative"] == NOT_PUBLISHED for row in found) == 1678
    assert {word for row in found for word in row.unknown} <= {
        "Issue: Other transaction problem",
        "Issue: Problem caused by your funds being low",
        "Issue: Problem getting a card or closing an account",
        "Issue: Problem with the payoff process at the end of the loan",
        "Issue: Problems at the end of the loan or lease",
        "Issue: Transaction issue",
    }
    for row in found[::100]:
        ComplaintRegister().blank(row.values)


def test_a_file_is_measured_by_the_regime_that_is_named(file_of):
    [row] = rows(file_of(GOOD), "CN-NFRA-2020-3")
    with clock.at(local("2026-03-11")):
        assert ComplaintRegister().blank(row.values).get("clock.deadline_id") == "CN-NFRA-DEC-1"
    with pytest.raises(InvalidInput, match="no regime “MOON”"):
        list(rows(file_of(GOOD), "MOON"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = open_site(tmp_path_factory.mktemp("importing"))
    yield site
    site.database.dispose()


def started(site, table):
    """The rows of `table`, newest case first."""
    with site.database.reading() as session:
        query = select(table).join(ProcessInstance, ProcessInstance.id == table.instance_id)
        found = session.scalars(query.order_by(ProcessInstance.business_key.desc())).all()
        session.expunge_all()
        return found


def test_the_same_file_again_starts_nothing_twice(file_of, site):
    path = file_of(GOOD, {**GOOD, "Complaint ID": "1002"})
    first, again = ([importing.start(site, row, actor=OPERATOR, virtual=True) for row in rows(path)] for _ in range(2))

    assert (first, again) == ([True, True], [False, False])
    with site.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProcessInstance)) == 2


def test_in_virtual_time_clocks_and_work_begin_when_the_complaint_came_in(file_of, site):
    [row] = rows(file_of({**GOOD, "Complaint ID": "2001", "Date received": "2026-04-10"}))
    importing.start(site, row, actor=OPERATOR, virtual=True)

    received = local("2026-04-10", "12:00")
    complaint, job = started(site, Complaint)[0], started(site, Job)[0]
    assert (complaint.received_at, job.due_at) == (received, received)
    timers = [timer for timer in started(site, Timer) if timer.instance_id == complaint.instance_id]
    assert timers
    assert all(timer.due_at > received for timer in timers)


def test_in_real_time_the_case_starts_now_with_the_receipt_as_it_was(file_of, site):
    [row] = rows(file_of({**GOOD, "Complaint ID": "3001"}))
    with clock.at(local("2026-06-01")):
        importing.start(site, row, actor=OPERATOR, virtual=False)

    complaint = started(site, Complaint)[0]
    assert complaint.registered_at == local("2026-06-01")
    assert complaint.received_at == local("2026-03-09", "12:00")


def test_what_the_consumer_wrote_is_stored_as_ciphertext(file_of, site):
    [row] = rows(file_of({**GOOD, "Complaint ID": "4001"}))
    with clock.at(local("2026-07-01")):
        importing.start(site, row, actor=OPERATOR, virtual=False)

    complaint = started(site, Complaint)[0]
    assert b"twice" not in complaint.sealed_narrative
    with site.database.reading() as session:
        session.info["vault"] = site.vault
        assert REGISTER.open(session, complaint.instance_id).get("narrative") == GOOD["Consumer complaint narrative"]
