"""The lines of a timeline: of which kind each is, which are shown, and where a line stands. Nothing is asked here."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask_babel import lazy_gettext

from engine import clock

#: Lines of one page.
PER_PAGE = 40

#: Kind of a line → what its filter is called, in the order of the page.
KINDS = {
    "message": lazy_gettext("Messages"),
    "task": lazy_gettext("Tasks"),
    "decision": lazy_gettext("Decisions"),
    "notice": lazy_gettext("Notices"),
    "file": lazy_gettext("Files"),
    "change": lazy_gettext("Changes"),
    "clock": lazy_gettext("Time limits"),
    "comment": lazy_gettext("Comments"),
    "admin": lazy_gettext("Administration"),
    "step": lazy_gettext("Course of the process"),
}

#: Kind of a line of history → kind of the timeline; an application says it of its own.
_KIND_OF = {
    **dict.fromkeys(("decided",), "decision"),
    **dict.fromkeys(("timer_fired",), "clock"),
    **dict.fromkeys(("commented", "comment_withdrawn"), "comment"),
    **dict.fromkeys(("message_caught",), "message"),
    **dict.fromkeys(("nobody_eligible",), "task"),
    **dict.fromkeys(
        (
            *("incident", "incident_retried", "instance_cancelled", "variables_set", "people_barred", "person_erased"),
            *("error_uncaught", "escalation_uncaught"),
        ),
        "admin",
    ),
}


@dataclass(frozen=True)
class Change:
    """A value before and after, in words; empty where there was, or is, none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A line of history as an application tells it."""

    kind: str
    title: str
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line. `key` is its anchor; `who` a name, or `system` and `consumer`; `link`: address and words."""

    key: str
    kind: str
    at: datetime
    title: str
    who: str
    username: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    tone: str = ""
    link: tuple[str, str] | None = None
    #: too fine for a first look: shown only with the course of the process
    is_fine: bool = False
    #: number of a comment that the reader may still take back
    may_withdraw: int = 0


@dataclass(frozen=True)
class Chip:
    """A filter: its kind, words, how many lines it has, whether it is on, and the kinds that are after a click."""

    kind: str
    label: str
    count: int
    is_on: bool
    then: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """The lines of one page by days, newest first; `pointed_at`: the anchor of the line that was asked for."""

    days: Sequence[tuple[date, Sequence[Line]]]
    chips: Sequence[Chip]
    kinds: tuple[str, ...]
    page: int
    pages: int
    total: int
    pointed_at: str


def kind_of(kind: str) -> str:
    """The kind of the timeline to which a kind of history belongs."""
    if kind.startswith("task_") and kind != "task_completed":
        return "task"
    return "change" if kind.startswith("case_") else _KIND_OF.get(kind, "step")


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Newest first; what happened at the same moment stays in its order."""
    return sorted(lines, key=lambda line: line.at, reverse=True)


def shown(lines: Sequence[Line], kinds: Collection[str], *, page: int = 1, pointed_at: str = "") -> Shown:
    """One page of `lines`, those of `kinds`, or all that are not too fine.

    A line that is `pointed_at` is on it, whatever page and kinds were asked for.
    """
    wanted = tuple(kind for kind in KINDS if kind in kinds)
    target = next((line for line in lines if line.key == pointed_at), None)
    if target is not None and not _fits(target, wanted):
        wanted = ("step",) if target.is_fine else ()
    found = [line for line in lines if _fits(line, wanted)]
    pages = max(1, -(-len(found) // PER_PAGE))
    if target is not None:
        page = found.index(target) // PER_PAGE + 1
    page = min(max(page, 1), pages)
    part = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Shown(by_day(part), _chips(lines, wanted), wanted, page, pages, len(found), target.key if target else "")


def by_day(lines: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """Lines in the business days on which they happened, in their order."""
    return [(day, list(found)) for day, found in groupby(lines, lambda line: line.at.astimezone(clock.zone()).date())]


def _fits(line: Line, kinds: Collection[str]) -> bool:
    return line.kind in kinds if kinds else not line.is_fine


def _chips(lines: Sequence[Line], kinds: tuple[str, ...]) -> list[Chip]:
    counts = Counter(line.kind for line in lines)
    return [
        Chip(
            kind,
            str(label),
            counts[kind],
            kind in kinds,
            tuple(each for each in KINDS if (each in kinds) != (each == kind)),
        )
        for kind, label in KINDS.items()
        if counts[kind] or kind in kinds
    ]
