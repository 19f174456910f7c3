"""Any sequence of pauses, new facts, extensions and agreed dates: clocks agree with a count by hand; so do timers."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import clock, commands
from engine.errors import RedressError
from engine.vault import Vault
from processes.complaint.register import ComplaintRegister
from tests.clockwork import clocks_of, open_desk, waiting
from tests.properties.daycount import (
    AGREED,
    APPRAISAL,
    LONGER,
    MEDIATION,
    PERIODS,
    SHANGHAI,
    STOPS,
    WAIT,
    Break,
    Counter,
    effective,
)
from tests.stores import copied

FIRST = date(2026, 2, 2)
PATHS = {APPRAISAL: "pause.appraisal", MEDIATION: "pause.mediation", WAIT: "pause.consumer"}
TIERS = ["t1", "t2", "t3", "t4", "t5", "superior"]

moments = st.datetimes(datetime(2026, 2, 2), datetime(2026, 4, 20), timezones=st.just(SHANGHAI))  # noqa: DTZ001
days = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))
tiers = st.sampled_from([*TIERS, "t5", "t5", "t4", "t2"])
#: how long a pause is, or None for one without end; after how many days the consumer is told of it, or never
lengths, tellings = st.sampled_from([None, 0, 1, 3, 7, 12, 25]), st.sampled_from([0, 1, 1, 2, 3, None])


def pauses(*reasons):
    return st.tuples(st.just("pause"), st.sampled_from(reasons), days, lengths, tellings)


facts = st.tuples(st.just("facts"), moments)
agreements = st.tuples(st.just("agree"), moments)
extensions = st.tuples(
    st.just("extend"),
    tiers,
    st.integers(0, 16),
    st.sampled_from([0, 1, 12, 14, 15, 16, None]),
    st.none() | st.floats(0, 1),
)
#: regimes, and what is likely to be lawful in them; anything else is tried as well
CHINESE = st.tuples(
    st.sampled_from([["CN-NFRA-DEC-1"], ["CN-NFRA-DEC-1", "CN-PBOC-DEC-1"]]),
    st.lists(pauses(APPRAISAL, MEDIATION) | extensions | facts, min_size=3, max_size=7),
)
OWN = st.tuples(st.just(["INT-DEFAULT-DEC"]), st.lists(pauses(WAIT, WAIT) | extensions, min_size=3, max_size=6))
ANY = st.tuples(
    st.lists(st.sampled_from(sorted(PERIODS)), min_size=1, max_size=3, unique=True),
    st.lists(pauses(*PATHS) | facts | agreements | extensions, min_size=2, max_size=8),
)


class Both:
    """The same complaint as the program has it, and as it is counted by hand."""

    def __init__(self, names, received):
        self.received, self.breaks = received, []
        with clock.at(received):
            self.record = ComplaintRegister().blank({"clock.start": names})
        self.counters = [Counter(name, received, self.breaks) for name in names]

    def agree_on_everything(self):
        shown = self.record.get("clock.list")
        assert [each["due_at"] for each in shown] == [each.due() for each in self.counters]
        first = effective(self.counters)
        assert self.record.get("clock.due_at") == first.due()
        assert self.record.get("clock.paused") is first.stopped()
        wanted = [] if first.stopped() else [first.mark(percent) for percent in (50, 70, 85, 100)]
        found = [each["at"] for each in self.record.get("clock.warnings")]
        assert len(found) == len(wanted)
        for one, other in zip(found, wanted, strict=True):
            assert abs(one - other) < timedelta(seconds=1)

    def write(self, lawful, **values):
        """Write paths one after the other; they are taken exactly if it is `lawful`."""
        try:
            for path, value in values.items():
                self.record.set(path.replace("__", "."), value)
        except RedressError:
            assert not lawful
        else:
            assert lawful

    def pause(self, reason, begins, length, told):
        lawful = any(reason in STOPS.get(each.name, ()) for each in self.counters)
        path = PATHS[reason]
        values = {f"{path}.from_on": begins}
        if reason == APPRAISAL:
            values[f"{path}.told_on"] = None if told is None else begins + timedelta(days=told)
        values[f"{path}.to_on"] = None if length is None else begins + timedelta(days=length)
        if lawful:
            known = [each for each in self.breaks if each.reason == reason]
            if not known or (known[-1].ends and known[-1].begins != begins):
                known = [Break(reason, begins)]
                self.breaks += known
            known[-1].begins, known[-1].ends = begins, values[f"{path}.to_on"]
            known[-1].told = values.get(f"{path}.told_on")
            # a finished pause is not ended twice on the way
            values = {f"{path}.from_on": begins, f"{path}.to_on": values[f"{path}.to_on"], **values}
        self.write(lawful, **values)

    def facts(self, at):
        for each in self.counters:
            if each.name == "CN-NFRA-DEC-1" and at > each.trigger:
                each.trigger, each.stage, each.agreed = at, 0, None
                each.length = PERIODS[each.name][0]
        self.write(lawful=True, clock__new_facts_at=at)

    def agree(self, at):
        rows = [each for each in self.counters if each.name in AGREED]
        lawful = bool(rows) and all(at > each.trigger for each in rows)
        for each in rows if lawful else []:
            each.agreed = at
        self.write(lawful, clock__agreed_due_at=at)

    def extend(self, approver, after, told_after, part):
        row = effective(self.counters)
        at = self.received + timedelta(days=after)
        told = None if told_after is None else at + timedelta(days=told_after)
        length, approvers, must_tell = LONGER.get((row.name, row.stage), (0, "", False))
        due = row.due()
        lawful = approver in approvers.split() and (due is None or at <= due)
        values = {"extension.reason_code": "EXT-EVIDENCE"}
        if part is not None and length and not row.agreed:
            length = row.length + 1 + int(part * (length - row.length - 1))
            values["extension.to_due"] = row.days(length)[-1]
        with clock.at(at):
            decided = {"extension.approver": approver, "extension.decision": "approve"}
            self.write(lawful, **values, **decided)
            if not lawful:
                self.record.set("extension.decision", "refuse")
                return
            if told:
                self.record.set("extension.notified_at", told)
        if not must_tell or (told and (due is None or told <= due)):
            row.length, row.stage = length, row.stage + 1


@pytest.mark.parametrize("cases", [CHINESE, OWN, ANY], ids=["chinese", "own", "any"])
def test_clocks_agree_with_a_count_by_hand(cases):
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(cases, st.integers(0, 20))
    def compare(case, offset):
        names, sequence = case
        both = Both(names, datetime(2026, 2, 2, 14, tzinfo=SHANGHAI) + timedelta(days=offset))
        both.agree_on_everything()
        for name, *arguments in sequence:
            getattr(both, name)(*arguments)
            both.agree_on_everything()

    compare()


# --- the engine's timers

changes = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 200)),
    st.tuples(st.just("complaint.clock.new_facts_at"), st.just("now")),
    st.tuples(st.just("complaint.clock.agreed_due_at"), st.integers(1, 30)),
    st.tuples(st.just("complaint.pause.mediation"), st.integers(1, 20)),
    st.tuples(st.just("complaint.extension"), st.sampled_from(TIERS)),
)
sequences = st.lists(changes, max_size=7)


@pytest.fixture(scope="module")
def vault():
    return Vault(bytes(range(32)))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    regime=st.sampled_from(["CN-NFRA-DEC-1", "INT-DEFAULT-DEC", "EU-PSD2-1"]), sequence=st.lists(changes, max_size=7)
)
def test_waiting_timers_equal_the_clock(vault, regime, sequence):
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(copied(Path(folder)), vault, Path(folder))
        case = desk.start(complaint__clock__start=[regime])
        agree(desk, case)
        for name, argument in sequence:
            change(desk, case, name, argument)
            agree(desk, case)
        keys = [entry.detail["key"] for entry in desk.history(case) if entry.kind == "timer_fired"]
        assert len(keys) == len(set(keys))
        desk.site.database.dispose()


def agree(desk, case):
    """After a tick the case waits for the first mark that is still ahead, or for nothing; lists know when it is due."""
    desk.tick()
    with desk.site.database.reading() as session:
        clocks = clocks_of(session, case)
        ahead = [each["at"] for each in clocks.warnings(clocks.effective()) if each["at"] > desk.now]
        assert clocks.complaint.due_at == clocks.due_at()
    assert waiting(desk, case) == ahead[:1]


def change(desk, case, name, argument):
    """One thing that happens to the case; what the law does not allow is refused and changes nothing."""
    today = desk.now.astimezone(SHANGHAI).date()
    match name:
        case "wait":
            desk.wait(hours=argument)
            return
        case "complaint.pause.mediation":
            values = {f"{name}.from_on": today, f"{name}.to_on": today + timedelta(days=argument)}
        case "complaint.extension":
            values = {f"{name}.reason_code": "EXT-CROSS", f"{name}.approver": argument, f"{name}.decision": "approve"}
        case _:
            moment = desk.now if argument == "now" else desk.now + timedelta(days=argument)
            values = {name: moment}
    try:
        desk.do(commands.set_variables, case, values, "because")
    except RedressError:
        return
