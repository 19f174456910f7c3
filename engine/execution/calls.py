"""Where called processes come from, and which version of one a call activity calls (`calledElementBinding`)."""

from typing import Protocol

from SpiffWorkflow.task import Task

from engine.bpmn.model import Model, Process
from engine.errors import NotFound

#: How a call may be bound to another version than the active one → what is told when there is none.
BINDINGS = {
    "deployment": "the deployment has no process “{process}” to be called",
    "version": "there is no version {version} of the process “{process}” to be called",
    "versionTag": "there is no version “{version}” of the process “{process}” to be called",
}


class Library(Protocol):
    """Where called processes come from."""

    def by_key(self, key: str) -> tuple[int, Model, Process]:
        """Definition id, model and process of the active version of `key`; raises NotFound."""

    def by_id(self, definition_id: int) -> tuple[int, Model, Process]:
        """The same for one definition."""

    def bound(self, key: str, binding: str, version: str, caller: int) -> tuple[int, Model, Process]:
        """The same for what the definition `caller` calls; raises NotFound.

        `binding`: `deployment` for the process in the deployment of the caller, `version` or `versionTag` for the one
        that `version` says.
        """


def called(library: Library, token: Task, key: str, version: str, caller: int) -> tuple[int, Model, Process]:
    """What the call activity of `token`, in the definition `caller`, calls as `key`. Raises ModelFault."""
    binding = token.task_spec.element.called_binding
    try:
        return library.bound(key, binding, version, caller) if binding in BINDINGS else library.by_key(key)
    except NotFound as error:
        why = BINDINGS.get(binding, "there is no active process “{process}” to be called")
        raise token.task_spec.fault(why, process=key, version=version) from error
