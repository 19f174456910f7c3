"""Whole stories in a real browser, from the first form to the closed case; every page visited is checked with axe."""

import pytest
from sqlalchemy import select

from engine.models import Incident
from tests.e2e.acting import file_complaint, follow, has_ended, work_through

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "width", "theme", "scripts"),
    [
        pytest.param("zh", "narrow", "dark", True, id="zh on a telephone, dark"),
        pytest.param("en", "wide", "light", False, id="en without JavaScript"),
    ],
)
def test_a_complaint_goes_from_the_first_form_to_the_closed_case(
    office, open_page, accessible, language, width, theme, scripts
):
    page = open_page(language, width, theme, scripts=scripts)
    accessible = accessible if scripts else _unseen  # axe is a script too
    number, code = file_complaint(page, language, accessible)

    follow(page, number, code)
    accessible(page)
    work_through(office, page, number, accessible)

    follow(page, number, code)
    accessible(page)
    assert has_ended(office, number)
    with office.site.database.reading() as session:
        assert session.scalar(select(Incident.id).limit(1)) is None


def _unseen(_page):
    """Looks at nothing."""
