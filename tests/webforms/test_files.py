"""Files of a case go only to people who may see the case, to be saved."""

import io

import pytest

from engine.models import Attachment
from engine.queries.audit import audit_lines
from tests.office.installation import NOW

CONTENT = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def file_id(office, browser):
    task_id = office.claim(office.start())
    browser(office.ann).post(f"/tasks/{task_id}", verdict="yes", proof=(io.BytesIO(CONTENT), "证据.pdf"))
    return office.ask(lambda session: session.query(Attachment).one().id)


def test_a_file_comes_back_as_it_was_and_is_never_shown_in_the_page(office, browser, file_id):
    answer = browser(office.ben).client.post(f"/files/{file_id}")

    assert answer.data == CONTENT
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_outsiders_get_nothing(office, browser, file_id):
    browser(office.out).post(f"/files/{file_id}", status=404)
    browser(office.ann).post("/files/unknown", status=404)


def test_who_opened_a_file_is_on_record(office, browser, file_id):
    browser(office.ben).client.post(f"/files/{file_id}")
    browser(office.out).post(f"/files/{file_id}", status=404)

    opened = [row for row in office.ask(audit_lines, day=NOW.date()).rows if row.kind == "file_opened"]
    assert [(row.username, row.detail["file"], row.detail["case"]) for row in opened] == [("ben", file_id, "R-ALPHA")]
