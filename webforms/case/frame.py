"""What every page of a case has: its head, its pages, and what one can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from engine import clock, queries
from engine.models import ProcessInstance
from engine.queries import CaseHead, Sendable
from webforms import fields, panels
from webforms.guards import current_actor
from webforms.language import current_language
from webforms.panels import CasePart
from webforms.store import db, site
from webforms.tasks import new_key

#: Names of steps that may come next; more would say nothing.
MOST_AHEAD = 3


@dataclass(frozen=True)
class Entry:
    """A page of the case in the line of its pages."""

    name: str
    label: str
    url: str


@dataclass
class Opened:
    """A case that the reader may see, opened for one of its pages."""

    instance: ProcessInstance
    head: CaseHead

    @cached_property
    def part(self) -> CasePart | None:
        """What its application brings to its pages; asked when it is first wanted."""
        return panels.part_of(db.session(), self.head.application, self.head.id, current_language())

    def context(self, tab: str) -> dict[str, Any]:
        """What the frame of the page `tab` is rendered with."""
        panel = panels.panels.get(self.head.application) if self.part else None
        groups, likely = _acts(self.head.may_send, panel)
        return {
            "case": self.head,
            "tab": tab,
            "tabs": _entries(self.head.id, self.part),
            "head": self._rendered(self.part.head) if self.part and self.part.head else Markup(),
            "ahead": self.head.ahead[:MOST_AHEAD],
            "more_ahead": len(self.head.ahead) > MOST_AHEAD,
            "likely": likely,
            "act_groups": groups,
            "explained": fields.explained,
            "key": new_key(),
            "others": (),
        }

    def side(self, *, unfolded: bool = False) -> Markup:
        """What stands beside the timeline; `unfolded`, as for paper, nothing in it has to be opened."""
        return self._rendered(self.part.side, unfolded=unfolded) if self.part else Markup()

    def _rendered(self, part: tuple[str, Any], *, unfolded: bool = False) -> Markup:
        return panels.rendered((part[0], {**part[1], "case": self.head, "unfolded": unfolded}), self.head.id)


def opened(instance_id: str) -> Opened:
    """The case, if the reader may see it. Raises NotFound, CaseElsewhere."""
    session, language = db.session(), current_language()
    instance, head = queries.case_head(
        session, site(), instance_id, actor=current_actor(), language=language, now=clock.now()
    )
    session.info.setdefault("vault", site().vault)
    return Opened(instance, head)


def _entries(instance_id: str, part: CasePart | None) -> Sequence[Entry]:
    own = part.tabs if part else {}
    return [
        Entry("timeline", gettext("Timeline"), url_for("instances.show", instance_id=instance_id)),
        Entry("details", gettext("Details"), url_for("case.details", instance_id=instance_id)),
        Entry("documents", gettext("Documents"), url_for("case.documents", instance_id=instance_id)),
        *(
            Entry(name, str(tab.label), url_for("case.about", instance_id=instance_id, name=name))
            for name, tab in own.items()
        ),
        Entry("process", gettext("Process"), url_for("case.process", instance_id=instance_id)),
    ]


def _acts(
    may_send: Sequence[Sendable], panel: panels.Panel | None
) -> tuple[list[tuple[str, list[Sendable]]], list[Sendable]]:
    """What staff may send in groups, each with its heading, and what stands beside the menu."""
    if panel is None:
        return ([("", list(may_send))] if may_send else []), []
    by_name = {each.name: each for each in may_send}
    likely = [by_name.pop(name) for name in panel.likely if name in by_name]
    groups = [
        (str(group.label), [by_name.pop(name) for name in group.names if name in by_name]) for group in panel.acts
    ]
    rest = (gettext("Others"), list(by_name.values()))
    return [group for group in (*groups, rest) if group[1]], likely
