"""`flask complaints import` and `play`, as somebody types them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

import processes
from engine import clock, travel
from engine.db import Database
from engine.models import HistoryEvent, Mark, ProcessInstance, StartTimer
from engine.site import Site
from engine.vault import Vault
from processes.complaint.tables import PROCESS
from tests.bank import open_site
from tests.processes.complaint.bureau import cells, numbered, write
from tests.processes.complaint.filing import local
from webforms import console, make_app
from webforms.settings import Settings


@pytest.fixture
def run(tmp_path):
    """Runs a command on `site`; gives its result."""
    runners = []

    def invoke(site, *arguments):
        if not runners:
            app = make_app(site, "secret", tmp_path, secure=False)
            settings = Settings(site.database.url, tmp_path, tmp_path / "key")
            console.register(app, site, settings)
            runners.append(app.test_cli_runner())
        return runners[0].invoke(args=["complaints", *map(str, arguments)])

    yield invoke
    clock.set_offset(travel.timedelta())


@pytest.fixture
def site(tmp_path):
    site = open_site(tmp_path)
    yield site
    site.database.dispose()


@pytest.fixture
def new(tmp_path):
    """An installation whose database is not there yet."""
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    yield Site(database, processes.load(), Vault(bytes(range(32))), tmp_path / "files")
    database.dispose()


@pytest.fixture
def file(tmp_path):
    return lambda rows: write(tmp_path / "complaints.csv", rows)


def cases(site):
    with site.database.reading() as session:
        return session.scalars(select(ProcessInstance.status).where(ProcessInstance.key == PROCESS)).all()


def test_good_rows_are_imported_and_bad_ones_told_with_line_and_reason(run, site, file):
    rows = [cells(1), cells(2, Date_received="soon"), cells(3, Product="Time machine")]
    result = run(site, "import", file(rows))

    assert result.exit_code == 0
    assert "2 complaints imported, 0 were there already, 1 lines not imported." in result.output
    assert "line 3: a date is not written as 2026-03-10" in result.output
    assert "without a code of ours: Product: Time machine (1)" in result.output
    assert len(cases(site)) == 2


def test_importing_again_adds_nothing(run, site, file):
    path = file(numbered(2))
    run(site, "import", path)
    again = run(site, "import", path)

    assert again.exit_code == 0
    assert "0 complaints imported, 2 were there already" in again.output
    assert len(cases(site)) == 2


def test_a_file_of_which_nothing_can_be_read_ends_with_an_error(run, site, file, tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")

    assert run(site, "import", file([cells(1, Complaint_ID="?")])).exit_code == 1
    other = run(site, "import", tmp_path / "other.csv")
    assert (other.exit_code, "lacks the columns" in other.output) == (1, True)
    assert run(site, "import", file([cells(1)]), "--regime", "MARS").exit_code == 1


def test_scratch_sets_an_empty_database_up_and_stands_at_the_first_receipt(run, new, file):
    result = run(new, "import", file(numbered(2)), "--scratch")

    assert result.exit_code == 0, result.output
    with new.database.reading() as session:
        assert session.get(Mark, travel.SCRATCH) is not None
    travel.follow(new)
    assert abs((clock.now() - local("2023-07-03", "12:00")).total_seconds()) < 60
    with new.database.reading() as session:
        daily = session.scalars(select(StartTimer.due_at)).one()
    assert clock.now() < daily < clock.now() + timedelta(days=2)


def test_scratch_is_refused_for_a_database_that_holds_cases(run, site, file, monkeypatch):
    run(site, "import", file([cells(1)]))
    monkeypatch.setattr("webforms.serving.prepare", lambda *_arguments: None)
    result = run(site, "import", file(numbered(3)), "--scratch")

    assert result.exit_code == 1
    assert "this one holds cases" in result.output
    assert len(cases(site)) == 1


def test_a_play_tells_how_cases_ended_and_what_escalated(run, site, file):
    travel.mark(site, travel.SCRATCH)
    run(site, "import", file(numbered(2)))
    result = run(site, "play", "--seed", "3")

    assert result.exit_code == 0, result.output
    assert set(cases(site)) == {"completed"}
    for line in ("incidents: 0", "stuck: 0", "warnings of clocks at a wrong moment: 0", "virtual days in"):
        assert line in result.output


def test_a_play_of_some_days_stops_there_and_leaves_the_clock_there(run, site, file):
    travel.mark(site, travel.SCRATCH)
    run(site, "import", file([cells(5)]))
    result = run(site, "play", "--days", "2")

    assert result.exit_code == 0, result.output
    assert cases(site) == ["active"]
    assert "1  open" in result.output
    travel.follow(site)
    assert abs((clock.now() - local("2023-07-06", "12:00")).total_seconds()) < 60


def test_real_cases_are_not_played_with(run, site, file):
    with clock.at(local("2026-03-11")):
        run(site, "import", file([cells(1)]))
        result = run(site, "play")

    assert result.exit_code == 1
    assert cases(site) == ["active"]


def test_a_load_of_made_up_complaints_says_what_it_costs(run, new):
    result = run(new, "load", "--days", "1", "--per-day", "2", "--worked", "0.5")

    assert result.exit_code == 0, result.output
    assert cases(new) == ["active", "active"]
    for line in ("timers that fired late: 0, lost: 0", "CPU minutes, database"):
        assert line in result.output


def test_a_load_goes_on_where_the_last_one_stopped(run, new):
    run(new, "load", "--days", "1", "--per-day", "2", "--worked", "0")
    result = run(new, "load", "--days", "2", "--per-day", "1", "--worked", "0")

    assert result.exit_code == 0, result.output
    with new.database.reading() as session:
        begun = session.scalars(select(ProcessInstance.started_at).where(ProcessInstance.key == "complaint")).all()
    days = sorted(at.astimezone(clock.zone()).date() for at in begun)
    assert [(day - days[0]).days for day in days] == [0, 0, 1, 2]


def test_a_load_that_was_stopped_amid_a_day_goes_on_behind_what_happened(run, new):
    run(new, "load", "--days", "3", "--per-day", "1", "--worked", "0")
    with new.database.reading() as session:
        last = session.scalar(select(func.max(HistoryEvent.at)))
    travel.set_clock(new, clock.now() - timedelta(days=2))

    result = run(new, "load", "--days", "1", "--per-day", "1", "--worked", "0")

    assert result.exit_code == 0, result.output
    with new.database.reading() as session:
        assert session.scalar(select(func.max(ProcessInstance.started_at))) > last


def test_what_came_due_before_a_load_goes_on_is_done_at_its_time(run, new):
    run(new, "load", "--days", "1", "--per-day", "1", "--worked", "0")
    travel.set_clock(new, clock.now() + timedelta(days=2))

    result = run(new, "load", "--days", "1", "--per-day", "1", "--worked", "0")

    assert "timers that fired late: 0" in result.output
    assert result.exit_code == 0, result.output


def test_a_database_of_real_cases_takes_no_load(run, site, file):
    with clock.at(local("2026-03-11")):
        run(site, "import", file([cells(1)]))
        result = run(site, "load", "--days", "1", "--per-day", "1")

    assert result.exit_code == 1
    assert cases(site) == ["active"]
