"""How few clicks everyday work takes, counted in a real browser: the form itself is not counted."""

import pytest
from playwright.sync_api import expect

from engine import clock, commands
from engine.commands import Submitted
from engine.identity import CONSUMER
from tests.bank import fields
from tests.e2e.acting import open_as
from tests.e2e.filling import answers_for, open_tasks, type_in
from tests.webforms.desk.test_taking import TYPED

pytestmark = pytest.mark.browser

MOST = 3


class Clicks:
    """Clicks, and counts them."""

    def __init__(self, page):
        self._page, self.number = page, 0

    def on(self, place):
        """Click, and wait for the page that follows."""
        self.number += 1
        self._page.locator(place).first.click()
        self._page.wait_for_load_state("networkidle")


def test_a_task_nobody_has_is_opened_taken_and_completed_with_three_clicks(office, open_page):
    started = commands.start_instance(office.site, "complaint", Submitted(fields()), actor=CONSUMER, now=clock.now())
    office.tick()
    [(task_id, element, _)] = set(open_tasks(office.site, started["business_key"]))
    page = open_page("zh")
    open_as(office, page, "admin1", f"/tasks/{task_id}")
    if (back := page.locator("form[action$='/release'] button")).count():
        back.first.click()
    open_as(office, page, "intake1", "/tasks?box=unassigned&sort=-age")
    clicks = Clicks(page)

    clicks.on(f"a[data-row-link][href*='{task_id}']")
    clicks.on("form[action$='/claim'] button, form[action*='/claim?'] button")
    type_in(page, answers_for(office.site, task_id))
    clicks.on("main form[data-unsaved-guard] button[name=_submit]")

    assert element == "register"
    assert not page.locator(".error-summary").count()
    assert task_id not in {task for task, _, _ in open_tasks(office.site, started["business_key"])}
    assert clicks.number <= MOST


def test_what_was_typed_during_a_call_is_dispatched_with_three_clicks_at_most(office, open_page, accessible):
    page = open_page("zh")
    open_as(office, page, "intake1", "/intake?channel=CH.PHONE")
    type_in(page, {name: [value] for name, value in TYPED.items()})
    clicks = Clicks(page)

    clicks.on("button.btn[name=_check]")
    accessible(page)
    clicks.on("button.btn[name=_confirm]")

    expect(page.locator(".reference-box strong").first).to_contain_text("TS-")
    assert clicks.number <= MOST
