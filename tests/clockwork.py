"""A desk whose cases are complaints: the smallest process that warns by the complaint's clock."""

from collections.abc import Mapping
from datetime import date

from engine import calendars
from engine.models import Timer
from processes.complaint.clocks import Clocks
from processes.complaint.deadlines import law
from processes.complaint.register import ComplaintRegister
from processes.complaint.tables import Complaint
from tests.applications import Office, model, task, timer

#: One task; each mark of the effective clock puts another beside it.
WARNING = model(
    task("work")
    + timer("warn", "work", "=complaint.clock.warnings", interrupting=False, kind="Cycle")
    + task("look", "boss"),
    "start > work > end; warn > look > end2",
)


class Notice:
    """The days off of China, to which a year's notice may be added."""

    def __init__(self):
        self.days: dict[date, bool] = {}
        self.years: set[int] = set()

    def publish(self, year: int, days: Mapping[date, bool]):
        self.days |= days
        self.years.add(year)

    def calendar(self, _jurisdiction: str) -> calendars.Calendar:
        return calendars.Calendar("CN", self.days, announced=self.years)


def open_desk(database, vault, folder, notice=None, people=True) -> Office:
    """An office with the process WARNING; `people`: whether the database has none yet."""
    register = ComplaintRegister(calendar=(notice or Notice()).calendar)
    office = (Office.on if people else Office.again)(database, vault, folder, record=register)
    if people:
        office.deploy(WARNING)
    return office


def clocks_of(session, case, notice=None) -> Clocks:
    """The clocks of a case as its rows say."""
    complaint = session.get_one(Complaint, case, populate_existing=True)
    return Clocks(complaint, law(), (notice or Notice()).calendar)


def waiting(office, case) -> list:
    """The moments for which timers of a case wait: one at most, the next mark."""
    rows = office.rows(Timer, Timer.instance_id == case, Timer.state == "armed")
    return sorted(row.due_at for row in rows if row.due_at is not None)
