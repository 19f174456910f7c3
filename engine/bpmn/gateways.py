"""Gateways. Joins count arrivals by the sequence flow on which a token came, never by walking a token's past."""

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Flow
from engine.bpmn.steps import Step
from engine.bpmn.tokens import cancel, discard, here, is_there, put, release, settle


class ExclusiveGateway(Step):
    """The first flow whose condition holds, else the default (BPMN 2.0.2, 13.4.2)."""

    def _choose(self, token: Task) -> list[Flow]:
        default = self.element.default
        for flow in self.flows:
            if flow.id != default and (not flow.condition or self.holds(token, flow)):
                return [flow]
        chosen = [flow for flow in self.flows if flow.id == default]
        if self.flows and not chosen:
            raise self.fault("no condition holds and there is no default flow")
        return chosen


class Join(Step):
    """A gateway where tokens wait for others."""

    def _arrived(self, token: Task) -> dict[str, Task]:
        """Flow id → the longest waiting token that came on it, with `token` counted."""
        arrived: dict[str, Task] = {}
        for other in token.workflow.task_tree.children:
            if other.task_spec is self and (other.state == TaskState.WAITING or other is token):
                arrived.setdefault(other.internal_data.get("via", ""), other)
        return arrived

    def _merge(self, token: Task, arrived: dict[str, Task]) -> None:
        """Let `token` stand for one token of each flow. It goes on in the branch that all of them are in."""
        branch = common_branch([other.internal_data.get("branch", "") for other in arrived.values()])
        token.internal_data.pop("branch", None)
        if branch:
            token.internal_data["branch"] = branch
        for other in arrived.values():
            if other is not token:
                discard(other)


class ParallelGateway(Join):
    """One token on every incoming flow (13.4.1)."""

    def _arrive(self, token: Task) -> bool:
        if len(self.incoming) < 2:
            return True
        arrived = self._arrived(token)
        if any(flow not in arrived for flow in self.incoming):
            token._set_state(TaskState.WAITING)
            return False
        self._merge(token, arrived)
        return True


class InclusiveGateway(Join):
    """Waits while a token elsewhere can still reach a flow that has none (13.4.3)."""

    def _arrive(self, token: Task) -> bool:
        if len(self.incoming) < 2:
            return True
        token._set_state(TaskState.WAITING)
        return False

    def may_go(self, token: Task) -> bool:
        """Whether the tokens that wait here go on as one, which is `token` then; asked when nothing else can move."""
        if token.state != TaskState.WAITING:
            return False
        arrived = self._arrived(token)
        if self._is_awaiting(token, set(arrived)):
            return False
        self._merge(token, arrived)
        return True

    def _is_awaiting(self, token: Task, flows: set[str]) -> bool:
        """Whether a token elsewhere can still come on another flow than `flows`, and not on one of these as well."""
        missing = self._upstream([flow for flow in self.incoming if flow not in flows])
        awaited = missing - self._upstream(list(flows))
        return any(other.task_spec.name in awaited for other in token.workflow.task_tree.children)

    def _upstream(self, flows: list[str]) -> set[str]:
        """Names of the steps from which one of `flows` can be reached without passing this gateway."""
        specs = self._wf_spec.task_specs
        front = [name for name in self.before if any(flow.id in flows for flow in specs[name].flows)]
        found = {self.name}
        while front:
            name = front.pop()
            if name not in found:
                found.add(name)
                front += specs[name].before
        return found - {self.name}


class ComplexGateway(InclusiveGateway):
    """Goes on once its activation condition holds, and then takes in what still comes (13.4.5).

    `activationCount` is the number of incoming flows with a token, and flows are chosen as behind an inclusive gateway.
    Until every flow that can still bring a token has brought one, a token stays here that takes them away; that is the
    reset, which sends nothing on.
    """

    def _arrive(self, token: Task) -> bool:
        if len(self.incoming) < 2:
            return True
        token._set_state(TaskState.WAITING)
        return self._resetting(token) is None and self._activate(token)

    def may_go(self, token: Task) -> bool:
        """Asked when nothing else can move: end a reset, and look whether those who came since are enough."""
        resetting = self._resetting(token)
        if resetting is not None:
            self._reset(resetting)
            return False
        return token.state == TaskState.WAITING and self._activate(token)

    def _activate(self, token: Task) -> bool:
        arrived = self._arrived(token)
        count = {"activationCount": len(arrived)}
        if here(token).evaluate(token, self.element.gate.activation_condition, count) is not True:
            return False
        if len(arrived) < len(self.incoming):
            resetting = put(token.workflow, self)
            resetting._set_state(TaskState.STARTED)
            resetting.internal_data["used"] = list(arrived)
        self._merge(token, arrived)
        return True

    def _reset(self, resetting: Task) -> None:
        used, arrived = set(resetting.internal_data["used"]), self._arrived(resetting)
        arrived.pop("", None)
        if self._is_awaiting(resetting, used | set(arrived)):
            return
        workflow = resetting.workflow
        for flow, other in arrived.items():
            if flow not in used:
                discard(other)
        discard(resetting)
        settle(workflow)

    def _resetting(self, token: Task) -> Task | None:
        others = token.workflow.task_tree.children
        return next((other for other in others if other.task_spec is self and "used" in other.internal_data), None)


class EventGateway(Step):
    """Owns the events behind it; the first that happens takes the others away (13.4.4)."""

    def _arrive(self, token: Task) -> bool:
        token._set_state(TaskState.STARTED)
        branch = token.internal_data.get("branch", "")
        happened = token.internal_data.pop("happened", "")
        for flow in self.flows:
            if is_there(token):
                spec = self._wf_spec.task_specs[flow.target]
                event = put(token.workflow, spec, parent=token, branch=branch, via=flow.id)
                event.task_spec._update(event)
        for event in token.children:
            if event.task_spec.name == happened:
                event.task_spec.fire(event)
        return False

    def won_by(self, token: Task, event: Task) -> None:
        """Let `event`, which happened, go on by itself; the others are over, unless the gateway waits for all."""
        release(event)
        here(token).took(token, [flow for flow in self.flows if flow.id == event.internal_data["via"]])
        if self.element.gate.event_type == "Parallel" and token.children:
            return
        here(token).left(token)
        for other in token.children:
            cancel(other)
        discard(token)


def common_branch(branches: list[str]) -> str:
    """The innermost branch around all `branches`, which are paths of numbers as `1/4`; empty outside of any."""
    common = []
    for parts in zip(*(branch.split("/") for branch in branches), strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return "/".join(common)
