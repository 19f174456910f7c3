"""Showing personal values in full, searching, refusing a case: told to the audit stream before anything is shown."""

from collections.abc import Collection, Sequence
from datetime import datetime

from engine import history
from engine.commands.log_ins import DIGITS
from engine.errors import InvalidInput, NotAllowed
from engine.history import Line
from engine.identity import Actor
from engine.models import Attachment, ProcessInstance
from engine.search import Asked
from engine.site import Site

#: What somebody may want personal values for.
PURPOSES = ("handling", "identity", "data_request", "other")


def disclose(
    site: Site, instance: ProcessInstance, fields: Sequence[str], purpose: str, *, actor: Actor, now: datetime
) -> None:
    """Note that `actor` is shown the values of `fields`, names only; who may see the case is decided before.

    Raises NotAllowed, and InvalidInput for a purpose that is none.
    """
    if purpose not in PURPOSES:
        raise InvalidInput("Say what you need the personal data for.")
    detail = {"instance": instance.id, "case": instance.business_key, "fields": list(fields), "purpose": purpose}
    _tell(site, Line("personal_shown", "", detail), actor, now)


def disclose_file(site: Site, instance: ProcessInstance, file: Attachment, *, actor: Actor, now: datetime) -> None:
    """Note that `actor` opens a file of a case; who may see the case is decided before. Raises NotAllowed."""
    detail = {"instance": instance.id, "case": instance.business_key, "file": file.id}
    _tell(site, Line("file_opened", "", detail), actor, now)


def disclose_export(
    site: Site, instance: ProcessInstance, files: Sequence[str], purpose: str, *, actor: Actor, now: datetime
) -> None:
    """Note that `actor` takes the file of a case away, with its documents `files` (ids).

    Who may see the case is decided before. Raises NotAllowed, and InvalidInput for a purpose that is none.
    """
    if purpose not in PURPOSES:
        raise InvalidInput("Say what you need the file for.")
    detail = {"instance": instance.id, "case": instance.business_key, "files": list(files), "purpose": purpose}
    _tell(site, Line("case_exported", "", detail), actor, now)


def refuse_case(site: Site, instance_id: str, *, actor: Actor, now: datetime) -> None:
    """Note that `actor` asked for a case of another part of the organisation and was refused. Raises NotAllowed."""
    with site.database.reading() as session:
        number = session.get_one(ProcessInstance, instance_id).business_key
    _tell(site, Line("case_refused", "", {"instance": instance_id, "case": number}), actor, now)


def record_search(site: Site, asked: Asked, by: Collection[str], total: int, *, actor: Actor, now: datetime) -> None:
    """Note that `actor` looked for people or words, before it is shown what was found.

    `by`: what the cases were found by, `total`: how many. What was typed stands there as a digest only: the same words
    give the same one. Raises NotAllowed.
    """
    digest = site.vault.blind("search", asked.text.casefold())[:DIGITS]
    kinds = sorted(asked.kinds)
    _tell(site, Line("searched", "", {"kinds": kinds, "by": sorted(by), "total": total, "words": digest}), actor, now)


def _tell(site: Site, line: Line, actor: Actor, now: datetime) -> None:
    if actor.id is None:
        raise NotAllowed
    with site.database.transaction() as session:
        history.audit(session, site.vault, site.node, line, actor=actor.username, now=now)
