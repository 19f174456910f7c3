"""An office with an organisation: a head office, two branches, three outlets, and people who work there."""

from typing import Any

from engine import access, identity, organisation
from engine.applications import Group
from engine.organisation import Organisation, Unit
from tests import applications
from tests.applications import Office, model

TREE = Organisation(
    Unit(key, parent, kind, key, key)
    for key, parent, kind in (
        ("HQ", "", "head"),
        ("N", "HQ", "branch"),
        ("N1", "N", "outlet"),
        ("N2", "N", "outlet"),
        ("S", "HQ", "branch"),
        ("S1", "S", "outlet"),
    )
)
GROUPS = (
    Group("clerk", "经办", "Clerks"),
    Group("chief", "主任", "Chiefs", leads=("clerk",), above=("clerk",)),
    Group("chair", "行长", "Chairs", leads=("chief",), above=("clerk", "chief")),
)


def units_of(record: Any) -> list[str | None]:
    """The unit of a case of the tests stands in its phase."""
    return [record.get("phase")]


def open_units(database: Any, vault: Any, folder: Any, **application: Any) -> Office:
    """The office, with units; nobody works in them yet."""
    options = {
        "groups": (*applications.GROUPS, *GROUPS),
        "organisation": lambda: TREE,
        "units_of": units_of,
        **application,
    }
    office = Office.on(database, vault, folder, **options)
    with database.transaction() as session:
        identity.add_missing_groups(session, GROUPS)
        organisation.materialise(session, TREE)
    return office


def hire(office: Office, username: str, *grants: str, skills: Any = ()) -> int:
    """Somebody who holds `grants`, each as `group` or `group@unit`; gives the id."""
    with office.site.database.transaction() as session:
        person_id = identity.add_person(session, username, username.title(), office.now)
        for grant in grants:
            identity.add_to_group(session, person_id, *access.parts(grant))
        identity.set_skills(session, person_id, skills)
        office.people[username] = identity.actor(session, person_id)
    return person_id


def user_task(key: str, groups: str, **properties: str) -> str:
    """A user task with properties of our own; `camunda_priority` and others beginning so are attributes."""
    attributes = "".join(
        f' camunda:{name.removeprefix("camunda_")}="{value}"'
        for name, value in properties.items()
        if name.startswith("camunda_")
    )
    stated = "".join(
        f"<camunda:property name='{name}' value='{value}'/>"
        for name, value in properties.items()
        if not name.startswith("camunda_")
    )
    return (
        f'<userTask id="{key}" camunda:candidateGroups="{groups}" camunda:formRef="answer"{attributes}>'
        f"<extensionElements><camunda:properties>{stated}</camunda:properties></extensionElements></userTask>"
    )


def one_task(groups: str, **properties: str) -> bytes:
    """A process of one task `a`."""
    return model(user_task("a", groups, **properties), "start > a > end")


def auto_task(groups: str, **properties: str) -> bytes:
    """The same, where the task is assigned by itself."""
    return one_task(groups, assign="auto", **properties)
