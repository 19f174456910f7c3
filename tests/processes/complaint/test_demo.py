"""The demo fills itself once: people, complaints in all phases and cases beside them, played up to now."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import clock, jobs, queries, travel
from engine.commands.log_ins import log_in
from engine.mail import FolderMail
from engine.models import Incident, Mark, ProcessInstance, Timer, UserTask
from processes.complaint import demo, importing
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.message_tables import ComplaintMessage
from processes.complaint.office import Staff
from processes.complaint.tables import PROCESS, Complaint, ComplaintClock, ComplaintNotice
from tests.bank import open_site
from tests.processes.complaint.bureau import OPERATOR, cells, write
from tests.processes.complaint.filing import local

pytestmark = pytest.mark.long

#: A Wednesday morning; the working days before it have a week of holidays among them.
NOW = local("2026-03-11", "10:00")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A site that was filled at NOW, and what was said."""
    folder = tmp_path_factory.mktemp("demo")
    site, said = open_site(folder, {"mail": FolderMail(folder / "mailbox")}), []
    with clock.at(NOW):
        demo.fill(site, said.append)
    yield site, said
    site.database.dispose()


@pytest.fixture
def session(filled):
    with filled[0].database.reading() as session:
        yield session


def test_seventeen_complaints_lie_in_all_five_phases(session):
    phases = session.scalars(select(Complaint.phase)).all()

    assert len(phases) == 17
    assert set(phases) == {"acceptance", "investigation", "solution", "followup", "close"}


def test_some_are_closed_and_some_are_late(session):
    of_complaints = select(ProcessInstance.ended_by).where(ProcessInstance.key == PROCESS)
    outcomes = Counter(session.scalars(of_complaints))
    late = session.scalars(select(UserTask).where(UserTask.status == "open", UserTask.due_at < NOW)).all()

    assert outcomes == {"": 14, "complaint_closed": 1, "complaint_merged": 1, "complaint_withdrawn": 1}
    assert len(late) >= 2


def test_a_mediation_a_regulators_case_and_one_from_abroad_wait_to_be_seen(session):
    waiting = select(Complaint.regulator_authority, UserTask.element_id).join(
        UserTask, UserTask.instance_id == Complaint.instance_id
    )
    found = set(session.execute(waiting.where(UserTask.status == "open")))
    regimes = set(session.scalars(select(ComplaintClock.regime)))

    assert {(None, "mediation_result"), ("PBOC", "findings"), ("12345", "plan")} <= {tuple(row) for row in found}
    assert {"CN-NFRA-2020-3", "CN-PBOC-2020-5", "UK-DISP"} <= regimes


def test_a_review_a_warning_and_a_rectification_are_under_way(session):
    waiting = select(ComplaintMatter.kind, UserTask.element_id).join(
        UserTask, UserTask.instance_id == ComplaintMatter.instance_id
    )

    assert {tuple(row) for row in session.execute(waiting.where(UserTask.status == "open"))} == {
        ("review", "review_examine"),
        ("early_warning", "early_warning_dispose"),
        ("rectification", "rectification_measure"),
    }


def test_one_complaint_goes_on_in_another_one_of_the_same_person(session):
    (link,) = session.scalars(select(ComplaintLink).where(ComplaintLink.kind == "merged"))
    merged, root = (session.get_one(Complaint, case) for case in (link.from_id, link.to_id))

    assert merged.root_case == root.number
    assert (merged.closed_at is None, root.closed_at) == (False, None)


def test_whoever_merges_them_sees_both_whatever_chance_says(filled, session):
    (link,) = session.scalars(select(ComplaintLink).where(ComplaintLink.kind == "merged"))
    site, staff = filled[0], Staff(filled[0])

    for seed in range(20):
        officer = staff.anybody("intake", random.Random(seed), sees=[link.from_id, link.to_id])
        assert queries.may_see_case(session, site, link.to_id, officer)


def test_nothing_stands_still(session):
    assert session.scalars(select(Incident.message)).all() == []
    assert queries.stuck(session) == ()


def test_notices_and_messages_are_there(filled, session):
    mailbox = filled[0].ports["mail"].folder

    assert session.scalar(select(func.count()).select_from(ComplaintNotice)) > 30
    assert session.scalar(select(func.count()).select_from(ComplaintMessage)) == 4
    assert len(list(mailbox.glob("*.eml"))) > 30


def test_everything_happened_before_now(session):
    assert session.scalar(select(func.max(UserTask.created_at))) <= NOW
    assert session.scalar(select(func.max(ComplaintMessage.at))) <= NOW


def test_the_next_thing_that_happens_is_two_minutes_away(session):
    due = session.scalar(select(func.min(Timer.due_at)).where(Timer.state == "armed"))

    assert timedelta(minutes=2) <= due - NOW <= timedelta(minutes=2, seconds=30)


def test_everybody_logs_in_with_the_password_that_is_printed(filled):
    site, said = filled

    assert any(demo.PASSWORD in line for line in said)
    for username, group in (("admin", "admin"), ("owner", "process-owner"), ("handler1", "handler_credit")):
        assert any(username in line for line in said)
        assert group in log_in(site, username, demo.PASSWORD, "127.0.0.1", NOW).groups


def test_the_second_start_adds_nothing(filled, session):
    before = session.scalar(select(func.count()).select_from(ProcessInstance))
    session.rollback()
    with clock.at(NOW + timedelta(minutes=1)):
        demo.fill(filled[0], lambda _line: None)

    assert session.scalar(select(func.count()).select_from(ProcessInstance)) == before


def test_a_database_of_real_cases_is_not_taken_for_a_demo(tmp_path):
    site = open_site(tmp_path)
    (row,) = importing.rows(write(tmp_path / "complaints.csv", [cells(1)]))
    importing.start(site, row, actor=OPERATOR, virtual=False)

    with pytest.raises(demo.RealCases):
        demo.fill(site, lambda _line: None)
    with site.database.reading() as session:
        assert session.get(Mark, travel.DEMO) is None
    site.database.dispose()


def test_one_case_escalates_by_itself_two_minutes_later(filled):
    """The last test here: it lets the time of the filled site go on."""
    site, _ = filled
    with clock.at(NOW + timedelta(minutes=3)):
        jobs.tick(site, clock.now())

    with site.database.reading() as session:
        opened = select(UserTask.element_id).where(UserTask.created_at > NOW)
        assert session.scalars(opened).all() == ["explain_overdue"]
