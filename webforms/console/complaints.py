"""`flask complaints`: import complaints from a file, and play a simulated office over them."""

import contextlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import event, func, select
from tqdm import tqdm

from engine import clock, travel
from engine.db import Database, patiently
from engine.errors import InvalidInput, RedressError
from engine.mail import FolderMail
from engine.models import HistoryEvent, Mark, ProcessInstance
from engine.site import Site
from processes.complaint import importing, office
from processes.complaint.importing import BadRow, Row
from processes.complaint.office import Manner, Office, Staff
from processes.complaint.office.tally import Tally, tally
from processes.complaint.tables import PROCESS
from webforms import serving
from webforms.console.people import OPERATOR
from webforms.console.shared import plainly, site

group = AppGroup("complaints", help="Complaints: import, play an office.")

#: Codes that the mapping does not know, and rows that cannot be read, are listed up to this many.
MOST_LISTED = 50
#: People in each group. Among thousands of cases there is one in which chance lets several declare an interest: with
#: fewer people nobody would be left to do it.
PEOPLE = 6
#: Mark of a database with a load: how many complaints came in.
LOADED = "loaded"


@group.command("import")
@click.argument("path", metavar="CSV", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--regime", default="GENERIC", show_default=True, help="Whose periods count.")
@click.option(
    "--scratch", is_flag=True, help="Set up an empty database for this and mark it: its time may be played with."
)
def import_complaints(path: Path, regime: str, *, scratch: bool) -> None:
    """Start a case for every complaint in a CSV file of the US Consumer Financial Protection Bureau (18 columns).

    On a demo or scratch database every case starts when it was received. The same file again adds nothing.

    Example: flask complaints import complaints.csv --scratch
    """
    here = site()
    with plainly():
        found = list(importing.rows(path, regime))
        good = [row for row in found if isinstance(row, Row)]
        if scratch:
            _prepare(here)
            _mark_scratch(here)
        bad = [row for row in found if isinstance(row, BadRow)]
        new, refused = _start_all(here, good)
        if scratch and good:
            travel.begin_at(here, min(row.received_at for row in good))
    _list(
        [f"line {row.line}: {row.reason}" for row in sorted([*bad, *refused], key=lambda row: row.line)], "not imported"
    )
    unknown = Counter(word for row in good for word in row.unknown)
    _list([f"{word} ({count})" for word, count in unknown.most_common()], "without a code of ours")
    known = len(good) - len(refused) - new
    click.echo(f"{new} complaints imported, {known} were there already, {len(bad) + len(refused)} lines not imported.")
    if not len(good) - len(refused):
        raise click.ClickException("nothing could be read")


@group.command("play")
@click.option("--days", type=click.IntRange(1), help="Stop after so many virtual days; else when every case has ended.")
@click.option("--seed", default=1, show_default=True, help="Another number, another course of events.")
@click.option("--late", type=click.FloatRange(0, 1), help="Share of the work that unwilling people do late.")
def play(days: int | None, seed: int, late: float | None) -> None:
    """Let a simulated office and its consumers work on all open cases in virtual time.

    Only on a demo or scratch database. Exits 1 when a case is stuck or has an incident, a clock warned at a wrong
    moment, or a step did not escalate as the table of step times says.

    Example: flask complaints play --days 30
    """
    here = _behind_doors(site())
    with plainly():
        office.hire(here, clock.now(), per_group=PEOPLE)
        begin = _begin(here)
        until = begin + timedelta(days=days) if days else None
        started, counted = time.monotonic(), _Counted()
        habits = office.habits() if late is None else office.habits().reluctant(late)
        with counted.during(here.database), tqdm(total=_open_cases(here), unit="case") as bar:
            played = Office(
                here, Staff(here), Manner(habits), seed, begin, lambda process: bar.update(process == PROCESS)
            )
            played.take_over()
            played.play(until)
        travel.set_clock(here, until or played.now)
        with here.database.reading() as session:
            mismatches = played.marks.mismatches(session, begin)
            escalations, wrong = office.escalation_mismatches(session, until or played.now)
        result = tally(here, begin)
    _print(result, mismatches)
    click.echo(f"escalations of steps that the table of step times asks for: {escalations}, otherwise: {len(wrong)}")
    _list(wrong, "escalation")
    took, virtual = time.monotonic() - started, (until or played.now) - begin
    click.echo(
        f"{virtual.days} virtual days in {took:.1f} s; {counted.commits} transactions, {counted.statements} SQL"
        f" statements, {took / max(1, counted.commits) * 1000:.1f} ms per transaction"
    )
    if result.incidents or result.stuck or mismatches or wrong:
        raise SystemExit(1)


@group.command("load")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1), help="Virtual days.")
@click.option("--per-day", default=1_000, show_default=True, type=click.IntRange(1), help="New complaints a day.")
@click.option(
    "--worked", default=0.05, show_default=True, type=click.FloatRange(0, 1), help="Share of them that people work on."
)
@click.option("--seed", default=1, show_default=True, help="Another number, another course of events.")
def load(days: int, per_day: int, worked: float, seed: int) -> None:
    """Let many made-up complaints come in for some virtual days, and say what that costs.

    Only on an empty database, which is marked as scratch, or on one with a load: that goes on where it stopped. Exits 1
    when a timer was lost or fired late, or a clock warned at a wrong moment.

    Example: flask complaints load --days 30 --per-day 1000
    """
    here = _behind_doors(site())
    with plainly():
        before, cpu = _loaded(here), time.process_time()
        # before anybody is hired: the line that says so would be the last one, and what was due before it late
        begin = max(_begin(here), _last_line(here))
        office.hire(here, begin, per_group=PEOPLE)
        played = Office(here, Staff(here), Manner(office.habits()), seed, begin)
        arrivals = office.Arrivals(office.first_day(begin), days, per_day, worked, seed, before)
        arrivals.plan(here, played)
        for day, midnight in enumerate(tqdm(arrivals.midnights(), unit="day"), start=1):
            played.play(midnight)
            travel.set_clock(here, midnight)
            travel.mark(here, LOADED, str(before + day * per_day))
        with here.database.reading() as session:
            mismatches = played.marks.mismatches(session, begin)
        result = tally(here, begin)
    _print(result, mismatches)
    minutes, megabytes = (time.process_time() - cpu) / 60, here.database.size() / 1_000_000
    click.echo(f"timers that fired late: {result.late}, lost: {result.lost}")
    click.echo(f"{minutes:.1f} CPU minutes, database {megabytes:.0f} MB")
    if result.late or result.lost or mismatches:
        raise SystemExit(1)


class _Counted:
    """How many SQL statements and transactions there were."""

    def __init__(self) -> None:
        self.statements = self.commits = 0

    @contextlib.contextmanager
    def during(self, database: Database) -> Iterator[None]:
        """Count inside the block."""
        engines = {database.read, database.write}
        for engine in engines:
            event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(database.write, "commit", self._commit)
        try:
            yield
        finally:
            for engine in engines:
                event.remove(engine, "before_cursor_execute", self._statement)
            event.remove(database.write, "commit", self._commit)

    def _statement(self, *_arguments: object) -> None:
        self.statements += 1

    def _commit(self, *_arguments: object) -> None:
        self.commits += 1


def _behind_doors(here: Site) -> Site:
    """The installation with a mailbox of its own: nobody outside gets mail from a play."""
    return replace(here, ports={**here.ports, "mail": FolderMail(here.files.parent / "mailbox")})


def _start_all(here: Site, rows: list[Row]) -> tuple[int, list[BadRow]]:
    """Start the cases one by one; gives how many are new, and what was refused."""
    with here.database.reading() as session:
        virtual = travel.is_marked(session)
    new, refused = 0, []
    for row in tqdm(rows, unit="case"):

        def start(row: Row = row) -> bool:
            return importing.start(here, row, actor=OPERATOR, virtual=virtual)

        try:
            new += patiently(start)
        except RedressError as error:
            refused.append(BadRow(row.line, error.message))
    return new, refused


def _prepare(here: Site) -> None:
    """Set up the database, if it is not."""
    serving.prepare(here, current_app.extensions[serving.SETTINGS], click.echo)


def _mark_scratch(here: Site) -> None:
    """Mark an empty database. Raises InvalidInput for one that holds cases."""
    with here.database.reading() as session:
        if session.scalar(select(ProcessInstance.id).limit(1)) is not None:
            raise InvalidInput(why="--scratch wants an empty database; this one holds cases")
    travel.mark(here, travel.SCRATCH)


def _loaded(here: Site) -> int:
    """How many complaints earlier loads brought in; an empty database is set up. Raises InvalidInput for others."""
    _prepare(here)
    with here.database.reading() as session:
        mark = session.get(Mark, LOADED)
        if mark is not None:
            return int(mark.value)
    _mark_scratch(here)
    return 0


def _begin(here: Site) -> datetime:
    """When playing begins: now, or when the first thing is due that time has passed over since the last play."""
    return min(filter(None, (travel.next_in_cases(here), clock.now())))


def _last_line(here: Site) -> datetime:
    """When something happened last: a load that was stopped amid a day did more than its clock tells."""
    with here.database.reading() as session:
        return session.scalar(select(func.max(HistoryEvent.at))) or datetime.min.replace(tzinfo=UTC)


def _open_cases(here: Site) -> int:
    with here.database.reading() as session:
        complaints = select(func.count()).where(ProcessInstance.key == PROCESS, ProcessInstance.status == "active")
        return session.scalar(complaints) or 0


def _print(result: Tally, mismatches: list[str]) -> None:
    for process, outcomes in result.outcomes.items():
        click.echo(f"cases of {process}:\n" + _columns(outcomes.items()))
    click.echo("timers that fired:\n" + _columns(result.escalations.items()))
    click.echo("notices that were sent:\n" + _columns(result.notices.items()))
    click.echo(f"incidents: {sum(result.incidents.values())}\n" + _columns(result.incidents.items()), nl=False)
    click.echo(f"\nstuck: {len(result.stuck)} {' '.join(result.stuck[:MOST_LISTED])}")
    click.echo(f"warnings of clocks at a wrong moment: {len(mismatches)}")
    for line in mismatches[:MOST_LISTED]:
        click.echo(f"  {line}")


def _columns(rows: Iterable[tuple[str, int]]) -> str:
    return "\n".join(f"{count:8}  {name}" for name, count in rows)


def _list(lines: list[str], title: str) -> None:
    for line in lines[:MOST_LISTED]:
        click.echo(f"{title}: {line}", err=True)
    if len(lines) > MOST_LISTED:
        click.echo(f"{title}: {len(lines) - MOST_LISTED} more", err=True)
