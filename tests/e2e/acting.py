"""What people do in the browser: consumers file and follow, staff log in and work."""

import re
from datetime import timedelta

from sqlalchemy import select

from engine import clock, travel
from engine.models import ProcessInstance
from tests.e2e.filling import answers_for, open_tasks, type_in
from tests.office.installation import PASSWORD

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


def log_in(page, username):
    page.goto("/login")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit], main form button")
    page.wait_for_url(re.compile("/tasks"))


def open_as(office, page, username, path):
    """Open `path` as somebody; who logged in before still is."""
    page.context.clear_cookies()
    page.context.add_cookies(office.sessions.get(username, []))
    page.goto(path)
    if "/login" in page.url:
        log_in(page, username)
        office.sessions[username] = page.context.cookies()
        page.goto(path)


def file_complaint(page, language, accessible, more=None):
    """Fill in the public form page by page, with `more` answers; returns number and access code."""
    page.goto("/complain")
    accessible(page)
    page.goto("/complain/form")
    fields = CONSUMER | {"complaint.narrative": [NARRATIVE[language]], "complaint.language": [language]} | (more or {})
    for _ in range(12):
        accessible(page)
        type_in(page, fields)
        first_options(page)
        page.locator("main form#complaint-form button.btn-primary").last.click()
        page.wait_for_load_state()
        if page.url.endswith("/receipt"):
            break
    accessible(page)
    number, code = page.locator(".reference-box strong").all_inner_texts()
    return number, code


def first_options(page):
    """Choose something where the form insists and the story does not care."""
    for group in page.locator("main fieldset:has(input[type=radio])").all():
        if not group.locator("input[type=radio]:checked").count():
            group.locator("input[type=radio]").first.check(force=True)


def work_through(office, page, number, accessible, stop=80):
    """Staff do what is open, each as somebody who may, until the case ends; the first page of each task is checked."""
    seen = set()
    for _ in range(stop):
        office.tick()
        tasks = open_tasks(office.site, number)
        if not tasks:
            if not has_ended(office, number):
                travel.travel(office.site, clock.now() + timedelta(days=4))
                continue
            return
        task_id, element, group = tasks[0]
        do_task(office, page, task_id, group, None if element in seen else accessible)
        seen.add(element)
    raise AssertionError(f"{number} does not come to an end; open: {open_tasks(office.site, number)}")


def do_task(office, page, task_id, group, accessible=None, answers=None):
    """Take the task as somebody of the group who may, fill it in, with these `answers`, and complete it."""
    for number in (1, 2):
        open_as(office, page, f"{group}{number}", f"/tasks/{task_id}")
        take = page.locator("form[action$='/claim'] button")
        if take.count():
            take.first.click()
            page.wait_for_load_state()
        complete = page.locator("button[name=_submit]")
        if complete.count():
            break
    if accessible:
        accessible(page)
    type_in(page, answers_for(office.site, task_id, answers or {}))
    page.locator("button[name=_submit]").click()
    page.wait_for_load_state()
    assert not page.locator(".error-summary").count(), page.locator(".error-summary").inner_text()


def has_ended(office, number):
    with office.site.database.reading() as session:
        return session.scalar(select(ProcessInstance.status).where(ProcessInstance.business_key == number)) != "active"


def follow(page, number, code):
    """The consumer opens the complaint with number and code."""
    page.context.clear_cookies()
    page.goto("/track")
    page.fill("input[name=number]", number)
    page.fill("input[name=code]", code)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/track/case"))
