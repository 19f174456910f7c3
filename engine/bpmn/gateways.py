"""Gateways. Joins count arrivals by the sequence flow on which a token came, never by walking a token's past."""

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Flow
from engine.bpmn.steps import Step
from engine.bpmn.tokens import discard, here, is_there, put


class ExclusiveGateway(Step):
    """The first flow whose condition holds, else the default (BPMN 2.0.2, 13.4.2)."""

    def _choose(self, token: Task) -> list[Flow]:
        for flow in self.flows:
            if flow.id == self.element.default:
                continue
            if not flow.condition or here(token).evaluate(token, flow.condition) is True:
                return [flow]
        if self.flows and not self._default():
            raise self.fault("no condition holds and there is no default flow")
        return self._default()


class Join(Step):
    """Waits at the gateway with the tokens that arrived before."""

    def _waiting(self, token: Task) -> dict[str, Task]:
        """Flow id → the longest waiting token that came on it, with `token` counted."""
        arrived: dict[str, Task] = {}
        for other in token.workflow.task_tree.children:
            if other.task_spec is self and (other.state == TaskState.WAITING or other is token):
                arrived.setdefault(other.internal_data.get("via", ""), other)
        return arrived

    def _consume(self, token: Task, arrived: dict[str, Task]) -> None:
        """Merge one token of each flow into `token`."""
        for other in arrived.values():
            if other is not token:
                discard(other)
        own = token.internal_data.get("via", "")
        spare = arrived.get(own)
        if spare is not None and spare is not token:
            token.internal_data["branch"] = spare.internal_data.get("branch", "")


class ParallelGateway(Join):
    """One token on every incoming flow (13.4.1)."""

    def _arrive(self, token: Task) -> bool:
        arrived = self._waiting(token)
        if len(self.incoming) > 1 and not all(flow in arrived for flow in self.incoming):
            token._set_state(TaskState.WAITING)
            return False
        self._consume(token, arrived)
        return True


class InclusiveGateway(Join):
    """Waits while a token elsewhere can still reach a flow that has none (13.4.3)."""

    def _arrive(self, token: Task) -> bool:
        if len(self.incoming) < 2:
            return True
        token._set_state(TaskState.WAITING)
        return False

    def may_go(self, token: Task) -> bool:
        """Whether the waiting tokens may go on; asked by the runner when nothing else is ready."""
        arrived = self._waiting(token)
        open_flows = [flow for flow in self.incoming if flow not in arrived]
        upstream = self._upstream(open_flows)
        already = self._upstream(list(arrived))
        blockers = [
            other
            for other in token.workflow.task_tree.children
            if other.task_spec is not self
            and other.task_spec.name in upstream
            and other.task_spec.name not in already
        ]
        if blockers:
            return False
        self._consume(token, arrived)
        return True

    def _upstream(self, flows: list[str]) -> set[str]:
        """Names of the steps from which one of `flows` can be reached without passing this gateway."""
        specs = self._wf_spec.task_specs
        steps = [spec for spec in specs.values() if isinstance(spec, Step)]
        found: set[str] = set()
        front = [step.name for step in steps for flow in step.flows if flow.id in flows]
        while front:
            name = front.pop()
            if name in found or name == self.name:
                continue
            found.add(name)
            front += [step.name for step in steps if any(flow.target == name for flow in step.flows)]
            front += [step.name for step in steps if name in step.boundary]
        return found

    def _choose(self, token: Task) -> list[Flow]:
        plain = [flow for flow in self.flows if not flow.condition and flow.id != self.element.default]
        chosen = plain + self._true(token)
        if not chosen and not self._default() and self.flows:
            raise self.fault("no condition holds and there is no default flow")
        return chosen or self._default()


class EventGateway(Step):
    """Owns the events behind it; the first that happens takes the others away (13.4.4)."""

    def _arrive(self, token: Task) -> bool:
        token._set_state(TaskState.STARTED)
        branch = token.internal_data.get("branch", "")
        for flow in self.flows:
            if is_there(token):
                event = put(token.workflow, self._wf_spec.task_specs[flow.target], parent=token, branch=branch, via=flow.id)
                event.task_spec._update(event)
        return False

    def won(self, token: Task, flow: str) -> None:
        """Record the flow of the event that happened first."""
        here(token).left(token)
        here(token).took(token, [chosen for chosen in self.flows if chosen.id == flow])
