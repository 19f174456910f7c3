"""Staff tell a case what its diagram lets them say, from the case's page."""

import pytest

from engine import queries
from engine.models import ProcessInstance
from tests.bank import NOW
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser

#: What may be told to every complaint that has just come in.
OFFERED = {
    "agreed_date",
    "extension",
    "leak",
    "level_change",
    "litigation",
    "material",
    "regulator_query",
    "regulator_transfer",
    "suspension",
    "takeover",
    "transfer",
    "void",
    "withdraw",
}


def test_an_extension_asked_for_on_the_page_opens_its_task(bank, bank_app):
    file_complaint(Browser(bank_app))
    case_id = bank.only_case_id()
    staff = Browser(bank_app, bank.person("li", "intake", "handler"))

    page = staff.get(f"/instances/{case_id}")
    offered = page.all("main form button")
    staff.post(f"/instances/{case_id}/messages/extension")

    assert "Extension asked for" in offered
    with bank.database.reading() as session:
        open_tasks = queries.tasks_of(session, case_id, bank.person("root", "admin"), "en", NOW)
    assert "Is an extension needed?" in {task.name for task in open_tasks}


def test_sending_the_same_form_twice_opens_one_task(bank, bank_app):
    file_complaint(Browser(bank_app))
    case_id = bank.only_case_id()
    staff = Browser(bank_app, bank.person("li", "intake", "handler"))
    key = "7f1c1d54-7a3f-4c52-8a6a-0d7d8b7f5a11"

    staff.post(f"/instances/{case_id}/messages/extension", key=key)
    staff.post(f"/instances/{case_id}/messages/extension", key=key)

    with bank.database.reading() as session:
        open_tasks = queries.tasks_of(session, case_id, bank.person("root", "admin"), "en", NOW)
    assert [task.name for task in open_tasks].count("Is an extension needed?") == 1


@pytest.mark.parametrize("name", ["survey", "nothing"])
def test_what_only_consumers_say_cannot_be_said_by_staff(bank, bank_app, name):
    file_complaint(Browser(bank_app))
    staff = Browser(bank_app, bank.person("li", "intake"))

    staff.post(f"/instances/{bank.only_case_id()}/messages/{name}", 404)


def test_only_what_the_diagram_lets_staff_send_is_offered(bank, bank_app):
    file_complaint(Browser(bank_app))

    with bank.database.reading() as session:
        instance = session.get_one(ProcessInstance, bank.only_case_id())
        found = queries.sendable(session, instance, "en")

    assert {each.name for each in found} == OFFERED
