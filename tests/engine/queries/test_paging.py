"""Long lists are cut into pages, and counted no further than anybody reads."""

import pytest
from sqlalchemy import select

from engine.models import Mark
from engine.queries import paging
from engine.queries.paging import cut

QUERY = select(Mark.name).order_by(Mark.name)


@pytest.fixture
def ask(database):
    with database.transaction() as session:
        session.add_all(Mark(name=f"mark {number}", value="") for number in range(5))

    def page(number, **more):
        with database.reading() as session:
            limited, paged = cut(session, QUERY, number, 2, **more)
            return list(session.scalars(limited)), paged

    return page


@pytest.mark.store
def test_a_page_that_is_not_there_is_the_last_one(ask):
    rows, paged = ask(9)

    assert rows == ["mark 4"]
    assert (paged.page, paged.pages, paged.total, paged.has_more) == (3, 3, 5, False)


@pytest.mark.store
def test_more_rows_than_anybody_reads_are_not_counted(ask, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 4)

    rows, paged = ask(2)
    assert rows == ["mark 2", "mark 3"]
    assert (paged.pages, paged.total, paged.has_more) == (2, 4, True)


def test_what_was_counted_before_is_not_counted_again(ask):
    assert ask(1, total=3)[1].total == 3
