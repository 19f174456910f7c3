"""What staff say in a scene: a table with dates of validity."""

import pytest

from engine import clock
from processes.complaint.codes import codes
from processes.complaint.matters.scripts import script
from tests.processes.complaint.filing import local


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", [item["value"] for item in codes("scene")])
def test_every_scene_has_a_script_of_three_parts(scene, language):
    with clock.at(local("2026-03-10")):
        assert len(script(scene, language).split("\n\n")) == 3


def test_before_a_script_holds_there_is_none():
    with clock.at(local("2011-12-30")):
        assert script("early_sign", "zh") == ""
