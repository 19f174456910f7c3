"""What staff are told beside the diagram: new tasks, and complaints that were registered late."""

from datetime import timedelta

import pytest

from engine import clock, commands, history, jobs
from engine.errors import TopicFailed
from engine.models import Incident, Job, Person, UserTask
from tests.bank import NOW


class Refusing:
    """A mail port that refuses one address."""

    def __init__(self, address):
        self.address, self.sent = address, []

    def send(self, to, subject, text, html, message_id):
        if to == self.address:
            raise TopicFailed(why="no such mailbox")
        self.sent.append(to)


@pytest.fixture
def hire(bank):
    """Somebody with an address and a language: (username, …groups) → actor."""

    def hire(username, *groups, language="zh"):
        actor = bank.person(username, *groups)
        with bank.database.transaction() as session:
            row = session.get_one(Person, actor.id)
            row.email, row.language = f"{username}@bank.test", language
        return actor

    return hire


def told(bank):
    """(address, subject) of each mail to staff."""
    return [(to, subject) for to, subject, *_ in bank.post.sent if to.endswith("@bank.test")]


def work(bank, now=NOW):
    with clock.at(now):
        bank.work()


def open_task(bank, case_id):
    with bank.database.reading() as session:
        return session.query(UserTask.id).filter_by(instance_id=case_id, status="open").first().id


def test_who_is_given_a_task_reads_of_it_in_the_own_language(bank, hire):
    hire("anne", "intake", language="en")
    with clock.at(NOW):
        filed = bank.file()
    assert told(bank) == []  # nothing is mailed within the transaction
    work(bank)

    assert told(bank) == [("anne@bank.test", f"New task: {filed.number}")]
    text = next(text for to, _, text, *_ in bank.post.sent if to == "anne@bank.test")
    assert "Step: Register" in text
    assert "王小明" not in text


def test_the_leads_of_its_groups_read_that_nobody_may_be_given_a_task(bank, hire):
    hire("zhang", "approver_t1", "cp_manager")
    hire("qian", "approver_t2")
    with clock.at(NOW):
        filed = bank.file()
    work(bank)

    assert told(bank) == [("zhang@bank.test", f"新任务 {filed.number}")]
    assert "没有可以承办的人" in next(text for to, _, text, *_ in bank.post.sent if to.startswith("zhang"))


def test_whoever_gets_a_task_from_somebody_is_told_and_who_takes_it_is_not(bank, hire):
    lead, lin, wu = hire("zhang", "approver_t1"), hire("lin", "intake"), hire("wu", "intake")
    with clock.at(NOW):
        filed = bank.file()
        work(bank)
        bank.post.sent.clear()
        task_id = open_task(bank, filed.case_id)
        commands.assign_task(bank.site, task_id, "wu", actor=lead, now=NOW)
        work(bank)
        assert [to for to, _ in told(bank)] == ["wu@bank.test"]
        commands.delegate_task(bank.site, task_id, "lin", "今日外出", actor=wu, now=NOW)
        work(bank)
        assert [to for to, _ in told(bank)] == ["wu@bank.test", "lin@bank.test"]
        commands.accept_task(bank.site, task_id, actor=lin, now=NOW)
        admin = hire("root", "admin", "intake")
        commands.assign_task(bank.site, task_id, "root", actor=admin, now=NOW)
        work(bank)
    assert len(told(bank)) == 2


def test_nobody_is_told_of_a_task_that_is_over(bank, hire):
    lead, _ = hire("zhang", "approver_t1"), hire("lin", "intake")
    with clock.at(NOW):
        filed = bank.file()
        work(bank)
        bank.post.sent.clear()
        commands.assign_task(bank.site, open_task(bank, filed.case_id), "lin", actor=lead, now=NOW)
        with bank.database.transaction() as session:
            session.query(UserTask).filter_by(instance_id=filed.case_id).update({"status": "cancelled"})
        work(bank)

    assert told(bank) == []


def test_one_address_that_fails_keeps_nobody_waiting_and_the_case_goes_on(bank, hire):
    hire("zhang", "approver_t1")
    hire("shi", "cp_manager")
    bank.site.ports["mail"] = port = Refusing("shi@bank.test")
    with clock.at(NOW):
        bank.file()
    work(bank)
    assert "zhang@bank.test" in port.sent

    bank.site.ports["mail"] = Refusing("zhang@bank.test")
    with bank.database.transaction() as session:
        session.query(Person).filter_by(username="shi").update({"email": ""})
    with clock.at(NOW):
        bank.file()
    for minutes in (0, 1, 5, 30):
        work(bank, NOW + timedelta(minutes=minutes))
    with bank.database.reading() as session:
        assert session.query(Incident).count() == 0
        assert {row.state for row in session.query(Job.state).filter_by(topic="tell_staff")} == {"done"}


def lines(bank, case_id, kind):
    with bank.database.reading() as session:
        found = history.read(session, bank.site.vault, history.instance_stream(case_id))
    return [line.detail for line in found if line.kind == kind]


def receive(bank, case_id, at):
    """Somebody finds out when we had the complaint."""
    with clock.at(NOW):
        commands.update_record(bank.site, case_id, lambda record: record.set("received_at", at), now=NOW)


@pytest.mark.parametrize(("days", "late"), [(1, False), (2, False), (3, True)])
def test_a_late_registration_is_on_record_and_the_quality_officer_reads_of_it(bank, hire, days, late):
    """Registered on a Monday; the Saturday before is a working day (调休), so that Friday is two of them ago."""
    hire("pan", "qa", language="en")
    with clock.at(NOW):
        filed = bank.file()
    receive(bank, filed.case_id, NOW - timedelta(days=days))
    receive(bank, filed.case_id, NOW - timedelta(days=days, hours=1))
    work(bank)

    assert lines(bank, filed.case_id, "registered_late") == ([{"days": days}] if late else [])
    subject = ("pan@bank.test", f"Registered late: {filed.number}")
    assert told(bank) == ([subject] if late else [])


def test_the_quality_officer_of_another_unit_is_not_told(bank, hire):
    hire("pan", "qa@BRANCH")
    hire("he", "qa@BRANCH2")
    with clock.at(NOW):
        filed = bank.file()
    bank.change(filed.case_id, received_by_unit="OUTLET")
    receive(bank, filed.case_id, NOW - timedelta(days=7))
    work(bank)

    assert [to for to, _ in told(bank)] == ["pan@bank.test"]


def test_jobs_beside_the_diagram_are_done_once(bank, hire):
    hire("lin", "intake")
    with clock.at(NOW):
        bank.file()
        work(bank)
        work(bank)
        assert jobs.run_jobs(bank.site, NOW) == 0
    assert len(told(bank)) == 1
