"""Walking through the pages as people do: from link to link, each page of the demo for somebody who may open it."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from engine.mail import FolderMail
from engine.models import Person
from engine.site import Site
from processes.complaint import demo
from tests.bank import open_site
from webforms import make_app

#: Where everybody begins; all else is reached by links.
DOORS = ("/", "/complain", "/track", "/channels", "/call-me", "/help")
#: Who sees which part of the house; nobody: the consumers.
PEOPLE = ("admin", "handler1", "intake1", "approver_t11", "approver_t14", "followup1", "qa1", "reviewer1", "owner", "")
#: Pages of one kind that are opened for one person.
MOST = 2

LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


@dataclass(frozen=True)
class Step:
    """A page that somebody opened: `came_from` is the page with the link to it."""

    endpoint: str
    address: str
    came_from: str
    status: int
    #: None where it is no HTML
    page: Any | None


@dataclass(frozen=True)
class House:
    """The demo, as `make run` shows it."""

    app: Flask
    site: Site
    #: user name → what a session says of the person
    sessions: dict[str, str]

    def cookie(self, username: str, language: str) -> dict[str, Any]:
        """What the session of somebody holds; nobody's name is empty."""
        person = {"_user_id": self.sessions[username], "_fresh": True} if username else {}
        return {"language": language, **person}

    def walk(self, username: str, language: str) -> Iterator[Step]:
        """All kinds of pages that links lead this person to, each opened at most `MOST` times."""
        client = self.app.test_client()
        with client.session_transaction() as session:
            session.update(self.cookie(username, language))
        opened, known, links = Counter[str](), set(DOORS), deque((door, "") for door in DOORS)
        while links:
            address, came_from = links.popleft()
            endpoint = self._endpoint(address)
            if endpoint is None or opened[endpoint] == MOST:
                continue
            opened[endpoint] += 1
            step = _open(client, endpoint, address, came_from)
            yield step
            for found in _links(step, address):
                if found not in known:
                    known.add(found)
                    links.append((found, address))

    def _endpoint(self, address: str) -> str | None:
        """The page at an address; None for files and for logging out."""
        try:
            endpoint, _ = self.app.url_map.bind("localhost").match(urlsplit(address).path, "GET")
        except HTTPException:
            return None
        return None if endpoint.endswith("static") or endpoint == "login.log_out" else str(endpoint)


def open_house(folder: Any) -> House:
    """The demo in an empty folder."""
    ports = {"mail": FolderMail(folder / "mailbox"), "public_url": "https://complaints.bank.example"}
    site = open_site(folder, ports)
    demo.fill(site, lambda _line: None)
    app = make_app(site, "walk", folder, secure=False)
    app.config["RATELIMIT_ENABLED"] = False
    with site.database.reading() as session:
        people = session.execute(select(Person.username, Person.id, Person.epoch)).all()
    return House(app, site, {username: f"{person_id}:{epoch}" for username, person_id, epoch in people})


def _open(client: FlaskClient, endpoint: str, address: str, came_from: str) -> Step:
    answer = client.get(address, follow_redirects=True)
    page = html.fromstring(answer.data) if answer.mimetype == "text/html" and answer.data else None
    return Step(endpoint, address, came_from, answer.status_code, page)


def _links(step: Step, address: str) -> Iterator[str]:
    if step.page is None:
        return
    for link in step.page.xpath("//a/@href | //@hx-get"):
        found = urlsplit(urljoin(f"http://localhost{address}", link))
        if found.netloc == "localhost":
            yield found.path + (f"?{found.query}" if found.query else "")


# --- what stands on a page --------------------------------------------------------------------------------------------

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: Two words or more: codes, user names and addresses are one.
_ENGLISH = re.compile(r"\b[A-Za-z][a-z']+ (?:[a-z']+ )*[a-z']{2,}\b")
#: What is the same in both languages: the name of the house, and where a rule stands.
_SAME = re.compile(r"投诉处理|令\d{4}-\d+|银发\S*|银保监\S*")
_SAID = ("title", "aria-label", "placeholder", "alt")
_NO_TEXT = {"script", "style", "textarea", "code", "pre", "svg", "kbd"}


def foreign(step: Step, language: str, written: str) -> Iterator[str]:
    """Texts of the page in the other language, but for those in `written`, which people wrote."""
    for text in _texts(step.page, language):
        plain = _SAME.sub("", text)
        is_foreign = _HAN.search(plain) if language == "en" else _ENGLISH.search(plain) and not _HAN.search(plain)
        if is_foreign and not _is_written(plain, written):
            yield text


def _is_written(text: str, written: str) -> bool:
    """Whether the parts of `text` in the other language stand in what people wrote, masked or cut perhaps."""
    parts = re.findall(r"[\u4e00-\u9fff]+", text) or [text]
    return all(part in written for part in parts)


def _texts(element: Any, language: str) -> Iterator[str]:
    """What an element says, without parts that are marked as being in another language or by somebody."""
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
        return
    if element.tag != "html" and not element.get("lang", language).startswith(language):
        return
    yield from (element.get(name) for name in _SAID if element.get(name))
    if element.text and element.text.strip():
        yield " ".join(element.text.split())
    for child in element:
        yield from _texts(child, language)
        if child.tail and child.tail.strip():
            yield " ".join(child.tail.split())
