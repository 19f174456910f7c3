"""Files of a case go only to people who may see the case, to be saved."""

import io

import pytest

from engine.models import Attachment

CONTENT = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def file_id(office, browser):
    task_id = office.claim(office.start())
    browser(office.ann).post(f"/tasks/{task_id}", verdict="yes", proof=(io.BytesIO(CONTENT), "证据.pdf"))
    return office.ask(lambda session: session.query(Attachment).one().id)


def test_a_file_comes_back_as_it_was_and_is_never_shown_in_the_page(office, browser, file_id):
    answer = browser(office.ben).client.get(f"/files/{file_id}")

    assert answer.data == CONTENT
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_outsiders_get_nothing(office, browser, file_id):
    browser(office.out).get(f"/files/{file_id}", status=404)
    browser(office.ann).get("/files/unknown", status=404)
