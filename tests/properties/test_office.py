"""Any sequence of what people, time and workers do: after each step rows and execution agree, and history is whole."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from engine import commands, definitions
from engine.commands import Submitted
from engine.db import Database
from engine.errors import BpmnError, Conflict, NotAllowed, NotFound, TopicFailed, TopicFailedForGood
from engine.models import ProcessInstance
from engine.vault import Vault
from tests.agreement import disagreements
from tests.applications import Office, model, receive, task, timer, work

#: A model in which much can meet: parallel tasks, work, clocks, messages, steps that fail, loops.
MODEL = model(
    task("a")
    + timer("remind", "a", "R3/P1D", interrupting=False, kind="Cycle")
    + task("chase", "boss")
    + '<parallelGateway id="fork"/><parallelGateway id="join"/><exclusiveGateway id="x" default="x_end"/>'
    + '<exclusiveGateway id="worked"/><exclusiveGateway id="told"/>'
    + work("w")
    + '<boundaryEvent id="refused" attachedToRef="w"><errorEventDefinition errorRef="REFUSED"/></boundaryEvent>'
    + task("b")
    + timer("due", "b", "=file.clock.due_at", kind="Date")
    + receive("news", "news", tag="boundaryEvent", attributes='attachedToRef="b" cancelActivity="false"')
    + receive("wait", "news")
    + '<scriptTask id="s" scriptFormat="feel" camunda:resultVariable="file.level"><script>given</script></scriptTask>'
    + receive("tell", "news", tag="intermediateThrowEvent"),
    "start > a > fork; fork > w > worked > join; fork > b > s > told > join; fork > wait > join; join > x;"
    " x > a: again = true; x > end; remind > chase > end2; refused > worked; due > tell > told; news > end3",
)
VAULT = Vault(bytes(range(32)))
PEOPLE = st.sampled_from(["ann", "ben", "eva"])
#: Steps of one run; runs.
FAST, LONG = (20, 8), (300, 40)


class Busy(RuleBasedStateMachine):
    """One office; every rule is something that somebody may try at any time, and may be refused."""

    #: A database with people and the model, to be copied.
    template: Path

    def __init__(self):
        super().__init__()
        definitions.forget()
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        shutil.copyfile(self.template, folder / "redress.db")
        self.office = Office.again(Database(f"sqlite:///{folder / 'redress.db'}"), VAULT, folder)

    def teardown(self):
        self.office.site.database.dispose()
        self._folder.cleanup()

    @initialize()
    def first(self):
        self.office.start(given=1)

    @rule(given=st.sampled_from([1, None]), again=st.booleans(), due=st.integers(-1, 3) | st.none())
    def start(self, given, again, due):
        moment = self.office.now + timedelta(days=due) if due is not None else None
        self.office.start(given=given, again=again, file__clock__due_at=moment)

    @rule(person=PEOPLE, pick=st.integers(0, 99), again=st.booleans(), twice=st.booleans())
    def complete(self, person, pick, again, twice):
        task = self.pick(self.office.open_tasks(), pick)
        if task is None:
            return
        sent = Submitted(values={"again": again})
        self.attempt(commands.claim_task, task.id, by=person)
        done = self.attempt(commands.complete_task, task.id, sent, by=person, key=task.id)
        if done and twice:
            assert self.attempt(commands.complete_task, task.id, sent, by=person, key=task.id) == done

    @rule(person=PEOPLE, pick=st.integers(0, 99))
    def release(self, person, pick):
        task = self.pick(self.office.open_tasks(), pick)
        if task is not None:
            self.attempt(commands.release_task, task.id, by=person)

    @rule(pick=st.integers(0, 99), number=st.integers(0, 9))
    def message(self, pick, number):
        case = self.pick(self.cases(), pick)
        key = self.office.instance(case).business_key
        self.attempt(commands.correlate_message, "news", {}, business_key=key, sender_key=f"{case}{number}", by="ann")

    @rule(hours=st.sampled_from([1, 12, 24, 72]))
    def time_passes(self, hours):
        self.office.wait(hours=hours)

    @rule(
        errors=st.lists(
            st.sampled_from([TopicFailed(why="x"), TopicFailedForGood(why="x"), BpmnError("REFUSED"), BpmnError("?")]),
            max_size=2,
        )
    )
    def work_is_done(self, errors):
        self.office.topics.errors = errors
        self.office.tick()

    @rule(pick=st.integers(0, 99), given=st.sampled_from([7, "x"]), due=st.integers(-1, 3) | st.none())
    def repair(self, pick, given, due):
        moment = self.office.now + timedelta(days=due) if due is not None else None
        values = {"given": given, "file.clock.due_at": moment}
        self.attempt(commands.set_variables, self.pick(self.cases(), pick), values, "because")

    @rule(pick=st.integers(0, 99))
    def retry(self, pick):
        incident = self.pick(self.office.incidents(), pick)
        if incident is not None:
            self.attempt(commands.retry_job, incident.id)

    @rule(pick=st.integers(0, 99))
    def cancel(self, pick):
        self.attempt(commands.cancel_instance, self.pick(self.cases(), pick), "because")

    @invariant()
    def rows_and_execution_agree(self):
        assert disagreements(self.office) == []

    def cases(self):
        return [instance.id for instance in self.office.rows(ProcessInstance)]

    def attempt(self, command, *arguments, by="root", **named):
        """Carry out a command that may be refused, but only for a reason."""
        try:
            return self.office.do(command, *arguments, by=by, **named)
        except (Conflict, NotAllowed, NotFound):
            return None

    @staticmethod
    def pick(found, number):
        return found[number % len(found)] if found else None


@pytest.mark.parametrize(
    ("examples", "steps"), [pytest.param(*FAST, id="fast"), pytest.param(*LONG, id="long", marks=pytest.mark.slow)]
)
def test_rows_and_execution_agree_whatever_happens(examples, steps, sqlite_store, tmp_path):
    url = sqlite_store.url(tmp_path)
    office = Office.on(Database(url), VAULT, tmp_path)
    office.deploy(MODEL)
    office.site.database.dispose()
    here = type("Here", (Busy,), {"template": Path(url.removeprefix("sqlite:///"))})

    run_state_machine_as_test(
        here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
