"""Turns that a story may take, in a real browser: withdrawals, a phone call, time that passes, a model that changes."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from engine.models import ProcessDefinition, ProcessInstance
from tests.e2e.acting import (
    CONSUMER,
    NARRATIVE,
    do_task,
    file_complaint,
    first_options,
    follow,
    has_ended,
    log_in,
    open_as,
    work_through,
)
from tests.e2e.filling import open_tasks, type_in

pytestmark = pytest.mark.browser


def test_a_consumer_withdraws_and_the_case_ends(office, open_page, accessible):
    page = open_page("zh", "narrow")
    number, code = file_complaint(page, "zh", accessible)
    office.tick()

    follow(page, number, code)
    page.goto("/track/withdraw")
    accessible(page)
    type_in(page, {"reason": ["solved"]})
    for box in page.locator("main input[type=checkbox]").all():
        box.check(force=True)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    office.tick()

    tasks = {element: (task, group) for task, element, group in open_tasks(office.site, number)}
    task_id, group = tasks["confirm_withdrawal"]
    do_task(office, page, task_id, group, accessible)
    # a sample of the withdrawn is called back, which depends on the number
    work_through(office, page, number, accessible)
    assert has_ended(office, number)


def test_a_complaint_taken_by_phone_is_withdrawn_by_phone(office, open_page, accessible):
    page = open_page("en")
    log_in(page, "intake1")
    page.goto("/start/complaint")
    accessible(page)
    type_in(page, CONSUMER | {"complaint.narrative": [NARRATIVE["en"]], "complaint.channel": ["CH.PHONE"]})
    first_options(page)
    page.locator("button[name=_submit]").click()
    page.wait_for_url(re.compile("/instances/"))
    number = re.search(r"TS-\d{8}-\w+-\d{5}", page.locator("h1").inner_text())[0]
    case = page.url

    page.locator(".act-menu > summary").click()
    page.locator("form[action$='/messages/withdraw'] button").click()
    page.wait_for_load_state()
    office.tick()
    tasks = {element: (task, group) for task, element, group in open_tasks(office.site, number)}
    do_task(office, page, *tasks["confirm_withdrawal"], accessible)

    work_through(office, page, number, accessible)
    open_as(office, page, "intake1", case)
    accessible(page)
    assert has_ended(office, number)


def test_an_overdue_task_escalates_when_the_demo_clock_moves(office, open_page):
    page = open_page("zh")
    number, _ = file_complaint(page, "zh", lambda page: None)
    office.tick()
    log_in(page, "intake1")

    page.get_by_role("button", name=re.compile("1 天")).first.click()
    page.wait_for_load_state()
    page.goto("/demo/mailbox")

    expect(page.locator("main")).to_contain_text(number)


def test_a_model_edited_in_the_browser_is_deployed_and_running_cases_keep_their_version(office, open_page):
    page = open_page("en")
    before, _ = file_complaint(page, "en", lambda page: None)
    page.context.clear_cookies()
    log_in(page, "process-owner1")
    page.goto("/studio/complaint")

    page.locator("main a[href$='/edit/complaint.bpmn']").first.click()
    page.wait_for_selector('[data-element-id="received"]', state="attached", timeout=30_000)
    page.locator('g[data-element-id="received"] .djs-hit').first.dblclick(force=True)
    page.keyboard.type("!")
    page.keyboard.press("Control+Enter")
    page.locator("[data-act=ask-deploy]").click()
    page.fill("#deploy-comment", "A louder start")
    page.locator("form:has(#deploy-comment) button.btn-primary").click()
    expect(page.locator("body")).to_contain_text(re.compile("[Vv]ersion 2"), timeout=30_000)

    page.context.clear_cookies()
    after, _ = file_complaint(page, "en", lambda page: None)
    assert (_version(office, before), _version(office, after)) == (1, 2)


def _version(office, number):
    with office.site.database.reading() as session:
        query = (
            select(ProcessDefinition.version)
            .join(ProcessInstance, ProcessInstance.definition_id == ProcessDefinition.id)
            .where(ProcessInstance.business_key == number)
        )
        return session.scalar(query)
