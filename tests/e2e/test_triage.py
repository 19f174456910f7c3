"""The task list worked by keyboard alone, and kept up to date while others work, in a real browser."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from engine import clock, commands, identity
from engine.commands import Submitted
from engine.identity import CONSUMER
from engine.models import Person, UserTask
from tests.bank import fields
from tests.e2e.acting import open_as

pytestmark = pytest.mark.browser

UNTAKEN = "/tasks?box=unassigned&sort=age"


def person(office, username):
    with office.site.database.reading() as session:
        return identity.actor(session, session.scalar(select(Person.id).where(Person.username == username)))


@pytest.fixture
def filed(office):
    """Three complaints that wait for intake and that nobody has."""
    now = clock.now()
    numbers = []
    for _ in range(3):
        started = commands.start_instance(office.site, "complaint", Submitted(fields()), actor=CONSUMER, now=now)
        numbers.append(started["business_key"])
    office.tick()
    with office.site.database.reading() as session:
        open_tasks = select(UserTask.id, Person.username).join(Person, Person.id == UserTask.assignee_id)
        given = session.execute(open_tasks.where(UserTask.status == "open", UserTask.element_id == "register")).all()
    for task_id, username in given:
        commands.release_task(office.site, task_id, actor=person(office, username), now=now)
    return numbers


def mine(page):
    return int(page.locator(".filters .num").first.inner_text().strip("()"))


@pytest.mark.parametrize(("language", "width"), [("zh", "wide"), ("en", "narrow")])
def test_tasks_are_ticked_taken_and_given_back_by_keyboard_alone(office, open_page, accessible, filed, language, width):
    page = open_page(language, width)
    open_as(office, page, "intake1", UNTAKEN)
    before = mine(page)
    for key in "jxjx":
        page.keyboard.press(key)
    expect(page.locator("tr.is-ticked")).to_have_count(2)
    accessible(page)

    page.keyboard.press("c")
    expect(page.locator(".notice-success")).to_be_visible()
    assert mine(page) == before + 2
    accessible(page)

    page.keyboard.press("u")
    expect(page.locator(".notice-success form")).to_have_count(0)
    assert mine(page) == before


def test_the_keys_are_explained_and_can_be_switched_off(office, open_page, accessible, filed):
    page = open_page("en")
    open_as(office, page, "intake1", UNTAKEN)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    accessible(page)

    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    expect(page.locator("tr.is-ticked")).to_have_count(0)

    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]')") is None


def test_what_a_colleague_takes_shows_without_a_reload_and_no_row_moves(office, open_page, filed):
    page = open_page("en")
    open_as(office, page, "intake1", UNTAKEN)
    rows = page.locator("#list [data-row]")
    shown = rows.count()
    first = rows.first.get_attribute("data-row")
    commands.claim_task(office.site, first, actor=person(office, "intake2"), now=clock.now())

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(rows.first).to_have_class("is-gone")
    assert rows.first.get_attribute("data-row") == first
    assert rows.count() == shown
