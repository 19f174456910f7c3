"""A walk through all pages of the demo: no link leads nowhere, and no page mixes languages."""

from collections import defaultdict

import pytest
from sqlalchemy import select

from engine import travel
from engine.definitions import forget
from engine.models import Person
from processes.complaint.demo import TABLE
from tests.walk import LANGUAGES, PEOPLE, foreign, open_house

pytestmark = pytest.mark.long

DATA = TABLE.parent

#: Pages to which no link of the demo leads: files and answers for scripts, and what follows a form.
BEHIND_FORMS = {
    "bootstrap.static",
    "calendar.feed",
    "call_me.thanks",
    "desk.done",
    "guide.picture",
    "health.alive",
    "health.ready",
    "instances.diagram",
    "instances.state",
    "intake.receipt",
    "login.log_in",
    "login.log_out",
    "partners.enter",
    "partners.show",
    "reference.download_version",
    "reference.version",
    "search.index",
    "static",
    "studio.ask_to_activate",
    "studio.drawing",
    "studio.findings",
    "studio.source",
    "tasks.listed",
    "tracking.ask_to_withdraw",
    "tracking.notice",
    "tracking.show",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    forget()
    house = open_house(tmp_path_factory.mktemp("house"))
    yield house
    travel.follow(house.site)
    house.site.database.dispose()


@pytest.fixture(scope="module")
def walks(house):
    """(language, user name) → the pages that the person came to."""
    travel.follow(house.site)
    return {(language, username): list(house.walk(username, language)) for language in LANGUAGES for username in PEOPLE}


@pytest.fixture(scope="module")
def written(house):
    """What people of the demo wrote, their names, and the sources and remarks of the tables of periods."""
    files = ("demo.yaml", "office.yaml", "deadlines.csv", "extensions.csv")
    texts = [(DATA / name).read_text("utf-8") for name in files]
    with house.site.database.reading() as session:
        return " ".join([*texts, *session.scalars(select(Person.name))])


def test_every_link_leads_the_one_who_sees_it_to_a_page(walks):
    broken = [
        f"{username or 'a consumer'}: {step.came_from} → {step.address}: {step.status}"
        for (_, username), steps in walks.items()
        for step in steps
        if step.status >= 400
    ]

    assert broken == []


def test_links_lead_to_every_page(house, walks):
    reached = {step.endpoint for steps in walks.values() for step in steps}
    pages = {rule.endpoint for rule in house.app.url_map.iter_rules() if "GET" in rule.methods}

    assert pages - reached - BEHIND_FORMS == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_says_anything_in_the_other_language(walks, written, language):
    found = defaultdict(set)
    for (spoken, _), steps in walks.items():
        for step in steps if spoken == language else ():
            if step.page is not None and step.status < 400:
                for text in foreign(step, language, written):
                    found[text].add(step.endpoint)

    assert dict(found) == {}
