"""Rows hold ids and codes; what people read is looked up here, in their language."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn.elements import Element
from engine.definitions import Library
from engine.dmn import Decision
from engine.dmn.tables import one_side
from engine.models import Person, PersonGroup


class Labels:
    """Names of processes, elements, groups and people for one reader."""

    def __init__(self, session: Session, language: str) -> None:
        self.language = language
        self._session = session
        self._library = Library(session)

    def process(self, definition_id: int) -> str:
        """The name of a process definition."""
        _, _, process = self._library.by_id(definition_id)
        return process.named(self.language)

    def element(self, definition_id: int, element_id: str, item: str = "") -> str:
        """The name of an element of the definition or of a process it may call; its id if the models have none."""
        found = self.found(definition_id, element_id)
        name = found.named(self.language) if found is not None else element_id
        return f"{name} ({self._item(item)})" if item else name

    def _item(self, item: str) -> str:
        """An item of a repeated step: the name of the group that it is, or whose key alone ends with it (`…_t3`)."""
        known = self._group_names()
        same = [item] if item in known else [key for key in known if key.endswith(f"_{item}")]
        return known[same[0]] if len(same) == 1 else item

    def found(self, definition_id: int, element_id: str) -> Element | None:
        """The element itself, of the definition's process or of another one deployed with it."""
        _, model, process = self._library.by_id(definition_id)
        for each in (process, *model.processes.values()):
            if element_id in each.elements:
                return each.elements[element_id]
        return None

    def decision(self, definition_id: int, decision_id: str, rules: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        """The name of a decision that was deployed with the definition, and the annotations of its `rules`.

        What the model does not name is shown by its id.
        """
        found = self.decision_model(definition_id, decision_id)
        if found is None:
            return decision_id, tuple(rules)
        told = {rule.id: rule.why(self.language) for rule in found.rules}
        return one_side(found.name, self.language) or decision_id, tuple(told.get(rule, rule) for rule in rules)

    def decision_model(self, definition_id: int, decision_id: str) -> Decision | None:
        """A decision that was deployed with the definition; None for one that was not."""
        _, model, _ = self._library.by_id(definition_id)
        decisions = model.decisions.get(decision_id)
        return decisions.get(decision_id) if decisions is not None else None

    def groups(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The names of groups, in their order; a key that is no group stands for itself."""
        known = self._group_names()
        return tuple(known.get(key, key.removeprefix("user:")) for key in keys)

    def _group_names(self) -> dict[str, str]:
        """Key → name; asked once in a session."""
        kept: dict[str, dict[str, str]] = self._session.info.setdefault("names of groups", {})
        if self.language not in kept:
            name = PersonGroup.name_zh if self.language == "zh" else PersonGroup.name_en
            kept[self.language] = dict(self._session.execute(select(PersonGroup.key, name)).all())
        return kept[self.language]


def names_of(session: Session, person_ids: Iterable[int | None]) -> dict[int | None, str]:
    """Person id → name."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    if not wanted:
        return {}
    return dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted))).all())


def names_of_users(session: Session, usernames: Iterable[str]) -> dict[str, str]:
    """Username → name; `system` and `consumer` have none. What a session asked once it knows."""
    wanted = set(usernames)
    known: dict[str, str | None] = session.info.setdefault("names_of_users", {})
    if asked := wanted - known.keys():
        query = select(Person.username, Person.name).where(Person.username.in_(asked))
        known |= dict.fromkeys(asked) | dict(session.execute(query).all())
    return {username: name for username in wanted if (name := known[username]) is not None}
