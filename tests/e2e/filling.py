"""Typing answers into a page, as a person would: fields by name, again after new questions appeared."""

import random
from decimal import Decimal

from sqlalchemy import select

from engine import clock, queries
from engine.definitions import Library
from engine.forms.placing import ROWS
from engine.forms.rows import ADD
from engine.forms.scope import Layered, put
from engine.models import ProcessInstance, UserTask, UserTaskGroup
from processes.complaint.office.answers import Clerk
from processes.complaint.office.habits import habits

SEED = 7


def open_tasks(site, number):
    """(task id, element id, group) of the open tasks of a case."""
    with site.database.reading() as session:
        query = (
            select(UserTask.id, UserTask.element_id, UserTaskGroup.group_key)
            .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
            .join(UserTaskGroup, UserTaskGroup.task_id == UserTask.id)
            .where(ProcessInstance.business_key == number, UserTask.status == "open")
            .order_by(UserTask.created_at)
        )
        return [tuple(row) for row in session.execute(query)]


def answers_for(site, task_id, answers=()):
    """Raw fields that the task's form takes: `answers` (field → value), else as the office is in the habit."""
    with site.database.reading() as session:
        task = session.get_one(UserTask, task_id)
        instance = session.get_one(ProcessInstance, task.instance_id)
        _, model, process = Library(session).by_id(task.definition_id)
        form = model.form(process.elements[task.element_id].form)
        ways = habits().over({name: _way(value) for name, value in dict(answers).items()})
        usable = queries.usable(queries.look(session, site, instance, clock.now()), form, task.id)
        blank: dict[str, object] = {}
        for name in form.keys.keys() & dict(answers):
            put(blank, name, None)
        context = Layered(usable.context, blank)
        return Clerk(form, context, usable.functions, ways, random.Random(SEED)).submitted().fields


def _way(value):
    """The habit of always answering `value`; a habit itself stays one."""
    return value if isinstance(value, dict) else {str(value): 1}


def type_in(page, fields):
    """Fill in what the page asks of `fields`: press “add” for rows that lists lack, and “update questions” while
    answers bring up new ones.
    """
    for _ in range(8):
        asked = _names(page)
        lacking = [name for name, rows in fields.items() if name.startswith(ROWS) and _lacks(page, name, rows)]
        if lacking and (add := page.locator(f'button[name="{ADD}{lacking[0].removeprefix(ROWS)}"]')).count():
            add.first.click()
            page.wait_for_load_state()
            continue
        for name in [name for name in fields if name in asked]:
            _set(page, name, fields[name])
        missing = [
            name for name, values in fields.items() if values != [""] and name not in asked and "_rows" not in name
        ]
        update = page.locator("button[name=_update]:not(.visually-hidden)")
        if not missing or not update.count():
            return
        update.first.click()
        page.wait_for_load_state()
        if _names(page) == asked:
            return


def _lacks(page, name, rows):
    """Whether the page shows fewer rows of a list than were wanted."""
    return page.locator(f'main input[name="{name}"]:not([value=""])').count() < len([row for row in rows if row])


def _names(page):
    return set(page.eval_on_selector_all("main [name]", "nodes => nodes.map(node => node.name)"))


def _set(page, name, values):
    inputs = page.locator(f'main [name="{name}"]:not([type=hidden])')
    if not inputs.count():
        return
    kind = inputs.first.get_attribute("type") or inputs.first.evaluate("node => node.tagName.toLowerCase()")
    if kind in {"radio", "checkbox"}:
        for one in inputs.all():
            wanted = one.get_attribute("value") in values or (kind == "checkbox" and values == ["true"])
            if wanted != one.is_checked() and (wanted or kind == "checkbox"):
                one.evaluate("node => node.click()")
    elif kind == "select":
        inputs.first.select_option(values)
    elif kind != "file":
        text = next(iter(values), "")
        inputs.first.fill(str(Decimal(text)) if kind == "number" and text else text)
