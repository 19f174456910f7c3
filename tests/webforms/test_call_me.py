"""Somebody asks to be called: a task for intake, once, and nothing about anybody else."""

import uuid

import pytest

from engine.models import UserTask
from tests.webforms.conftest import Browser

ASKED = {"caller_name": "王小明", "caller_phone": "13800138000", "call_about": "看不清账单"}


@pytest.fixture
def consumer(bank_app):
    return Browser(bank_app)


def tasks(bank):
    with bank.database.reading() as session:
        return [(task.element_id, task.due_at) for task in session.query(UserTask)]


def test_asking_for_a_call_makes_a_task_for_intake(consumer, bank, bank_app):
    li = bank.person("li", "intake")
    thanks = consumer.get(consumer.post("/call-me", 303, **ASKED).to)

    assert "HD-20260302-00001" in thanks.text()
    assert [element for element, due_at in tasks(bank) if due_at] == ["call"]
    assert "Call back" in Browser(bank_app, li).get("/tasks").text()


def test_sending_twice_asks_once(consumer, bank):
    key = str(uuid.uuid4())

    for _ in range(2):
        consumer.post("/call-me", 303, key, **ASKED)

    assert len(tasks(bank)) == 1


def test_without_a_number_nobody_can_be_called(consumer, bank):
    page = consumer.post("/call-me", 422, **{**ASKED, "caller_phone": ""})

    assert "Phone number" in page.text("[role=alert]")
    assert page.find("textarea")[0].text.strip() == "看不清账单"
    assert tasks(bank) == []


def test_programs_that_fill_in_the_hidden_field_get_nothing(consumer, bank):
    consumer.post("/call-me", 422, **ASKED, _website="https://spam.test")

    assert tasks(bank) == []
