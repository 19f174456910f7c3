"""Who may use a route."""

import pytest

from webforms.guards import groups, local_address


@pytest.mark.parametrize("text", ["", "tasks", "//x", "https://x", "/\\x", "/a\nb"])
def test_only_paths_of_this_installation_are_led_to(text):
    assert local_address(text) == ""


def test_a_local_path_stays():
    assert local_address("/tasks?box=all") == "/tasks?box=all"


def test_groups_let_their_members_and_admins_in(office):
    chiefs = groups("chiefs")

    assert [chiefs.allows(actor) for actor in (office.ann, office.ben, office.eva)] == [False, True, True]
