"""Whole stories in a real browser, from the first form to the closed case; every page visited is checked with axe."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from engine import clock, travel
from engine.models import Incident, ProcessDefinition, ProcessInstance
from tests.e2e.conftest import PASSWORD
from tests.e2e.filling import answers_for, open_tasks, type_in

pytestmark = pytest.mark.browser

NARRATIVE = {
    "zh": "三月一日信用卡被重复扣费两次，客服两次答应退款，至今没有到账，请尽快核实并退回。",
    "en": "My card was charged twice on the first of March. Twice you promised to refund it; nothing has arrived.",
}
#: What the consumer writes; all else is left as it is offered.
CONSUMER = {
    "complaint.person.full_name": ["张小燕"],
    "complaint.person.mobile": ["13800138000"],
    "complaint.person.email": ["zhang@example.org"],
    "complaint.demands": ["D.REFUND"],
    "complaint.truth_statement": ["true"],
    "complaint.privacy_notice_read": ["true"],
    "complaint.amount_claimed": ["300"],
}
#: The short way: everything is approved, measures carried out, nobody asks for more.
STRAIGHT = {}


def log_in(page, username):
    page.goto("/login")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit], main form button")
    page.wait_for_url(re.compile("/tasks"))


def file_complaint(page, language, accessible):
    """Fill in the public form page by page; returns number and access code."""
    page.goto("/complain")
    accessible(page)
    page.goto("/complain/form")
    fields = CONSUMER | {"complaint.narrative": [NARRATIVE[language]], "complaint.language": [language]}
    for _ in range(12):
        accessible(page)
        type_in(page, fields)
        _first_options(page)
        page.locator("main form#complaint-form button.btn-primary").last.click()
        page.wait_for_load_state()
        if page.url.endswith("/receipt"):
            break
    accessible(page)
    number, code = page.locator(".reference-box strong").all_inner_texts()
    return number, code


def _first_options(page):
    """Choose something where the form insists and the story does not care."""
    for group in page.locator("main fieldset:has(input[type=radio])").all():
        if not group.locator("input[type=radio]:checked").count():
            group.locator("input[type=radio]").first.check(force=True)


def work_through(office, page, number, *, until=None, accessible=None, stop=80):
    """Staff do what is open, each as somebody who may, until the case ends or `until` is open."""
    seen = set()
    for _ in range(stop):
        office.tick()
        tasks = open_tasks(office.site, number)
        if until and until in {element for _, element, _ in tasks}:
            return
        if not tasks:
            if not _ended(office, number):
                travel.travel(office.site, clock.now() + timedelta(days=4))
                continue
            return
        task_id, element, group = tasks[0]
        _do(office, page, task_id, group, None if element in seen else accessible)
        seen.add(element)
    raise AssertionError(f"{number} does not come to an end; open: {open_tasks(office.site, number)}")


def _do(office, page, task_id, group, accessible):
    for number in (1, 2):
        page.context.clear_cookies()
        log_in(page, f"{group}{number}")
        page.goto(f"/tasks/{task_id}")
        take = page.locator("form[action$='/claim'] button")
        if take.count():
            take.first.click()
            page.wait_for_load_state()
        complete = page.locator("button[name=_submit]")
        if complete.count():
            break
    if accessible:
        accessible(page)
    type_in(page, answers_for(office.site, task_id, STRAIGHT))
    page.locator("button[name=_submit]").click()
    page.wait_for_load_state()
    assert not page.locator(".error-summary").count(), page.locator(".error-summary").inner_text()


def _ended(office, number):
    with office.site.database.reading() as session:
        return session.scalar(select(ProcessInstance.status).where(ProcessInstance.business_key == number)) != "active"


def follow(page, number, code):
    page.context.clear_cookies()
    page.goto("/track")
    page.fill("input[name=number]", number)
    page.fill("input[name=code]", code)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/track/case"))


@pytest.mark.parametrize(("language", "width"), [("zh", "wide"), ("en", "narrow")])
def test_a_complaint_goes_from_the_first_form_to_the_closed_case(office, open_page, accessible, language, width):
    page = open_page(language, width)
    number, code = file_complaint(page, language, accessible)

    follow(page, number, code)
    accessible(page)
    work_through(office, page, number, accessible=accessible)

    follow(page, number, code)
    accessible(page)
    assert _ended(office, number)
    with office.site.database.reading() as session:
        assert session.scalar(select(Incident.id).limit(1)) is None


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
    _do(office, page, task_id, group, accessible)
    office.tick()
    assert _ended(office, number)


def test_a_complaint_taken_by_phone_is_withdrawn_by_phone(office, open_page, accessible):
    page = open_page("en")
    log_in(page, "intake1")
    page.goto("/start/complaint")
    accessible(page)
    type_in(page, CONSUMER | {"complaint.narrative": [NARRATIVE["en"]], "complaint.channel": ["CH.PHONE"]})
    _first_options(page)
    page.locator("button[name=_submit]").click()
    page.wait_for_url(re.compile("/instances/"))
    number = re.search(r"TS-\d{8}-\w+-\d{5}", page.locator("h1").inner_text())[0]
    case = page.url

    page.locator("form[action$='/messages/withdraw'] button").click()
    page.wait_for_load_state()
    office.tick()
    tasks = {element: (task, group) for task, element, group in open_tasks(office.site, number)}
    _do(office, page, *tasks["confirm_withdrawal"], accessible)

    office.tick()
    page.goto(case)
    accessible(page)
    assert _ended(office, number)


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

    page.locator("main a[href*='/edit/']").first.click()
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
