"""What keeps an installation in order beside its cases: chores, done by the tick when their time has come."""

import functools
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from engine import attachments, clock, history, identity, notifications, paces
from engine.models import Mark, Presence
from engine.organisation import materialise
from engine.site import Site
from engine.transition import guarded

#: When the tick was last here, as ISO text: whoever watches the installation reads this mark.
TICK = "tick_at"
#: When the hourly chores were last begun.
TIDIED = "tidied_at"
#: When deadlines were last looked at, and news mailed.
TOLD = "told_at"
#: When the chores of the applications were last begun.
APPLICATIONS = "applications_at"
#: In the folder of the seals: the ids of the data subjects whose keys are destroyed, one on each line.
ERASED = "erased.txt"

#: How long it is kept who had which case open.
PRESENCE_KEPT = timedelta(minutes=10)

Chore = Callable[[Site, datetime], None]


def sweep_files(site: Site, now: datetime) -> None:
    """Remove files that belong to no case."""
    with site.database.reading() as session:
        attachments.sweep(session, site, now)


def forget_attempts(site: Site, now: datetime) -> None:
    """Delete counts of failed log-ins that no longer matter."""
    with site.database.transaction() as session:
        identity.forget_attempts(session, now)


def forget_notifications(site: Site, now: datetime) -> None:
    """Delete what people were told of a while ago."""
    with site.database.transaction() as session:
        notifications.forget(session, now)


def forget_presence(site: Site, now: datetime) -> None:
    """Delete who had which case open a while ago: nobody's day is to be put together from it."""
    with site.database.transaction() as session:
        session.execute(delete(Presence).where(Presence.seen_at < now - PRESENCE_KEPT))


def analyse(site: Site, _now: datetime) -> None:
    """Let the database know what its tables hold."""
    site.database.analyse()


def follow_organisation(site: Site, _now: datetime) -> None:
    """Let lists follow units that begin or end today."""
    with site.database.transaction() as session:
        materialise(session, site.applications.organisation())


def seal_history(site: Site, now: datetime) -> None:
    """Write the seal of the day, unless that day or a later one is sealed. Raises ChainBroken."""
    folder: Path | None = site.ports.get("seals")
    day = now.astimezone(clock.zone()).date()
    if folder is None or max((path.name[:10] for path in folder.glob("*.seal.json")), default="") >= day.isoformat():
        return
    with site.database.reading() as session:
        history.seal(session, site.vault, folder, day, now)


def list_erased(site: Site, _now: datetime) -> None:
    """Keep the list of erased data subjects outside the database, so that a restored back-up brings none back."""
    folder: Path | None = site.ports.get("seals")
    if folder is None:
        return
    known = _erased(folder)
    with site.database.reading() as session:
        new = [subject_id for subject_id in site.vault.erased_subjects(session) if subject_id not in known]
    if new:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ERASED).open("a", encoding="ascii") as file:
            file.writelines(f"{subject_id}\n" for subject_id in new)
            file.flush()
            os.fsync(file.fileno())
        _empty_log(site)


#: (mark of the last time, how long until the next, what to do)
CHORES: list[tuple[str, timedelta, list[Chore]]] = [
    (TICK, timedelta(seconds=20), [list_erased]),
    (TOLD, timedelta(seconds=30), [notifications.tell_due, notifications.mail_news, notifications.send_digests]),
    (
        TIDIED,
        timedelta(hours=1),
        [
            seal_history,
            sweep_files,
            forget_attempts,
            forget_notifications,
            forget_presence,
            follow_organisation,
            analyse,
            paces.measure,
        ],
    ),
]


def keep_up(site: Site, now: datetime) -> None:
    """Do the chores that are due. One that fails is logged, keeps nothing from being done, and is tried again."""
    brought = [chore for application in site.applications.values() for chore in application.chores]
    for name, every, chores in [*CHORES, (APPLICATIONS, timedelta(minutes=1), brought)]:
        if chores and _is_due(site, name, every, now):
            for chore in chores:
                guarded(functools.partial(_do, chore, site, now), _nothing)


def erase_again(site: Site, now: datetime) -> int:
    """Destroy the keys that a restored back-up brought back, by the list beside the seals; gives how many."""
    folder: Path | None = site.ports.get("seals")
    listed = _erased(folder) if folder else frozenset()
    if not listed:
        return 0
    with site.database.transaction() as session:
        return site.vault.replay_erasures(session, listed, now)


def _is_due(site: Site, name: str, every: timedelta, now: datetime) -> bool:
    """Whether the time has come; then the mark says now, so that only one of several nodes does it."""
    with site.database.reading() as session:
        if _is_fresh(session.scalar(select(Mark.value).where(Mark.name == name)), every, now):
            return False
    with site.database.transaction() as session:
        mark = session.get(Mark, name, with_for_update=True)
        if mark is not None and _is_fresh(mark.value, every, now):
            return False
        session.merge(Mark(name=name, value=now.isoformat()))
        return True


def _is_fresh(value: str | None, every: timedelta, now: datetime) -> bool:
    """Whether the mark is younger than `every`; one from the future is not: the database's clock was set back."""
    return value is not None and timedelta() <= now - datetime.fromisoformat(value) < every


def _empty_log(site: Site) -> None:
    """Empty SQLite's write-ahead log, which still holds destroyed keys; while somebody reads, the next erasure does."""
    if site.database.is_sqlite:
        connection = site.database.write.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _erased(folder: Path) -> frozenset[str]:
    path = folder / ERASED
    return frozenset(path.read_text("ascii").split()) if path.exists() else frozenset()


def _do(chore: Chore, site: Site, now: datetime) -> bool:
    chore(site, now)
    return True


def _nothing(_error: Exception) -> None:
    """What failed is logged and tried again."""
