"""A simulated office works on complaints in virtual time: every case ends, and every warning comes when it must."""

import dataclasses
import random
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from engine import clock, forms, queries, travel
from engine.errors import Conflict, NotADemo
from engine.execution.scopes import RecordReading
from engine.models import HistoryEvent, Person, ProcessInstance, UserTask
from processes.complaint import application, importing, office
from processes.complaint.clocks import Clocks
from processes.complaint.deadlines import law
from processes.complaint.office import Manner, Marks, NobodyMay, Office, Staff, Unanswerable
from processes.complaint.office.answers import Clerk, NoAnswers
from processes.complaint.office.habits import weighted
from processes.complaint.office.tally import tally
from processes.complaint.register import REGISTER
from processes.complaint.tables import Complaint
from processes.complaint.workdays import calendar_of
from tests.bank import open_site
from tests.processes.complaint.bureau import OPERATOR, open_scratch
from tests.processes.complaint.filing import local
from tests.processes.complaint.test_importing import PUBLISHED
from tests.scanning import asked, scans

pytestmark = pytest.mark.long

CASES = 6
BEGIN = local("2023-07-03", "12:00")


def play(site, seed=1, until=None, manner=None):
    office.hire(site, BEGIN)
    played = Office(site, Staff(site), manner or Manner(office.habits()), seed, BEGIN)
    played.take_over()
    played.play(until)
    return played


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """An office that has played all its cases to their end."""
    site = open_scratch(tmp_path_factory.mktemp("office"), CASES)
    ended = Counter()
    office.hire(site, BEGIN)
    played = Office(site, Staff(site), Manner(office.habits()), 1, BEGIN, lambda process: ended.update([process]))
    played.take_over()
    with asked(site.database) as statements:
        played.play()
    yield SimpleNamespace(site=site, office=played, ended=ended["complaint"], asked=statements)
    site.database.dispose()


def test_every_case_ends_without_incident(played):
    result = tally(played.site, BEGIN)

    assert sum(result.outcomes["complaint"].values()) == CASES == played.ended
    assert not [process for process, outcomes in result.outcomes.items() if "open" in outcomes]
    assert result.incidents == {}
    assert result.stuck == ()


def test_nothing_that_happens_to_a_case_reads_a_table_of_all_cases_whole(played):
    """But for the figures of early warnings, which count all open cases once a day."""
    found = scans(played.site.database, played.asked)

    assert len(played.asked) > 100
    assert {table for statement, table in found.items() if "closed_at IS NULL" not in statement} == set(), found


def test_people_are_late_at_times_so_that_reminders_and_escalations_fire(played):
    fired = tally(played.site, BEGIN).escalations

    assert fired
    assert sum(fired.values()) > CASES


def test_warnings_of_clocks_come_when_and_only_when_they_are_due(played):
    with played.site.database.reading() as session:
        keyed = [event for event in session.scalars(select(HistoryEvent)) if b'"key"' in event.detail]
        assert keyed
        assert played.office.marks.mismatches(session, BEGIN) == []


def test_who_plays_on_is_not_told_of_warnings_that_came_before(played):
    marks = Marks()
    with played.site.database.reading() as session:
        marks.look(session, session.scalars(select(Complaint.instance_id)), played.office.now)

        assert marks.mismatches(session, played.office.now) == []


def test_nobody_works_at_night_or_on_a_day_off(played):
    with played.site.database.reading() as session:
        done = session.scalars(select(UserTask.closed_at).where(UserTask.status == "completed")).all()

    assert {9 <= at.astimezone(clock.zone()).hour < 17 for at in done} == {True}


def test_duties_stay_apart(played):
    with played.site.database.reading() as session:
        people = select(UserTask.instance_id, UserTask.completed_by).where(UserTask.status == "completed")
        handlers = set(session.execute(people.where(UserTask.role == "handler")).all())
        approvers = set(session.execute(people.where(UserTask.role == "approver")).all())

    assert handlers
    assert not handlers & approvers


def test_the_same_seed_gives_the_same_course_of_events(tmp_path):
    courses = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        site = open_scratch(tmp_path / name, 2)
        play(site, seed=5, until=BEGIN + timedelta(days=12))
        with site.database.reading() as session:
            tasks = select(ProcessInstance.business_key, UserTask.element_id, UserTask.closed_at)
            joined = tasks.join(UserTask, UserTask.instance_id == ProcessInstance.id)
            courses.append(sorted(map(str, session.execute(joined))))
        site.database.dispose()

    assert courses[0] == courses[1]
    assert len(courses[0]) > 4


@pytest.fixture
def scratch(tmp_path):
    site = open_scratch(tmp_path, 1)
    yield site
    site.database.dispose()


def test_a_database_of_real_cases_is_not_played_with(tmp_path):
    site = open_site(tmp_path)

    with pytest.raises(NotADemo):
        play(site)
    site.database.dispose()


def test_two_do_not_play_at_once(scratch):
    travel.hold(scratch)

    with pytest.raises(Conflict, match="Somebody else is playing"):
        play(scratch)


def test_schedulers_may_go_on_after_playing_even_when_it_failed(scratch):
    hopeless = {"complaint.received_by_unit": {"no such unit": 1}, "complaint.summary": {"zh": [""], "en": [""]}}
    habits = dataclasses.replace(office.habits().over(hopeless), phrases={"zh": ["x"], "en": ["x"]})

    with pytest.raises(Unanswerable, match=r"complaint\.summary"):
        play(scratch, manner=Manner(habits))
    assert not travel.is_held(scratch)


def test_a_task_that_is_held_waits_and_its_reminders_fire(scratch):
    play(scratch, until=BEGIN + timedelta(days=5), manner=Manner(office.habits(), frozenset({"register"})))

    with scratch.database.reading() as session:
        assert session.scalars(select(UserTask.element_id).where(UserTask.status == "open")).all() == ["register"]
        assert "register_late" in tally(scratch, BEGIN).escalations
        assert queries.stuck(session) == ()


def test_a_group_without_people_is_told(scratch):
    office.hire(scratch, BEGIN)
    staff = Staff(scratch)

    with pytest.raises(NobodyMay, match="no-such-group"):
        staff.anybody("no-such-group", random.Random(1))


def test_hiring_again_adds_nobody(scratch):
    counts = []
    for _ in range(2):
        office.hire(scratch, BEGIN, [office.Recruit("intake1", "Li", ["intake"])])
        with scratch.database.reading() as session:
            counts.append(len(session.scalars(select(Person.id)).all()))

    assert counts[0] == counts[1] > 20


# --- answers --------------------------------------------------------------------------------------------------------

FORMS = sorted(name for name in application.model_files() if name.endswith(".form"))


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(("seed", "days"), [(1, 0), (2, 0), (3, 0), (4, 12), (5, 14), (6, 50)])
def test_answers_are_found_for_every_form_of_the_process_however_late_it_is(name, seed, days):
    form = forms.load(application.model_files()[name], name)
    filed = {"narrative": "An example of our own.", "channel": "CH.PORTAL", "language": "en"}
    with clock.at(local("2026-03-11")):
        record = REGISTER.blank({**filed, "received_at": clock.now() - timedelta(days=days)})
        known = {"measure": {"amount": None}}
        context = known | {"complaint": RecordReading("complaint", record, frozenset(REGISTER.paths()))}
        submitted = Clerk(form, context, application.functions, office.habits(), random.Random(seed)).submitted()
        answers = form.submit(submitted.fields, {}, context, "en", application.functions).values

    assert answers or not form.keys


def test_a_list_whose_sum_has_a_limit_is_filled_in_whatever_chance_proposes():
    form = forms.load(application.model_files()["forms/quick_resolve.form"], "quick_resolve.form")
    with clock.at(local("2026-03-11")):
        context = {"complaint": RecordReading("complaint", REGISTER.blank({}), frozenset(REGISTER.paths()))}
        for seed in range(80):
            Clerk(form, context, application.functions, office.habits(), random.Random(seed)).submitted()


def test_made_up_addresses_differ_so_that_nobody_looks_like_a_duplicate():
    source = b'{"type": "default", "id": "f", "components": [{"type": "textfield", "key": "complaint.person.email",'
    source += b' "label": "E", "id": "e", "validate": {"required": true}}]}'
    form = forms.load(source)
    clerks = [Clerk(form, {}, {}, office.habits(), random.Random(seed)) for seed in range(20)]

    written = {clerk.submitted().fields["complaint.person.email"][0] for clerk in clerks}

    assert len(written) == 20
    assert all(address.endswith("@example.com") for address in written)


def test_an_answer_that_a_form_refused_is_not_given_again():
    values = ", ".join(f'{{"value": "{value}", "label": "{value}"}}' for value in "abcdefgh")
    source = (
        '{"type": "default", "id": "f", "components": [{"type": "radio", "key": "a", "label": "A", "id": "a",'
        f' "values": [{values}], "validate": {{"required": true}}, "properties": {{"rule": "a = \\"h\\"",'
        ' "rule:en": "Only h.", "rule:zh": "只能选 h。"}}]}'
    )
    form = forms.load(source.encode())
    for seed in range(20):
        habits = office.habits().over({"a": {"b": 1, "h": 1}} if seed % 2 else {})
        clerk = Clerk(form, {}, {}, habits, random.Random(seed))
        assert clerk.submitted().fields == {"a": ["h"]}


def test_a_form_that_takes_no_answer_is_told_with_the_field():
    source = b'{"type": "default", "id": "f", "components": [{"type": "textfield", "key": "a", "label": "A",'
    source += b' "id": "a", "validate": {"required": true, "minLength": 4000}}]}'

    with pytest.raises(NoAnswers, match=r"“f”.*a “A” needs at least"):
        Clerk(forms.load(source), {}, {}, office.habits(), random.Random(1)).submitted()


def test_heavier_values_are_likelier():
    dice = random.Random(1)
    chosen = [weighted({"often": 9, "seldom": 1}, dice) for _ in range(200)]

    assert chosen.count("often") > 150
    assert "seldom" in chosen


# --- the proof can fail -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delay", [timedelta(minutes=-1), timedelta(minutes=1)])
def test_a_warning_at_a_wrong_moment_is_found(scratch, delay):
    with scratch.database.reading() as session:
        marks, case = Marks(), session.scalars(select(ProcessInstance.id)).one()
        marks.look(session, [case], BEGIN)
        clocks = Clocks(session.get_one(Complaint, case), law(), calendar_of)
        warning = clocks.warnings(clocks.effective())[0]
    with scratch.database.transaction() as session:
        fired = HistoryEvent(stream=f"instance:{case}", sequence=999, actor="system", kind="timer_fired", hash=b"")
        fired.at, fired.detail = warning["at"] + delay, b'{"key": "%s"}' % warning["key"].encode()
        session.add(fired)

    with scratch.database.reading() as session:
        assert f"{warning['key']}: fired at" in "".join(marks.mismatches(session, BEGIN))


def test_a_warning_that_never_came_is_found(scratch):
    with scratch.database.reading() as session:
        marks, case = Marks(), session.scalars(select(ProcessInstance.id)).one()
        marks.look(session, [case], BEGIN)
        marks.look(session, [case], BEGIN + timedelta(days=60))

        assert len([line for line in marks.mismatches(session, BEGIN) if line.endswith("never fired")]) == 4


@pytest.mark.slow
@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published file is not at hand")
def test_all_published_complaints_are_played_to_their_end(tmp_path):
    site = open_scratch(tmp_path, 0)
    for row in importing.rows(PUBLISHED):
        importing.start(site, row, actor=OPERATOR, virtual=True)
    played = play(site)
    result = tally(site, BEGIN)

    assert sum(result.outcomes["complaint"].values()) == 2067
    assert not [process for process, outcomes in result.outcomes.items() if "open" in outcomes]
    assert (result.incidents, result.stuck) == ({}, ())
    with site.database.reading() as session:
        assert played.marks.mismatches(session, BEGIN) == []
    site.database.dispose()


def test_made_up_complaints_come_in_by_the_day_and_no_timer_is_lost_or_late(tmp_path):
    site = open_scratch(tmp_path, 0)
    office.hire(site, BEGIN)
    played = Office(site, Staff(site), Manner(office.habits()), 1, BEGIN)
    office.Arrivals(office.first_day(BEGIN), days=2, per_day=3, worked=0.5).plan(site, played)

    played.play(BEGIN + timedelta(days=20))

    with clock.at(BEGIN + timedelta(days=20)):
        result = tally(site, BEGIN)
    assert sum(result.outcomes["complaint"].values()) == 6
    assert (result.late, result.lost) == (0, 0)
    assert sum(result.escalations.values()) > 6
    with site.database.reading() as session:
        assert played.marks.mismatches(session, BEGIN) == []
        assert session.scalar(select(UserTask.id).where(UserTask.status == "completed").limit(1)) is not None
    site.database.dispose()


def test_reluctant_people_are_late_and_refuse_more():
    usual = office.habits()
    reluctant = usual.reluctant(0.3)

    assert reluctant.pace.late_share == 0.3
    assert reluctant.answers["approval"]["return_draft"] * usual.answers["approval"]["approve"] > 0
    assert reluctant.answers != usual.answers
    assert reluctant.messages == usual.messages
