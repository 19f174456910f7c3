"""The variables of one execution: where a token reads and writes, and how its expressions are evaluated."""

from collections.abc import Callable, Mapping
from typing import Any

from SpiffWorkflow.task import Task

from engine.applications import PathType, Record
from engine.bpmn.expressions import is_expression, parsed
from engine.bpmn.tokens import owner_of
from engine.errors import FeelError, ModelFault
from engine.execution.scopes import INSTANCE, Reading, RecordReading, set_nested


class Variables:
    """Scopes by id: `INSTANCE`, the id of the token that opened a scope, or `branch:<number>`."""

    def __init__(
        self,
        functions: Mapping[str, Callable[..., Any]],
        record: Record | None = None,
        record_name: str = "",
        paths: Mapping[str, PathType] | None = None,
    ) -> None:
        self.scopes: dict[str, dict[str, Any]] = {INSTANCE: {}}
        #: scopes beyond which the inside of a called process does not look
        self.roots: set[str] = set()
        self.branches = 0
        self.functions = functions
        self.record = record
        self.record_name = record_name
        #: set by every write; the runner then looks at conditional events
        self.written = False
        readable = frozenset(path for path, kind in (paths or {}).items() if kind.readable)
        self._record = RecordReading(record_name, record, readable) if record is not None else None

    # --- reading

    def reading(self, token: Task | None) -> Reading:
        """What an expression at `token` sees; None: at the process itself."""
        return Reading(self._chain(token), self._record)

    def evaluate(self, token: Task | None, text: str) -> Any:
        """The value of a FEEL text at `token`. Raises ModelFault naming the text when it cannot be calculated."""
        try:
            return parsed(text).evaluate(self.reading(token), self.functions)
        except FeelError as error:
            element = token.task_spec.element if token is not None else None
            raise ModelFault(
                element=(element.name or element.id) if element else "", why=f"“{text}”: {error.message}"
            ) from error

    def value(self, token: Task | None, text: str) -> Any:
        """As `evaluate` for a wrapped expression; other text stands for itself."""
        return self.evaluate(token, text) if is_expression(text) else text

    # --- writing

    def write(self, token: Task | None, name: str, value: Any) -> None:
        """Set `name`: a record path in the record, else in the nearest scope that has the name, else outermost."""
        self.written = True
        first, _, rest = name.partition(".")
        if rest and first == self.record_name and self.record is not None:
            self.record.set(rest, value)
            return
        chain = self._chain(token)
        scope = next((scope for scope in chain if first in scope), chain[-1])
        set_nested(scope, name, value)

    def open_scope(self, token: Task, values: Mapping[str, Any], *, root: bool = False) -> None:
        """Give `token` a scope with `values`, or add them to the one it has."""
        key = str(token.id)
        self.scopes.setdefault(key, {}).update(values)
        if root:
            self.roots.add(key)
        self.written = True

    def close_scope(self, token: Task) -> None:
        """Forget the scope of `token`, if it has one."""
        self.scopes.pop(str(token.id), None)
        self.roots.discard(str(token.id))

    def open_branch(self, token: Task, values: Mapping[str, Any]) -> str:
        """A scope for the branch that starts at `token`; returns its id, or the id of the branch the token is in."""
        outer = token.internal_data.get("branch", "")
        if not values:
            return str(outer)
        self.branches += 1
        key = f"branch:{self.branches}"
        self.scopes[key] = {**self.scopes.get(outer, {}), **values}
        return key

    def drop_unused(self, tokens: list[Task]) -> None:
        """Forget the scopes of branches and tokens that are gone."""
        used = {INSTANCE, *(str(token.id) for token in tokens)}
        used |= {token.internal_data["branch"] for token in tokens if "branch" in token.internal_data}
        for key in [key for key in self.scopes if key not in used]:
            del self.scopes[key]
            self.roots.discard(key)

    def _chain(self, token: Task | None) -> list[dict[str, Any]]:
        chain: list[dict[str, Any]] = []
        inside = False
        while token is not None:
            key = str(token.id)
            if key in self.scopes and (inside or key not in self.roots):
                chain.append(self.scopes[key])
                if key in self.roots:
                    return chain
            branch = token.internal_data.get("branch")
            if branch in self.scopes:
                chain.append(self.scopes[branch])
            parent = token.parent
            if parent is not None and parent is not token.workflow.task_tree:
                token, inside = parent, False
            else:
                token, inside = owner_of(token.workflow), True
        return [*chain, self.scopes[INSTANCE]]
