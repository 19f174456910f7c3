"""The pages of the office: a small application with two tasks, three people, and a real database."""

import re
import uuid

import pytest
from lxml import html

from engine import clock
from tests.office.installation import NOW, open_office
from tests.webforms.bank import pages_of


@pytest.fixture
def office(tmp_path):
    office = open_office(tmp_path)
    with clock.at(NOW):
        yield office
    office.site.database.dispose()


@pytest.fixture
def app(office, tmp_path):
    return pages_of(office.site, tmp_path)


@pytest.fixture
def broken(office):
    """A case whose machine work failed."""
    case_id = office.start("broken", "13")
    office.review(case_id)
    office.approve(case_id)
    return case_id


class Browser:
    """A browser that reads English, with somebody logged in or nobody."""

    def __init__(self, app, actor=None, language="en"):
        self.client = app.test_client()
        with self.client.session_transaction() as session:
            session["language"] = language
            if actor is not None:
                session["_user_id"] = f"{actor.id}:{actor.epoch}"
                session["_fresh"] = True

    def get(self, path, status=200, **more):
        answer = self.client.get(path, **more)
        assert answer.status_code == status, answer.text
        return Page(answer)

    def post(self, path, status=302, key=None, **fields):
        sent = {"_key": key or str(uuid.uuid4()), **fields}
        answer = self.client.post(path, data=sent, content_type="multipart/form-data")
        assert answer.status_code == status, answer.text
        return Page(answer)


def xpath(selector):
    """The XPath of a simple selector: names, .classes, #ids, [attributes], inside each other, in a list."""
    found = []
    for part in selector.split(","):
        steps = []
        for step in part.split():
            name = re.match(r"[\w-]*", step)[0] or "*"
            classes = "".join(
                f"[contains(concat(' ',@class,' '),' {each} ')]" for each in re.findall(r"\.([\w-]+)", step)
            )
            ids = "".join(f"[@id='{each}']" for each in re.findall(r"#([\w-]+)", step))
            bare = "".join(f"[@{each}]" for each in re.findall(r"\[([\w-]+)\]", step))
            equal = "".join(f"[@{each}='{value}']" for each, value in re.findall(r"\[([\w-]+)=([\w:-]+)\]", step))
            steps.append(name + classes + ids + bare + equal)
        found.append(".//" + "//".join(steps))
    return " | ".join(found)


def words(element):
    """The text inside an element, as a reader sees it: blanks made single, between cells too."""
    for cell in element.iter("td", "th"):
        cell.tail = " " + (cell.tail or "")
    return " ".join(element.text_content().split())


class Page:
    """An answer, and the tree of its page."""

    def __init__(self, answer):
        self.answer = answer
        self.to = answer.headers.get("Location", "")
        self.tree = html.fromstring(answer.text) if answer.mimetype == "text/html" and answer.text else None

    def text(self, selector="main"):
        """The words of the first element that fits, blanks made single."""
        found = self.find(selector)
        assert found, selector
        return words(found[0])

    def find(self, selector):
        return self.tree.xpath(xpath(selector))

    def all(self, selector):
        return [words(each) for each in self.find(selector)]

    def value(self, selector, name="value"):
        return self.find(selector)[0].get(name)


@pytest.fixture
def browser(app):
    """Opens a browser for somebody: (actor, language) → Browser."""

    def open_browser(actor=None, language="en"):
        return Browser(app, actor, language)

    return open_browser
