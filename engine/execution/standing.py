"""Where the tokens of an execution stand: for people, projections and the runner."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Element
from engine.bpmn.events import CatchEvent
from engine.bpmn.steps import ExternalStep
from engine.bpmn.tokens import all_tokens
from engine.errors import NotFound
from engine.execution.answers import Answers
from engine.execution.facts import TaskOpened, WorkRequested
from engine.execution.offers import offer
from engine.execution.scopes import RecordReading


class Standing(Answers):
    """An execution as it stands."""

    @property
    def is_ended(self) -> bool:
        """Whether no token is left."""
        return not self.top.task_tree.children

    def open_elements(self) -> list[tuple[str, str, str]]:
        """(token id, element id, state) of every token.

        State: `task`, `work`, `parked`, the kind of event it waits for (`timer`, `message`, `signal` …), or `other`.
        """
        return [(token.id, token.task_spec.element.id, waits_for(token)) for token in all_tokens(self.top)]

    def open_task(self, token_id: str) -> Element | None:
        """The element of a token that a person can complete, else None."""
        token = self.token(token_id)
        return token.task_spec.element if token is not None and waits_for(token) == "task" else None

    def offered(self, token_id: str) -> TaskOpened:
        """How an open task would be offered if it were new. Raises NotFound when there is none."""
        token = self.token(token_id)
        if token is None or waits_for(token) != "task":
            raise NotFound
        return offer(self, token, self.home(token)[0])

    def open_work(self, token_id: str) -> WorkRequested | None:
        """The external work that a token waits for, with its inputs as they are now, else None. Raises ModelFault."""
        token = self.token(token_id)
        return self.work_of(token) if token is not None and waits_for(token) == "work" else None

    def context(self, token_id: str) -> Mapping[str, Any]:
        """What an expression at `token_id` sees."""
        return self.reading(self.token(token_id))

    def form_context(self, token_id: str, paths: frozenset[str]) -> Mapping[str, Any]:
        """What a form at `token_id` reads: the variables in scope, and the record's `paths`, personal ones too."""
        context = self.context(token_id)
        if self.record is None:
            return context
        return ChainMap({self.record_name: RecordReading(self.record_name, self.record, paths)}, dict(context))

    def due_timers(self) -> list[tuple[datetime, str]]:
        """(due, token id) of every armed timer, in due order."""
        armed = [(token.internal_data["timer"]["due"], token.id) for token in self.waiting("timer")]
        return sorted((due, key) for due, key in armed if due is not None)

    def waiting(self, kind: str) -> Iterator[Task]:
        """The tokens that wait for an event of this kind."""
        return (token for token in list(all_tokens(self.top)) if waits_for(token) == kind)

    def token(self, token_id: str) -> Task | None:
        """The token with this id, None when it is gone."""
        for part in (self.top, *self.top.subprocesses.values()):
            token = part.tasks.get(token_id)
            if token is not None and token is not part.task_tree:
                return token
        return None


def waits_for(token: Task) -> str:
    """`task`, `work`, `parked`, the kind of event that `token` waits for, or `other`."""
    step = token.task_spec
    if "parked" in token.internal_data:
        return "parked"
    if token.state == TaskState.WAITING and isinstance(step, CatchEvent):
        return str(step.element.event.kind)
    if token.state == TaskState.READY and step.manual and "done" not in token.internal_data:
        return "task"
    if token.state == TaskState.STARTED and isinstance(step, ExternalStep) and "done" not in token.internal_data:
        return "work"
    return "other"
