"""Typing answers into a page, as a person would: fields by name, again after new questions appeared."""

import random

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

#: Puts answers (name → texts) into the fields that are there, and tells the page of each as typing and clicking do.
#: One script for the page: a question of the browser per field would take most of the time of a journey.
SET = """answers => {
  const tell = (node, ...kinds) => kinds.forEach(kind => node.dispatchEvent(new Event(kind, {bubbles: true})));
  for (const [name, values] of Object.entries(answers)) {
    const nodes = [...document.querySelectorAll(`main [name="${CSS.escape(name)}"]:not([type=hidden])`)];
    for (const node of nodes.filter(node => ["radio", "checkbox"].includes(node.type))) {
      const many = node.type === "checkbox";
      const wanted = values.includes(node.value) || (many && values.length === 1 && values[0] === "true");
      if (wanted !== node.checked && (wanted || many)) node.click();
    }
    const [node] = nodes.filter(node => !["radio", "checkbox", "file"].includes(node.type));
    if (!node || node.readOnly || node.disabled) continue;
    if (node.multiple) for (const one of node.options) one.selected = values.includes(one.value);
    else node.value = node.type === "number" && values[0] ? String(Number(values[0])) : values[0] ?? "";
    tell(node, "input", "change");
  }
}"""


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
        page.evaluate(SET, {name: values for name, values in fields.items() if name in asked})
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
