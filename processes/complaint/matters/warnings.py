"""The topics of the early-warning scan: counting, and raising one warning for each rule and what it is about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from engine import clock
from engine.applications import Work
from engine.errors import InvalidInput, TopicFailedForGood
from engine.site import Site
from engine.transition import Letter, post
from processes.complaint.matters.figures import MOST, figures
from processes.complaint.matters.tables import ComplaintWarning

#: The message that begins the case of a warning.
MESSAGE = "early_warning"


def warning_figures(site: Site, work: Work) -> Mapping[str, Any]:
    """Count what the rules look at; `complaint`: the number of the one complaint to look around. Gives `figures`."""
    with site.database.reading() as session:
        found = figures(session, clock.now(), work.inputs.get("complaint"))
        return {"figures": [each.context() for each in found]}


def raise_warnings(site: Site, work: Work) -> Mapping[str, Any]:
    """Open a warning for each of `hits`, or add its evidence to the one that is open. Gives `raised`, their number.

    A hit is a figure with the `rules` that it matched. Raises TopicFailedForGood for anything else.
    """
    raised = 0
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        for rule, figure in _hits(work.inputs.get("hits") or ()):
            raised += _hit(site, session, rule, figure)
    return {"raised": raised}


def _hits(found: Iterable[Any]) -> Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for each in found:
        try:
            yield from ((rule, each["figure"]) for rule in each["rules"])
        except (KeyError, TypeError) as error:
            why = InvalidInput(why="a hit is a context of figure and rules")
            raise TopicFailedForGood(why=why) from error


def _hit(site: Site, session: Session, rule: Mapping[str, Any], figure: Mapping[str, Any]) -> bool:
    """Whether a new warning was opened: then the message that begins its case is written with it."""
    now, key = clock.now(), str(figure["key"])
    row = session.get(ComplaintWarning, (rule["rule"], key), with_for_update=True)
    if row is not None and row.is_open:
        row.evidence = _together(row.evidence, figure["evidence"])
        row.hits += 1
        return False
    if row is None:
        row = ComplaintWarning(rule=rule["rule"], key=key)
        session.add(row)
    row.severity, row.is_open, row.opened_at = rule["severity"], True, now
    row.evidence, row.hits = list(figure["evidence"]), 1
    payload = {
        "matter.warning.rule": rule["rule"],
        "matter.warning.key": key,
        "matter.warning.severity": rule["severity"],
        "matter.warning.to": rule["to"],
        "matter.complaints": list(figure["evidence"]),
    }
    letter = Letter(MESSAGE, payload, "", f"warning:{rule['rule']}:{key}:{now.isoformat()}")
    post(session, site.vault, site.vault.create_subject(session, now), letter, now)
    return True


def _together(before: Sequence[str], new: Sequence[str]) -> list[str]:
    """Both, each once, the newest kept where it grows too long."""
    return list(dict.fromkeys([*before, *new]))[-MOST:]
