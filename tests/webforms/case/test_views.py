"""The pages of one case: timeline, documents, process, what the application adds, print and export."""

import csv
import io
import json
import zipfile

import pytest

from engine import commands
from engine.models import Attachment
from engine.queries.audit import audit_lines
from tests.counting import counting
from tests.office.installation import NOW
from tests.webforms.conftest import Browser

TEXT = "年费未退，请回电13800138000。".encode()


@pytest.fixture
def case_id(office):
    return office.start()


@pytest.fixture
def file_id(office, browser, case_id):
    task_id = office.claim(case_id)
    sent = (io.BytesIO(TEXT), "说明.txt")
    browser(office.ann).post(f"/tasks/{task_id}", verdict="yes", proof=sent)
    return office.ask(lambda session: session.query(Attachment).one().id)


def exported(browser, case_id):
    with browser.client.post(f"/instances/{case_id}/export", data={"purpose": "handling"}) as answer:
        return zipfile.ZipFile(io.BytesIO(answer.data))


def test_every_page_of_the_case_is_reached_from_every_other(office, browser, case_id):
    page = browser(office.ann).get(f"/instances/{case_id}")
    addresses = [link.get("href") for link in page.find(".tabs a")]

    assert addresses == [f"/instances/{case_id}{tail}" for tail in ("", "/details", "/documents", "/process")]
    for address in addresses:
        shown = browser(office.ann).get(address)
        assert [link.get("href") for link in shown.find(".tabs a")] == addresses
        assert shown.find(".tabs a[aria-current]")[0].get("href") == address
        browser(office.out).get(address, status=404)


def test_filters_stand_in_the_address_and_count(office, browser, case_id):
    commands.add_comment(office.site, case_id, "call back", actor=office.ann, now=NOW)
    office.review(case_id)
    mine = browser(office.ann)
    page = mine.get(f"/instances/{case_id}")
    chips = {link.text.strip(): link.get("href") for link in page.find(".filters a")}
    assert {"All", "Tasks", "Comments", "Course of the process"} <= chips.keys()

    comments = mine.get(chips["Comments"].partition("#")[0])
    assert comments.all(".timeline .line-head strong") == ["A comment was written"]
    assert comments.text(".filters a[aria-current]") == "Comments 1"


def test_the_course_of_the_process_is_shown_when_asked_for(office, browser, case_id):
    mine = browser(office.ann)
    everything = mine.get(f"/instances/{case_id}?kind=step").all(".line-head strong")

    assert "“Review” began" in everything
    assert "“Review” began" not in mine.get(f"/instances/{case_id}").all(".line-head strong")


def test_the_address_of_a_line_finds_it_though_it_is_filtered_away(office, browser, case_id):
    mine = browser(office.ann)
    fine = mine.get(f"/instances/{case_id}?kind=step").find(".timeline li")[0].get("id")
    page = mine.get(f"/instances/{case_id}?line={fine}&kind=comment")

    assert page.find(".is-pointed-at")[0].get("id") == fine
    assert page.find(f"#{fine} .permalink")[0].get("href").endswith(f"line={fine}#{fine}")


def test_long_histories_come_in_pages(office, browser, case_id):
    for number in range(45):
        commands.add_comment(office.site, case_id, f"note {number}", actor=office.ann, now=NOW)
    mine = browser(office.ann)
    first = mine.get(f"/instances/{case_id}?kind=comment")
    assert "note 44" in first.text()
    assert "note 0" not in first.all(".line-text")

    older = mine.get(first.find(".pages a")[-1].get("href").partition("#")[0])
    assert "note 0" in older.all(".line-text")
    assert not older.find("a[rel=next]")


def test_a_text_is_shown_in_the_page_and_on_record(office, browser, case_id, file_id):
    mine = browser(office.ben)
    assert "说明.txt" in mine.get(f"/instances/{case_id}/documents").text(".document-list")
    shown = mine.post(f"/instances/{case_id}/documents/{file_id}", status=200)

    assert "年费未退" in shown.text("pre")
    opened = [row for row in office.ask(audit_lines, day=NOW.date()).rows if row.kind == "file_opened"]
    assert [(row.username, row.detail["file"]) for row in opened] == [("ben", file_id)]
    browser(office.out).post(f"/instances/{case_id}/documents/{file_id}", status=404)
    mine.post(f"/instances/{office.start('beta')}/documents/{file_id}", status=404)


def test_the_file_for_paper_has_everything_in_order_and_nothing_to_click(office, browser, case_id):
    commands.add_comment(office.site, case_id, "call back", actor=office.ann, now=NOW)
    office.review(case_id)
    page = browser(office.ann).get(f"/instances/{case_id}/print")

    titles = page.all(".timeline .line-head strong")
    assert titles[0] == "The case was started"
    assert titles[-1] == "“Review” was completed"
    assert "call back" in page.text()
    assert not page.find(".timeline a, .timeline form")


def test_an_export_needs_a_purpose_and_is_on_record(office, browser, case_id, file_id):
    mine = browser(office.ann)
    assert "Say what you need the file for" in mine.post(f"/instances/{case_id}/export", 422, purpose="").text()

    package = exported(mine, case_id)
    assert package.namelist() == ["case.json", "timeline.json", "timeline.csv", "documents/001 说明.txt"]
    assert package.read("documents/001 说明.txt") == TEXT
    assert json.loads(package.read("case.json"))["number"] == "R-ALPHA"
    rows = list(csv.reader(io.StringIO(package.read("timeline.csv").decode("utf-8-sig"))))
    assert rows[0][:4] == ["When", "Kind", "Who", "What"]
    assert len(rows) == len(json.loads(package.read("timeline.json"))) + 1
    told = [row.detail for row in office.ask(audit_lines, day=NOW.date()).rows if row.kind == "case_exported"]
    assert [(row["purpose"], row["files"]) for row in told] == [("handling", [file_id])]


def test_a_cell_of_an_export_is_no_formula(office, browser, case_id):
    commands.add_comment(office.site, case_id, "=HYPERLINK(1)", actor=office.ann, now=NOW)
    text = exported(browser(office.ann), case_id).read("timeline.csv").decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text


@pytest.mark.parametrize("tail", ["", "/documents", "/about/remedy"])
def test_a_page_of_a_complaint_asks_few_questions(bank, bank_app, tail):
    filed = bank.file()
    bank.work()
    staff = Browser(bank_app, bank.person("li", "intake"))
    staff.get(f"/instances/{filed.case_id}{tail}")
    with counting(bank.database) as count:
        staff.get(f"/instances/{filed.case_id}{tail}")

    assert len(count.statements) <= 15, "\n".join(count.statements)


def test_when_a_complaint_is_expected_to_be_done_is_fetched_by_its_pages(bank, bank_app):
    filed = bank.file()
    bank.work()
    staff = Browser(bank_app, bank.person("li", "intake"))
    address = f"/instances/{filed.case_id}/expected"

    assert staff.get(f"/instances/{filed.case_id}").find(f"[hx-get='{address}']")
    assert "Deadline of the case:" in staff.get(address).text(".forecast summary")


def test_a_case_without_a_deadline_says_so_where_it_is_expected(office, browser, case_id):
    page = browser(office.ann).get(f"/instances/{case_id}/expected")

    assert "Nothing that is open now keeps a deadline of the case waiting." in page.text()
    assert not page.find(".forecast")


def test_a_complaint_shows_its_time_limits_changes_and_notices_in_words(bank, bank_app):
    filed = bank.file(**{"complaint.narrative": "年费被收取，请回电13800138000。"})
    bank.work()
    staff = Browser(bank_app, bank.person("li", "intake"))
    bank.change(filed.case_id, level="COMPLEX")
    text = staff.get(f"/instances/{filed.case_id}").text()

    assert "The time limit “Decision” began: due" in text
    assert "13800138000" not in text
    assert "138****8000" in text
    for name in ("related", "remedy"):
        staff.get(f"/instances/{filed.case_id}/about/{name}")
    staff.get(f"/instances/{filed.case_id}/about/nothing", status=404)
