"""The components of a form that ask something: what they share, and the plain ones.

Each reads the texts of a browser into one typed answer, and back. `read` raises Refused with a message for the
person, whose `{label}` is filled in where it is shown.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine import feel
from engine.forms.checks import Check, Refused
from engine.forms.components import NO_WORDS, Component, Wording
from engine.forms.scope import UNSET, Scope, Setting

Answer = Any

#: What a form may be decided by at once: with one click, or with one and a reason.
APPROVE, REFUSE = "approve", "refuse"
DECISIONS = (APPROVE, REFUSE)


@dataclass(frozen=True, kw_only=True)
class Field(Component, ABC):
    """A component with an answer, stored at `key`, its dotted path within the form or the list's row."""

    #: what is said when it is required and was left empty
    missing: ClassVar[str] = "“{label}” must be filled in"

    key: str
    required: bool = False
    disabled: Setting = UNSET
    readonly: Setting = UNSET
    default: Answer = None
    checks: tuple[Check, ...] = ()
    rule: Setting = UNSET
    rule_error: Wording = NO_WORDS
    error: Wording = NO_WORDS
    personal: bool = False
    #: a decision that is made each time: an open task does not offer what was answered before
    anew: bool = False
    #: what one of DECISIONS answers here: properties of the same name
    presets: Mapping[str, str] = field(default_factory=dict)

    @property
    def feel_type(self) -> str:
        """The FEEL type of the answer, `file` for files."""
        return "string"

    @property
    def lockable(self) -> bool:
        """Whether anything says that the person may only look."""
        return self.disabled != UNSET or self.readonly != UNSET

    def locked(self, scope: Scope) -> bool:
        """Whether the person may only look."""
        return self.disabled.of(scope) is True or self.readonly.of(scope) is True

    def accept(self, texts: Sequence[str], scope: Scope, /) -> Answer:
        """The typed answer in `texts`, None if nothing was filled in; raises Refused."""
        answer = self.read([text for text in texts if text.strip()], scope)
        if not is_empty(answer):
            for check in self.checks:
                answer = check(answer)
        return answer

    @abstractmethod
    def read(self, texts: Sequence[str], scope: Scope, /) -> Answer:
        """The typed answer in `texts` (none of them blank), before the checks; raises Refused."""

    def texts(self, answer: Answer) -> list[str]:
        """What a browser would send for `answer`."""
        return [] if answer is None else [feel.to_text(answer)]


def is_empty(answer: Answer) -> bool:
    """Whether nothing was answered; an unticked box counts, the number 0 does not."""
    return answer is None or answer is False or answer == "" or (isinstance(answer, list | tuple) and not answer)


def single(texts: Sequence[str]) -> str | None:
    """The one text of a field that takes one, or None; raises Refused if there are more."""
    if len(texts) > 1:
        raise Refused("“{label}” was answered more than once")
    return texts[0] if texts else None


@dataclass(frozen=True, kw_only=True)
class CheckboxField(Field):
    """A `checkbox`."""

    missing = "“{label}” must be ticked"

    @property
    def feel_type(self) -> str:
        """The FEEL type of the answer."""
        return "boolean"

    def read(self, texts: Sequence[str], _scope: Scope, /) -> bool:
        """Whether it is ticked."""
        text = (single(texts) or "false").strip().lower()
        if text not in ("true", "false"):
            raise Refused("“{label}” was answered with something that was not offered")
        return text == "true"

    def texts(self, answer: Answer) -> list[str]:
        """`true` or nothing."""
        return ["true"] if answer is True else []


@dataclass(frozen=True, kw_only=True)
class FileField(Field):
    """A `filepicker`: its files go beside the values; `accepted` lists extensions and media types, as in HTML."""

    missing = "“{label}” needs a file"

    accepted: tuple[str, ...] = ()
    multiple: Setting = UNSET

    @property
    def feel_type(self) -> str:
        """The FEEL type of the answer."""
        return "file"

    def read(self, _texts: Sequence[str], _scope: Scope, /) -> None:
        """Nothing: a file is never taken from a text."""


@dataclass(frozen=True, kw_only=True)
class ExpressionField(Field):
    """An `expression`: calculated here, never taken from the browser."""

    expression: Setting

    @property
    def feel_type(self) -> str:
        """The FEEL type of the answer."""
        return "Any"

    def read(self, _texts: Sequence[str], scope: Scope, /) -> Answer:
        """The calculated value."""
        return self.expression.of(scope)
