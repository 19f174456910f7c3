"""Lines of history in words."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask_babel import force_locale

from engine.queries import Happening
from tests.office.installation import NOW
from webforms import happenings

ENGINE = Path(__file__).parents[2] / "engine"


def line(kind, **detail):
    return Happening(1, NOW, kind, "Ann", "ann", "review", "Review", detail, is_fine=False)


@pytest.mark.parametrize(
    ("happening", "english", "chinese"),
    [
        (line("task_assigned", to="ben"), "“Review” was assigned to ben", "“Review”已指派给 ben"),
        (line("variables_set", names=["a", "b"]), "Variables were changed: a, b", "变量已修改：a, b"),
        (
            replace(line("decided"), decision="Limits", reasons=("Within the limit",)),
            "“Review”: the table “Limits” was applied",
            "“Review”已按决策表“Limits”判定",
        ),
        (line("letter_sent"), "Review: letter_sent", "Review: letter_sent"),
    ],
)
def test_a_line_is_told_in_both_languages(app, happening, english, chinese):
    with app.test_request_context():
        with force_locale("en"):
            assert happenings.title(happening) == english
        with force_locale("zh"):
            assert happenings.title(happening) == chinese


def test_every_kind_of_the_engine_has_words():
    written = re.compile(r"\b(?:Line|Fact|fact)\(\s*\"([a-z_]+)\"")
    parts = [ENGINE / "bpmn", ENGINE / "execution", ENGINE / "transition"]
    sources = [path.read_text("utf-8") for part in parts for path in part.rglob("*.py")]
    sources += [(ENGINE / "commands" / name).read_text("utf-8") for name in ("tasks.py", "instances.py")]
    kinds = {kind for source in sources for kind in written.findall(source)}

    assert len(kinds) > 10
    assert kinds <= happenings.TITLES.keys()


def test_a_distance_is_relative_and_empty_without_a_moment(app):
    with app.test_request_context(), force_locale("en"):
        assert happenings.distance(NOW + timedelta(days=2), NOW) == "in 2 days"
        assert happenings.distance(None, NOW) == ""
