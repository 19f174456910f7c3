"""Every page of the demo in a browser, in both themes: no violation of WCAG 2.2 AA, nothing wider than the screen."""

import pytest

from engine import travel
from engine.definitions import forget
from tests.e2e.conftest import WIDTHS
from tests.serving import serving
from tests.walk import LANGUAGES, PEOPLE, open_house

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    forget()
    house = open_house(tmp_path_factory.mktemp("house"))
    with serving(house.app) as url:
        yield house, url
    travel.follow(house.site)
    house.site.database.dispose()


def addresses(house, language):
    """Who opens which pages: each kind of page once."""
    known = set()
    for username in PEOPLE:
        steps = [step for step in house.walk(username, language) if step.page is not None and step.status < 400]
        yield username, [step.address for step in steps if not (step.endpoint in known or known.add(step.endpoint))]


@pytest.mark.parametrize(("language", "width", "theme"), [("zh", "wide", "dark"), ("en", "narrow", "light")])
def test_every_page_is_accessible(house, browser, accessible, language, width, theme):
    house, url = house
    serializer = house.app.session_interface.get_signing_serializer(house.app)
    wrong, seen = [], 0
    for username, found in addresses(house, language):
        context = browser.new_context(
            base_url=url,
            locale=LANGUAGES[language],
            viewport={"width": WIDTHS[width], "height": 900},
            color_scheme=theme,
        )
        cookie = serializer.dumps(house.cookie(username, language))
        context.add_cookies([{"name": "redress", "value": cookie, "url": url}])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        for address in found:
            page.goto(address)
            seen += 1
            try:
                accessible(page)
            except AssertionError as error:
                wrong.append(str(error))
        context.close()

    assert wrong == []
    assert seen > 45
