"""My page: absence, break, wishes, choices, calendar, password."""

from datetime import timedelta

import pytest

from engine import clock, commands
from engine.models import Absence, Notification, Person, UserTask
from tests.bank import NOW as BANK_NOW
from tests.office.installation import NOW, PASSWORD
from tests.webforms.bank import pages_of
from tests.webforms.conftest import Browser


@pytest.fixture
def page(office, browser):
    return browser(office.ann)


def rows(office, entity):
    with office.site.database.reading() as session:
        found = session.query(entity).all()
        session.expunge_all()
        return found


def test_the_account_menu_leads_to_my_page(office, page):
    links = {link.get("href") for link in page.get("/tasks").find(".bar-sheet a")}

    assert "/me" in links
    shown = page.get("/me")
    assert shown.text("h1") == "My page"
    assert "Clerks · everywhere" in shown.text("main")


def test_one_records_ones_own_absence_and_ends_it(office, page):
    shown = page.post("/me/absences", 422, from_on="2026-03-05", to_on="2026-03-04")
    assert "it ends before it begins" in shown.text("#absence-error")
    assert shown.value("#from_on") == "2026-03-05"
    assert "first and the last day" in page.post("/me/absences", 422).text("#absence-error")

    page.post("/me/absences", from_on="2026-03-05", to_on="2026-03-06", delegate="ben", reason="leave")
    row = rows(office, Absence)[0]
    assert (row.person_id, row.delegate_id) == (office.ann.id, office.ben.id)
    assert "Ben stands in · leave" in page.get("/me").text("main")
    page.post(f"/me/absences/{row.id}/end")
    assert rows(office, Absence) == []


def test_a_break_is_begun_and_ended_and_lasts_at_most_for_today(office, page):
    assert "Choose how long" in page.post("/me/break", 422, minutes="600").text("#break-error")
    shown = page.get(page.post("/me/break", minutes="0").to.partition("#")[0])
    until = next(row.resting_until for row in rows(office, Person) if row.id == office.ann.id)
    assert until.isoformat() == "2026-03-02T16:00:00+00:00"
    assert "Nobody leads your groups" in shown.text("#messages")
    page.post("/me/break/end")
    assert "30 minutes" in page.get("/me").text("main")


def test_how_one_is_told_is_ones_own_choice(office, page):
    page.post("/me/notifications", handed="nothing", assigned="digest")

    assert page.get("/me").value("#way-assigned option[selected]") == "digest"
    task_id = office.claim(office.start(), actor=office.ben)
    commands.delegate_task(office.site, task_id, "ann", "out today", actor=office.ben, now=NOW)
    assert rows(office, Notification) == []
    page.post("/me/notifications", 422, assigned="by pigeon")


def test_the_password_is_changed_with_the_old_one_and_this_session_goes_on(office, page, browser):
    other = browser(office.ann)
    new = "a quite different one"
    assert "old password is not right" in page.post("/me/password", 422, old="x", new=new, again=new).text(
        "#password-error"
    )
    assert "in two ways" in page.post("/me/password", 422, old=PASSWORD, new=new, again="y").text("#password-error")
    assert "12 to 200" in page.post("/me/password", 422, old=PASSWORD, new="y", again="y").text("#password-error")

    page.post("/me/password", old=PASSWORD, new=new, again=new)
    assert "Your password was changed" in page.get("/me").text("#messages")
    assert other.get("/me", 302).to.startswith("/login")


def test_a_calendar_address_is_shown_once_and_reads_due_dates(office, page, browser):
    task_id = office.claim(office.start())
    with office.site.database.transaction() as session:
        session.get_one(UserTask, task_id).due_at = NOW + timedelta(days=2)
    address = page.post("/me/calendar", 200).value("#feed")
    assert address not in page.get("/me").answer.text
    path = address.partition("localhost")[2]

    answer = browser().client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "SUMMARY:审查 · R-ALPHA" in answer.text
    assert "DTSTART:20260304T010000Z" in answer.text
    assert f"/tasks/{task_id}" in answer.text.replace("\r\n ", "")
    page.post("/me/calendar/end")
    assert browser().client.get(path).status_code == 404
    assert browser().client.get("/calendar/nothing.ics").status_code == 404


def test_a_suggestion_is_given_on_a_task_and_answered_in_the_studio(office, page, browser):
    task_id = office.claim(office.start())
    page.post(f"/tasks/{task_id}/suggestion", text="Ask less here")
    page.post(f"/tasks/{task_id}/suggestion", text="Nobody knows me", anonymous="yes")
    page.get("/studio/office/suggestions", 403)

    boss = browser(office.eva)
    assert "Suggestions (2)" in boss.get("/studio/office").text(".page-head")
    shown = boss.get("/studio/office/suggestions")
    assert shown.all("h2") == ["Review Request · version 1"]
    assert {text.split(" ·")[0].split()[-1] for text in shown.all(".news-text > .muted")} <= {"Ann", "somebody"}
    form = next(form for form in shown.find(".news-list form") if "Ask less" in form.getparent().text_content())
    boss.post(form.get("action"), answer="In the next version")
    own = page.get("/me").text("main")
    assert "Ask less here" in own
    assert "In the next version" in own
    assert "Nobody knows me" not in own


@pytest.fixture
def bank_people(bank):
    return bank.person("joe", "intake"), bank.person("zhang", "approver_t1"), bank.person("root", "admin")


def test_a_lead_reads_what_is_asked_and_marks_it_as_seen(bank, bank_people, tmp_path):
    joe, zhang, root = bank_people
    app = pages_of(bank.site, tmp_path)
    with clock.at(BANK_NOW):
        case_id = bank.file().case_id
        bank.work()
        with bank.reading() as session:
            task_id = session.query(UserTask.id).filter_by(instance_id=case_id, status="open").scalar()
        mine = Browser(app, joe)
        assert "Take this one from me" in mine.get(f"/tasks/{task_id}").all("summary")
        mine.post(f"/tasks/{task_id}/relief", reason="too hard for me")
        assert "has not seen it yet" in mine.get(f"/tasks/{task_id}").text("main")

        lead = Browser(app, zhang)
        assert "too hard for me" in lead.get("/me").text("main")
        assert "too hard for me" not in Browser(app, root).get("/me").answer.text
        assert "Joe asks for your support" in lead.get("/notifications").text("main")
        lead.post("/me/wishes/1/seen")
        assert "Seen by Zhang" in mine.get("/me").text("main")
