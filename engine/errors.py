"""Every error raised on purpose. The docstring of a class is its default message, in plain words for a person.

`RedressError.message` is the English text; the pages translate the class's docstring and fill in `params`.
"""

from collections.abc import Iterable


class RedressError(Exception):
    """Something went wrong."""

    #: HTTP status of the page or answer that shows this error.
    status = 400

    def __init__(self, message: str = "", **params: object) -> None:
        self.template = message or (type(self).__doc__ or "").strip()
        self.params = params
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The English text with its parameters filled in."""
        return self.template.format(**self.params) if self.params else self.template


# --- asking for what is not there, or not allowed -------------------------------------------------------------


class NotFound(RedressError):
    """There is nothing here, or you may not see it."""

    status = 404


class NotAllowed(RedressError):
    """You may not do this."""

    status = 403


class SeparationOfDuty(NotAllowed):
    """You already acted on this case as {role}; another person must do this step."""


class FourEyes(NotAllowed):
    """You proposed this yourself; another person must confirm it."""


# --- somebody or something was faster ---------------------------------------------------------------------------


class Conflict(RedressError):
    """This changed in the meantime. Look at it again and repeat what is still needed."""

    status = 409


class TaskNotActive(Conflict):
    """This task is no longer open: {what_happened}"""


class TaskTaken(Conflict):
    """This task was taken by {name} in the meantime."""


class TaskMoved(Conflict):
    """This task changed hands in the meantime: {name} has it now."""


class TaskFreed(Conflict):
    """This task was given back in the meantime; nobody has it now."""


class ConcurrentUpdate(Conflict):
    """Somebody else changed this case at the same moment. Nothing of yours was saved; please try again."""


class InstanceEnded(Conflict):
    """This case has ended; nothing can be changed any more."""


class NotLatest(Conflict):
    """You worked on version {base}, but version {latest} was deployed in the meantime."""


class AlreadyDone(Conflict):
    """This was done before; the first result stands."""


class TooLate(Conflict):
    """It is too late for this: {why}"""


# --- input --------------------------------------------------------------------------------------------------------


class InvalidInput(RedressError):
    """This cannot be accepted: {why}"""

    status = 422


class InvalidForm(RedressError):
    """Some fields need another look."""

    status = 422

    def __init__(self, errors: "dict[str, tuple[str, dict[str, object]]]") -> None:
        """`errors`: field path → (English message template, its parameters)."""
        super().__init__()
        self.errors = errors


class NotStartedByHand(InvalidInput):
    """The process “{process}” begins by itself, with an event; nobody can start it by hand."""


class FileRefused(InvalidInput):
    """The file “{name}” was not accepted: {why}"""


class InvalidTable(RedressError):
    """The table has problems; nothing was changed."""

    status = 422

    def __init__(self, flaws: Iterable[object]) -> None:
        """`flaws`: the `engine.reference.Flaw`s that were found, each with its place."""
        super().__init__()
        self.flaws = tuple(flaws)


# --- models -------------------------------------------------------------------------------------------------------


class InvalidModel(RedressError):
    """The model has problems and was not deployed."""

    status = 422

    def __init__(self, problems: "list[object]") -> None:
        """`problems`: a list of `engine.problems.Problem`, all that were found."""
        super().__init__()
        self.problems = problems


class FeelError(RedressError):
    """The expression cannot be used: {why}"""


class FeelSyntaxError(FeelError):
    """The expression cannot be read at position {position}: {why}"""


class FeelBudgetExceeded(FeelError):
    """The expression takes too long to calculate."""


class DecisionFault(RedressError):
    """The decision {decision} gives no usable result: {why}"""


class ModelFault(RedressError):
    """The step {element} of the diagram cannot go on: {why}"""


class StateUnreadable(RedressError):
    """The stored state of this case does not fit its process definition: {why}"""


# --- running ------------------------------------------------------------------------------------------------------


class BpmnError(RedressError):
    """The task reported the error {code}."""

    def __init__(self, code: str, message: str = "", variables: "dict[str, object] | None" = None) -> None:
        super().__init__(message, code=code)
        self.code = code
        self.variables = variables or {}


class TopicFailed(RedressError):
    """The automatic step failed: {why}"""


class TopicFailedForGood(TopicFailed):
    """The automatic step cannot succeed: {why}"""


class MessageAmbiguous(Conflict):
    """Several cases wait for this message: {keys}. Name the one you mean."""


class MessageRejected(Conflict):
    """The case this message is meant for has ended."""


# --- keys and set-up ------------------------------------------------------------------------------------------------


class Erased(RedressError):
    """The personal data of this case was erased."""

    status = 410


class WrongKey(RedressError):
    """The key file {path} does not open this installation's data: {why}"""

    status = 500


class BadSetting(RedressError):
    """The setting {name} cannot be used: {why}"""

    status = 500


class NotADemo(RedressError):
    """This works only on a database marked as demo or scratch."""


class ChainBroken(RedressError):
    """The history is not intact: {why}"""

    status = 500
