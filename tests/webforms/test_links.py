"""Complaints that belong together, on the pages of staff and consumer."""

import pytest

from engine import commands
from engine.queries.audit import audit_lines
from tests.bank import NOW
from tests.webforms.conftest import Browser


@pytest.fixture
def root(bank):
    return bank.file()


@pytest.fixture
def copy(bank, root):
    return bank.file(**{"complaint.narrative": "信用卡年费未经告知被收取，要求退还。请回电13800138000"})


@pytest.fixture
def li(bank):
    return bank.person("li", "intake")


@pytest.fixture
def staff(bank_app, li):
    return Browser(bank_app, li)


def decide(browser, one, other, kind, status=200, **more):
    sent = {"other": other.number, "kind": kind, "reason": "同一事项", **more}
    return browser.post(f"/instances/{one.case_id}/links", status, **sent)


def link(browser, one, other, kind="repeat"):
    return decide(browser, one, other, kind, 302, _step="confirmed")


def test_the_panel_shows_who_may_have_complained_before_masked_and_why(staff, root, copy):
    aside = staff.get(f"/instances/{copy.case_id}/about/related").text()
    assert "Possibly the same matter" in aside
    assert f"{root.number} 王*明 Probable" in aside
    assert "Same phone or customer number · Same e-mail" in aside
    assert "13800138000" not in aside


def test_two_complaints_are_compared_before_anything_is_decided(staff, root, copy):
    page = staff.get(f"/instances/{copy.case_id}/links?other={root.number.lower()}")
    assert page.all("h2")[:2] == ["This complaint", "The other complaint"]
    assert "138****8000" in page.text()
    assert "13800138000" not in page.text("body")


def test_a_link_is_asked_for_once_more_and_then_stands_in_both(staff, root, copy):
    asked = decide(staff, copy, root, "repeat").text()
    assert "Is this right?" in asked
    assert root.number in asked
    assert "Linked complaints Repeat" not in staff.get(f"/instances/{copy.case_id}/about/related").text()

    link(staff, copy, root)
    for one, other in ((copy, root), (root, copy)):
        page = staff.get(f"/instances/{one.case_id}/about/related")
        assert f"Linked complaints Repeat {other.number}" in page.text()
        assert f"Linked with {other.number}" in staff.get(f"/instances/{one.case_id}").text()


def test_going_back_keeps_what_was_typed(staff, root, copy):
    page = decide(staff, copy, root, "group", _back="1")
    assert page.find("#kind-group")[0].get("checked") is not None
    assert page.text("#reason") == "同一事项"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": ""}, "Choose what the two complaints have to do with each other."),
        ({"reason": " "}, "Say why the two belong together"),
        ({"other": "TS-1"}, "There is no complaint “TS-1”."),
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(staff, root, copy, change, why):
    sent = {"other": root.number, "kind": "repeat", "reason": "同一事项", **change}
    page = staff.post(f"/instances/{copy.case_id}/links", 422, **sent)
    assert why in page.text("[role=alert]")


def test_a_refusal_is_told_in_the_readers_language(bank, bank_app, li, root):
    other = bank.file(
        **{
            "complaint.person.full_name": "李四",
            "complaint.person.mobile": "13900139000",
            "complaint.person.email": "x@example.test",
        }
    )
    page = decide(Browser(bank_app, li, "zh"), other, root, "merged", 422, _step="confirmed")
    assert "来自另一位投诉人" in page.text("[role=alert]")


def test_a_link_is_taken_back_with_a_reason(staff, root, copy):
    link(staff, copy, root)
    address = f"/instances/{copy.case_id}/links/{root.case_id}/remove"
    assert "Say why" in staff.post(address, 422, reason="").text("[role=alert]")
    staff.post(address, reason="弄错了")
    assert "None yet." in staff.get(f"/instances/{copy.case_id}/links").text()


def test_who_may_not_see_the_case_learns_nothing_of_others(bank, bank_app, root, copy):
    otto = Browser(bank_app, bank.person("otto"))
    otto.get(f"/instances/{copy.case_id}/links", 404)
    otto.get(f"/instances/{copy.case_id}/profile", 404)
    decide(otto, copy, root, "repeat", 404)
    otto.post(f"/instances/{copy.case_id}/links/{root.case_id}/remove", 404, reason="弄错了")
    otto.post(f"/instances/{copy.case_id}/observations", 404, kind="needs", text="听力不好")


@pytest.fixture
def merged(bank, staff, root, copy):
    """The copy merged into the first complaint, and ended as its process does."""
    link(staff, copy, root, "merged")
    commands.cancel_instance(bank.site, copy.case_id, "并案办理", actor=bank.person("root", "admin"), now=NOW)
    bank.change(copy.case_id, closed_at=NOW, close_reason="merged")


def test_the_number_of_a_merged_complaint_leads_staff_to_its_root(staff, root, copy, merged):
    found = staff.get(f"/instances?q={copy.number.lower()}").text()
    assert f"The complaint {copy.number} goes on in another one: {root.number}" in found
    assert "This complaint goes on there." in staff.get(f"/instances/{copy.case_id}/about/related").text()


def test_the_consumer_of_a_merged_complaint_reads_where_it_goes_on_and_can_still_write(
    bank, bank_app, root, copy, merged
):
    bank.work()
    consumer = Browser(bank_app)
    consumer.post("/track", 303, number=copy.number, code=copy.code)
    page = consumer.get("/track/case")
    assert f"We answer under the number {root.number}." in page.text()
    assert "Withdraw the complaint" not in page.text()
    consumer.post("/track/material", 303, text="补充一张账单")
    assert "补充一张账单" in consumer.get("/track/case").text()


def told(bank):
    with bank.database.reading() as session:
        return [row.detail for row in audit_lines(session, day=NOW.date()).rows if row.kind == "personal_shown"]


def test_the_history_of_a_complainant_is_shown_for_a_purpose_and_on_record(bank, staff, root, copy):
    bank.change(root.case_id, followup_score_result=4)
    address = f"/instances/{copy.case_id}/profile"
    assert root.number not in staff.get(address).text()
    assert "Say what you need" in staff.post(address, 422, purpose="").text("[role=alert]")
    assert told(bank) == []

    page = staff.post(address, 200, purpose="handling")
    assert page.all("dd")[:4] == ["2", "2", "Online portal (2)", "4.0"]
    assert "王*明" in page.text()
    assert root.number in page.text()
    assert [line["fields"] for line in told(bank)] == [["profile"]]


def test_observations_are_kept_with_name_and_date_and_shown_on_every_case_of_the_person(bank, staff, root, copy):
    add = f"/instances/{copy.case_id}/observations"
    assert "1 to 1000 characters" in staff.post(add, 422, kind="needs", text=" ").text("[role=alert]")
    assert "Choose what" in staff.post(add, 422, kind="gossip", text="听力不好").text("[role=alert]")
    staff.post(add, kind="needs", text="听力不好，请打13800138000慢慢说")

    text = staff.post(f"/instances/{root.case_id}/profile", 200, purpose="handling").text()
    assert "Needs li" in text
    assert "听力不好，请打138****8000慢慢说" in text
    with bank.database.reading() as session:
        stored = session.connection().exec_driver_sql("SELECT * FROM complaint_observation").all()
    assert "听力" not in str(stored)
