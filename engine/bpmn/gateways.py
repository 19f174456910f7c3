"""Gateways. Joins count arrivals by the sequence flow on which a token came, never by walking a token's past."""

from collections.abc import Iterable

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Flow
from engine.bpmn.expressions import parsed
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
        missing = upstream(self, set(self.incoming) - flows)
        awaited = missing - upstream(self, flows)
        return any(other.task_spec.name in awaited for other in token.workflow.task_tree.children)


class ComplexGateway(InclusiveGateway):
    """Goes on once its activation condition holds, and then takes in what still comes (13.4.5).

    `activationCount` is the number of incoming flows with a token, and flows are chosen as behind an inclusive gateway.
    Until every flow that can still bring a token has brought one, a token stays here that takes them away: the reset.
    Then the conditions of the outgoing flows are evaluated once more: those that hold are taken, else the default; it
    is no fault when there is none. `waitingForStart` is true for conditions at the activation and false at the reset.

    Ours, where the standard leaves room: a flow without a condition is taken at the activation only, so that a
    discriminator goes on once; and unless a condition asks for `waitingForStart`, nothing is sent on by a reset to
    which no token came, which is not to be told from the end of the activation.
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
        self._merge(token, arrived)
        if len(arrived) < len(self.incoming) or self._asks_for_state:
            resetting = put(token.workflow, self, branch=token.internal_data.get("branch", ""))
            resetting._set_state(TaskState.STARTED)
            resetting.internal_data["used"] = list(arrived)
        return True

    def _reset(self, resetting: Task) -> None:
        used, arrived = set(resetting.internal_data["used"]), self._arrived(resetting)
        arrived.pop("", None)
        if resetting.state != TaskState.STARTED or self._is_awaiting(resetting, used | set(arrived)):
            return
        late = [other for flow, other in arrived.items() if flow not in used]
        for other in late:
            discard(other)
        if self._asks_for_state or (late and self._conditional):
            resetting._ready()
            return
        workflow = resetting.workflow
        discard(resetting)
        settle(workflow)

    def _choose(self, token: Task) -> list[Flow]:
        if "used" not in token.internal_data:
            return super()._choose(token)
        true = [flow for flow in self._conditional if self.holds(token, flow)]
        return true or [flow for flow in self.flows if flow.id == self.element.default]

    def holds(self, token: Task, flow: Flow) -> bool:
        """Whether `flow` has a condition that is true in the state in which the gateway is."""
        state = {"waitingForStart": "used" not in token.internal_data}
        return bool(flow.condition) and here(token).evaluate(token, flow.condition, state) is True

    @property
    def _conditional(self) -> list[Flow]:
        return [flow for flow in self.flows if flow.condition and flow.id != self.element.default]

    @property
    def _asks_for_state(self) -> bool:
        return any(asks_for_state(flow.condition) for flow in self._conditional)

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
        here(token).hand_over(token)
        here(token).left(token)
        for other in token.children:
            cancel(other)
        discard(token)


def upstream(step: Step, flows: Iterable[str]) -> set[str]:
    """Names of the steps from which one of the incoming `flows` of `step` can be reached without passing `step`."""
    specs, wanted = step._wf_spec.task_specs, set(flows)
    front = [name for name in step.before if any(flow.id in wanted for flow in specs[name].flows)]
    found = {step.name}
    while front:
        name = front.pop()
        if name not in found:
            found.add(name)
            front += specs[name].before
    return found - {step.name}


def asks_for_state(condition: str) -> bool:
    """Whether a flow's `condition` asks in which state the complex gateway before it is (13.4.5, `waitingForStart`)."""
    return "waitingForStart" in parsed(condition).names


def common_branch(branches: list[str]) -> str:
    """The innermost branch around all `branches`, which are paths of numbers as `1/4`; empty outside of any."""
    common = []
    for parts in zip(*(branch.split("/") for branch in branches), strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return "/".join(common)
