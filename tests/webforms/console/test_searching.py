"""`flask search`."""

from engine import search
from engine.models import SearchEntry


def entries(site):
    with site.database.reading() as session:
        return session.query(SearchEntry).count()


def test_the_index_is_written_anew_however_often_it_is_asked_for(office, site, flask):
    office.start()
    office.start("beta")
    search.follow(site)
    with site.database.transaction() as session:
        session.query(SearchEntry).delete()

    assert "2 cases can be found." in flask("search", "rebuild").stdout
    assert "2 cases can be found." in flask("search", "rebuild").stdout
    assert entries(site) == 2
