"""The variables of one execution: where a token reads and writes, and how its expressions are evaluated."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from SpiffWorkflow.task import Task

from engine.applications import PathType, Record
from engine.bpmn.expressions import is_expression, parsed
from engine.bpmn.tokens import NOTHING, activity_around, loop_around, owner_of
from engine.errors import FeelError, ModelFault, RedressError
from engine.execution.scopes import INSTANCE, Reading, RecordReading, set_nested
from engine.feel import in_business_zone

#: What stands before the token's id in the key of a called process's scope, and before the number of a branch.
CALLED = "call:"
BRANCH = "branch:"


class Variables:
    """Scopes by key: `INSTANCE`, the id of the token that opened one, a called process, or a branch.

    A branch is a path of numbers, as `3/7`: branch 7 began inside branch 3.
    """

    def __init__(
        self,
        functions: Mapping[str, Callable[..., Any]],
        record: Record | None = None,
        record_name: str = "",
        paths: Mapping[str, PathType] | None = None,
    ) -> None:
        self.scopes: dict[str, dict[str, Any]] = {INSTANCE: {}}
        #: number of the newest branch
        self.branches = 0
        self.functions = functions
        self.record = record
        self.record_name = record_name
        #: set by every write; the runner then looks at conditional events
        self.written = False
        readable = frozenset(path for path, kind in (paths or {}).items() if kind.readable)
        self._record = RecordReading(record_name, record, readable) if record is not None else None

    # --- reading

    def reading(self, token: Task | None, local: Mapping[str, Any] = NOTHING) -> Reading:
        """What an expression at `token` sees, `local` names first; None: at the process itself."""
        chain, _ = self._chain(token)
        return Reading([dict(local), *chain] if local else chain, self._record)

    def reading_called(self, token: Task) -> Reading:
        """What is seen inside the process that `token` calls."""
        return Reading([self.scopes.get(CALLED + token.id, {})], self._record)

    def evaluate(self, token: Task | None, text: str, local: Mapping[str, Any] = NOTHING) -> Any:
        """The value of a FEEL text at `token`. Raises ModelFault naming the text when it cannot be calculated."""
        return self.evaluate_in(self.reading(token, local), token, text)

    def evaluate_in(self, reading: Reading, token: Task | None, text: str) -> Any:
        """As `evaluate`, with what is seen given; `token` for the error."""
        try:
            return parsed(text).evaluate(reading, self.functions)
        except FeelError as error:
            element = token.task_spec.element if token is not None else None
            name = (element.name or element.id) if element else ""
            raise ModelFault(element=name, why=RedressError("“{text}”: {error}", text=text, error=error)) from error

    def value(self, token: Task | None, text: str) -> Any:
        """As `evaluate` for a wrapped expression; other text stands for itself."""
        return self.evaluate(token, text) if is_expression(text) else text

    # --- writing

    def write(self, token: Task | None, name: str, value: Any) -> None:
        """Set `name`: a record path in the record, else in the nearest scope that has the name, else outermost.

        Outermost is the instance; in a called process, that process; in an item of a multi-instance activity, the item.
        """
        chain, reach = self._chain(token)
        first = name.partition(".")[0]
        self._put(next((scope for scope in chain[:reach] if first in scope), chain[reach - 1]), name, value)

    def take(self, token: Task, values: Mapping[str, Any]) -> None:
        """Write what came from outside: into the token's own scope where an output mapping follows, else outward."""
        if token.task_spec.element.outputs:
            self.open_scope(token, values)
            return
        for name, value in values.items():
            self.write(token, name, value)

    def open_scope(self, token: Task, values: Mapping[str, Any]) -> None:
        """Give `token` a scope with `values`, or add them to the one it has."""
        self._fill(token.id, values)

    def close_scope(self, token: Task) -> None:
        """Forget the scope of `token`, if it has one."""
        self.scopes.pop(token.id, None)
        self.scopes.pop(CALLED + token.id, None)

    def open_call(self, token: Task, values: Mapping[str, Any]) -> None:
        """Begin the scope of the process that `token` calls: from inside, nothing further out is seen."""
        self._fill(CALLED + token.id, values)

    def branch_off(self, token: Task, branch: str, own: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
        """Let `token` go on behind a boundary event whose activity is in `branch`.

        What the event says itself stays in a branch of its own, and so does the payload where it is mapped or the event
        may happen again meanwhile.
        """
        element = token.task_spec.element
        outward = element.interrupting and not element.outputs
        local = {**own} if outward else {**own, **payload}
        if local:
            branch = self._open_branch(branch, local)
        if branch:
            token.internal_data["branch"] = branch
        if outward:
            self.take(token, payload)

    def drop_unused(self, tokens: list[Task]) -> None:
        """Forget the scopes of branches in which there is no token any more."""
        used = {branch for token in tokens for branch in _branches(token)}
        ended = [key for key in self.scopes if key.startswith(BRANCH) and key.removeprefix(BRANCH) not in used]
        for key in ended:
            del self.scopes[key]

    def _open_branch(self, outer: str, values: Mapping[str, Any]) -> str:
        # A branch whose every name is hidden is left behind; else a loop through the event would nest without end.
        while outer and self.scopes[BRANCH + outer].keys() <= values.keys():
            outer = outer.rpartition("/")[0]
        self.branches += 1
        branch = f"{outer}/{self.branches}" if outer else str(self.branches)
        self._fill(BRANCH + branch, values)
        return branch

    def _fill(self, key: str, values: Mapping[str, Any]) -> None:
        scope = self.scopes.setdefault(key, {})
        for name, value in values.items():
            # A data object that is named like the record stands for it, and does not hide it.
            if value is not None or name != self.record_name:
                self._put(scope, name, value)

    def _put(self, scope: dict[str, Any], name: str, value: Any) -> None:
        self.written = True
        first, _, rest = name.partition(".")
        if rest and first == self.record_name and self.record is not None:
            self.record.set(rest, value)
        else:
            set_nested(scope, name, in_business_zone(value))

    def _chain(self, token: Task | None) -> tuple[list[dict[str, Any]], int]:
        """The scopes around `token` from the inside out, and how many of them it may write to."""
        chain: list[dict[str, Any]] = []
        reach = 0
        while token is not None:
            if token.id in self.scopes:
                chain.append(self.scopes[token.id])
            owner = owner_of(token)
            if not reach and _is_item(token):
                reach = len(chain)
            if owner is None:
                chain += [self.scopes[BRANCH + branch] for branch in _branches(token)]
                owner = activity_around(token.workflow)
                if owner is not None and CALLED + owner.id in self.scopes:
                    chain.append(self.scopes[CALLED + owner.id])
                    return chain, reach or len(chain)
            token = owner
        chain.append(self.scopes[INSTANCE])
        return chain, reach or len(chain)


def _is_item(token: Task) -> bool:
    """Whether `token` is an item of a multi-instance activity, which keeps what is written in it."""
    loop = loop_around(token)
    return loop is not None and loop.task_spec.loop.kind != "standard"


def _branches(token: Task) -> Iterator[str]:
    """The branches around `token`, from the inside out."""
    branch = token.internal_data.get("branch", "")
    while branch:
        yield branch
        branch = branch.rpartition("/")[0]
