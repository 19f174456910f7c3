"""What ids and codes are called."""

import pytest
from sqlalchemy import select

from engine import identity
from engine.applications import Group
from engine.models import ProcessInstance
from engine.queries.labels import Labels


@pytest.fixture
def named(office):
    instance_id = office.start()
    tiers = [
        Group("tier_1", "一级", "First tier"),
        Group("tier_2", "二级", "Second tier"),
        Group("other_2", "他", "Other"),
    ]
    with office.site.database.transaction() as session:
        identity.add_missing_groups(session, tiers)

    def named_in(session, language, item):
        definition_id = session.scalar(select(ProcessInstance.definition_id).where(ProcessInstance.id == instance_id))
        return Labels(session, language).element(definition_id, "review", item)

    return lambda item, language="en": office.ask(named_in, language, item)


@pytest.mark.parametrize(("item", "group"), [("clerks", "Clerks"), ("tier_1", "First tier"), ("1", "First tier")])
def test_an_item_that_is_a_group_or_alone_ends_its_key_is_called_like_it(named, item, group):
    assert named(item) == f"Review ({group})"


def test_the_groups_name_is_in_the_readers_language(named):
    assert named("1", "zh") == "审查 (一级)"


@pytest.mark.parametrize("item", ["2", "lerks", "nobody"])
def test_an_item_that_names_no_group_or_several_stands_for_itself(named, item):
    assert named(item) == f"Review ({item})"


def test_without_an_item_the_name_is_the_steps(named):
    assert named("") == "Review"
