"""Which processes a person may start."""

import pytest

from engine import queries
from engine.errors import NotFound


def test_members_of_the_starter_groups_may_start(office):
    found = office.ask(queries.startable_processes, office.site, office.ann, "en")

    assert [(each.key, each.name, each.application, each.version) for each in found] == [
        ("request", "Request", "Office", 1)
    ]
    assert found[0].form.view({}, "en").nodes


def test_others_may_not(office):
    assert office.ask(queries.startable_processes, office.site, office.out, "en") == ()
    with pytest.raises(NotFound):
        office.ask(queries.startable, office.site, office.out, "request", "en")
