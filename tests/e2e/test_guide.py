"""The guides: what they quote in bold stands on today's pages. `make screenshots` takes their pictures anew."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import travel
from engine.definitions import forget
from engine.models import Person, UserTask
from tests.serving import serving
from tests.walk import LANGUAGES, open_house

pytestmark = pytest.mark.browser

GUIDES = Path(__file__).parents[2] / "docs" / "guide"
SUFFIX = {"en": ".md", "zh": ".zh.md"}
#: Whose pages they are: consumers come with a phone.
WIDTHS = {"consumer": 400, "handler": 1200, "supervisor": 1200}
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PICTURE = re.compile(r"!\[[^]]+]\(images/([\w-]+)\.(\w\w)\.png\)")
#: All that the page says, folded parts and labels for screen readers too.
WORDS = """() => [document.body.textContent,
  ...[...document.querySelectorAll('[aria-label]')].map(each => each.ariaLabel)].join(' ')"""


@dataclass(frozen=True)
class Stop:
    """A page that a guide shows: its picture, who looks at it, and its address (of a task of theirs, of that case)."""

    picture: str
    who: str
    address: str


STOPS = {
    "consumer": [
        Stop("consumer-start", "", "/complain"),
        Stop("consumer-form", "", "/complain/form"),
        Stop("consumer-track", "", "/track"),
        Stop("consumer-channels", "", "/channels"),
        Stop("", "", "/call-me"),
    ],
    "handler": [
        Stop("handler-tasks", "handler1", "/tasks"),
        Stop("handler-task", "handler1", "/tasks/{task}"),
        Stop("handler-case", "handler1", "/instances/{case}"),
        Stop("handler-intake", "intake1", "/intake?channel=CH.PHONE"),
        Stop("", "intake1", "/intake"),
        Stop("handler-search", "handler1", "/search?q=年费"),
        Stop("handler-me", "handler1", "/me"),
    ],
    "supervisor": [
        Stop("supervisor-board", "approver_t11", "/board"),
        Stop("supervisor-decision", "approver_t14", "/board"),
        Stop("supervisor-tasks", "approver_t11", "/tasks?box=all"),
    ],
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory, browser):
    """Opens a stop of the demo: (stop, language, width) → the page."""
    forget()
    house = open_house(tmp_path_factory.mktemp("guide"))
    serializer = house.app.session_interface.get_signing_serializer(house.app)
    with serving(house.app) as url:

        def show(stop, language, width):
            context = browser.new_context(
                base_url=url, locale=LANGUAGES[language], viewport={"width": width, "height": 800}
            )
            cookie = serializer.dumps(house.cookie(stop.who, language))
            context.add_cookies([{"name": "redress", "value": cookie, "url": url}])
            page = context.new_page()
            page.goto(stop.address.format(**_places(house.site, stop.who)), wait_until="networkidle")
            return page

        yield show
    travel.follow(house.site)
    house.site.database.dispose()


def _places(site, username):
    """A task that somebody has, and its case."""
    with site.database.reading() as session:
        own = select(UserTask).join(Person, Person.id == UserTask.assignee_id).where(Person.username == username)
        task = session.scalars(own.where(UserTask.status == "open").order_by(UserTask.id)).first()
        return {"task": task.id, "case": task.instance_id} if task else {}


def plain(text):
    return re.sub(r"\s+", " ", text).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", STOPS)
def test_what_a_guide_quotes_stands_on_its_pages(shown, request, guide, language):
    text = (GUIDES / f"{guide}{SUFFIX[language]}").read_text("utf-8")
    said = []
    for stop in STOPS[guide]:
        page = shown(stop, language, WIDTHS[guide])
        said.append(plain(page.evaluate(WORDS)))
        if stop.picture and request.config.getoption("--screenshots"):
            _unfold(page, stop)
            path = GUIDES / "images" / f"{stop.picture}.{language}.png"
            path.parent.mkdir(exist_ok=True)
            page.screenshot(path=path)
        page.context.close()

    missing = [quoted for quoted in BOLD.findall(text) if not any(plain(quoted) in page for page in said)]
    assert not missing, f"the pages of {guide} do not say: {missing}"


def _unfold(page, stop):
    """Open the decision of which the picture tells."""
    if stop.picture == "supervisor-decision":
        page.locator("details.decision summary").first.click()
        page.wait_for_selector("details.decision form")


@pytest.mark.parametrize("guide", STOPS)
def test_every_picture_of_a_guide_is_there_and_each_is_shown(guide):
    pictures = {stop.picture for stop in STOPS[guide] if stop.picture}
    for language, suffix in SUFFIX.items():
        found = PICTURE.findall((GUIDES / f"{guide}{suffix}").read_text("utf-8"))
        assert {name for name, _ in found} == pictures
        assert {told for _, told in found} == {language}
        assert all((GUIDES / "images" / f"{name}.{language}.png").is_file() for name in pictures)
