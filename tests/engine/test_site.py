"""One installation."""

import dataclasses

import pytest


def test_a_site_is_put_together_once(office):
    assert office.site.node == "web"
    assert dict(office.site.ports) == {}
    with pytest.raises(dataclasses.FrozenInstanceError):
        office.site.node = "other"
