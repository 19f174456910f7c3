"""A case on its way through the office: people do its tasks one by one, send it messages, and let days go by."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine import clock, travel
from engine.models import ProcessInstance, UserTask
from processes.complaint.matters.tables import ComplaintMatter
from tests.e2e.acting import do_task, file_complaint, follow, open_as
from tests.e2e.filling import open_tasks

#: Times that the office may be asked for a step until it must be there.
LOOKS = 12
#: Steps until a case must be where it is wanted.
MOST_STEPS = 60


@dataclass
class Staged:
    """One case, the browser in front of it, and what checks its pages; `code` is the consumer's access code."""

    office: Any
    page: Any
    number: str
    code: str
    accessible: Any

    def do(self, element, **answers):
        """Somebody who may does the step, and answers these fields so; `__` stands for a dot."""
        task_id, group = self._open(element)
        chosen = {name.replace("__", "."): value for name, value in answers.items()}
        do_task(self.office, self.page, task_id, group, self.accessible, chosen)
        return self._who(task_id)

    def to_step(self, element):
        """Staff do what is open, as they are in the habit, until the case waits at `element`."""
        self._work(lambda: element in self.open_steps())

    def to_the_end(self):
        """Staff do what is open, as they are in the habit, until the case has ended."""
        self._work(self.end)

    def open_steps(self):
        """The elements that wait for people."""
        self.office.tick()
        return [element for _, element, _ in open_tasks(self.office.site, self.number)]

    def send(self, message, username):
        """Somebody sends the case a message from its page."""
        self._at_desk(username)
        self.accessible(self.page)
        told = self.page.locator(f"form[action$='/messages/{message}'] button")
        if not told.is_visible():
            self.page.locator(".act-menu > summary").click()
        told.click()
        self.page.wait_for_load_state()

    def days_go_by(self, number):
        """Move the demo's clock on, a day with each click."""
        for _ in range(number):
            self.page.locator("button[name=step][value=day]").click()
            self.page.wait_for_load_state()

    def to_consumer(self):
        """The consumer opens the case."""
        self.office.tick()
        follow(self.page, self.number, self.code)
        self.accessible(self.page)

    def letters(self):
        """The subjects of what the consumer got, on the consumer's page."""
        return self.page.locator("section:has(#notices-title) a").all_inner_texts()

    def matter(self, kind):
        """The companion case of that kind."""
        self.office.tick()
        with self.office.site.database.reading() as session:
            of_this = select(ComplaintMatter.number).join(
                ProcessInstance, ProcessInstance.id == ComplaintMatter.complaint_id
            )
            number = session.scalar(
                of_this.where(ProcessInstance.business_key == self.number, ComplaintMatter.kind == kind)
            )
        return Staged(self.office, self.page, number, "", self.accessible)

    def end(self):
        """The end event that the case came to; empty while it goes on."""
        self.office.tick()
        with self.office.site.database.reading() as session:
            return session.scalar(select(ProcessInstance.ended_by).where(ProcessInstance.business_key == self.number))

    def look(self, username):
        """The page of the case, for somebody of the staff."""
        self._at_desk(username)
        self.accessible(self.page)

    def _work(self, is_there):
        for _ in range(MOST_STEPS):
            self.office.tick()
            if is_there():
                return
            if tasks := open_tasks(self.office.site, self.number):
                do_task(self.office, self.page, tasks[0][0], tasks[0][2])
            else:
                travel.travel(self.office.site, clock.now() + timedelta(days=1))
        raise AssertionError(f"{self.number} does not come further; open: {self.open_steps()}")

    def _at_desk(self, username):
        with self.office.site.database.reading() as session:
            case = session.scalar(select(ProcessInstance.id).where(ProcessInstance.business_key == self.number))
        open_as(self.office, self.page, username, f"/instances/{case}")

    def _open(self, element):
        for _ in range(LOOKS):
            self.office.tick()
            found = [
                (task, group) for task, name, group in open_tasks(self.office.site, self.number) if name == element
            ]
            if found:
                return found[0]
            travel.travel(self.office.site, clock.now() + timedelta(hours=12))
        raise AssertionError(f"{self.number} does not come to {element}; open: {self.open_steps()}")

    def _who(self, task_id):
        with self.office.site.database.reading() as session:
            return session.get_one(UserTask, task_id).completed_by


def file_by_hand(office, page, language, accessible, **fields):
    """A consumer files a complaint on the public pages."""
    chosen = {"complaint.preferred_channel": ["email"]}
    chosen |= {name.replace("__", "."): [value] for name, value in fields.items()}
    number, code = file_complaint(page, language, accessible, chosen)
    return Staged(office, page, re.sub(r"\s", "", number), code, accessible)
