"""One form, read and ready: to show, to submit, to keep as a draft."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.feel.budget import STEPS, budget
from engine.forms import rows, submission
from engine.forms.components import Component, Group, RowList, walk
from engine.forms.fields import APPROVE, ExpressionField, Field
from engine.forms.placing import ROWS, Entered, Placed, place
from engine.forms.scope import Functions, Layered, Scope, put
from engine.forms.showing import show
from engine.forms.submission import Files, Submission
from engine.forms.view import Message, View

#: Work of all FEEL of a form together, each time it is shown or sent.
_STEPS = 10 * STEPS


@dataclass(frozen=True)
class Form:
    """A form of form-js. Immutable; safe to share between threads.

    `context` is always what is stored: nested mappings of FEEL values, which may be lazy. `fields` and `entered` are
    what a browser sent: field name → texts; names that start with `_` belong to the page and its buttons.
    """

    id: str
    components: tuple[Component, ...]
    #: dotted paths that its FEEL reads, its own keys among them
    names: frozenset[str]
    #: functions that its FEEL calls
    functions: frozenset[str]

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Every path it writes → FEEL type (`Any` for expressions, `list` for lists of rows, `file` for files)."""
        return {key: "list" if isinstance(found, RowList) else found.feel_type for key, found in self._top.items()}

    @cached_property
    def personal(self) -> frozenset[str]:
        """The paths of `keys` whose values are personal; a list is, if anything in its rows is."""
        return frozenset(key for key, found in self._top.items() if _is_personal(found))

    @cached_property
    def is_decision(self) -> bool:
        """Whether some field says what approving answers: then it can be decided where it is read."""
        return bool(self.preset(APPROVE))

    def preset(self, decision: str) -> dict[str, list[str]]:
        """What `decision` (approve or refuse) answers, as a browser would send it: field name → texts."""
        asked = {key: found.presets.get(decision) for key, found in self._top.items() if isinstance(found, Field)}
        return {key: [text] for key, text in asked.items() if text}

    def at_task(self, context: Mapping[str, Any]) -> Mapping[str, Any]:
        """`context` as the form reads it at an open task: without earlier answers to what is decided anew each time."""
        blank: dict[str, Any] = {}
        for key, found in self._top.items():
            if isinstance(found, Field) and found.anew:
                put(blank, key, None)
        return Layered(context, blank) if blank else context

    @cached_property
    def _top(self) -> dict[str, "Field | RowList"]:
        return dict(_keyed(self.components))

    @cached_property
    def _known(self) -> frozenset[str]:
        """The names a browser may send, without row numbers; those of `_rows:` too."""
        return frozenset(_inputs(self.components, ""))

    @budget(_STEPS)
    def view(
        self,
        context: Mapping[str, Any],
        values: Entered,
        language: str,
        functions: Functions | None = None,
        errors: Mapping[str, Message] | None = None,
    ) -> View:
        """The form as it is shown in `language`.

        `values`: what the person entered so far, as `draft` and `rearrange` give it, or what was just sent; empty at
        first. `errors`: those of InvalidForm.
        """
        placed = place(self.components, values, Scope(context, functions, language))
        return show(placed, errors or {}, conditional=self._conditional)

    @budget(_STEPS)
    def submit(
        self,
        fields: Entered,
        files: Files,
        context: Mapping[str, Any],
        language: str = "en",
        functions: Functions | None = None,
    ) -> Submission:
        """The typed answers; raises InvalidForm with everything that is wrong, labels in `language`."""
        return submission.submit(self.components, self._known, fields, files, Scope(context, functions, language))

    def draft(self, fields: Entered) -> dict[str, list[str]]:
        """What of `fields` belongs to the form, unchecked, in plain JSON: the `values` of a later `view`."""
        return rows.keep_draft(self._known, fields)

    def is_rearrangement(self, fields: Mapping[str, object]) -> bool:
        """Whether a button was pressed that adds or removes a row of a list."""
        return rows.is_rearrangement(fields)

    @budget(_STEPS)
    def rearrange(
        self, fields: Entered, context: Mapping[str, Any], functions: Functions | None = None
    ) -> dict[str, list[str]]:
        """`fields` with the row added or removed, to be given to `view` as `values`."""
        placed = place(self.components, fields, Scope(context, functions))
        return self.draft(rows.rearrange(placed, fields))

    @budget(_STEPS)
    def defaults(self, context: Mapping[str, Any], functions: Functions | None = None) -> dict[str, Any]:
        """Path → value of the visible fields that have one before anybody types."""
        return dict(_standing(place(self.components, {}, Scope(context, functions))))

    @cached_property
    def _conditional(self) -> bool:
        """Whether an answer can change what is asked, offered or locked."""
        return any(each.hide.expression is not None for each in walk(self.components))


def _standing(placed: Sequence[Placed]) -> Iterator[tuple[str, Any]]:
    for each in placed:
        if isinstance(each.component, Group):
            yield from _standing(each.rows[0].children)
        elif isinstance(each.component, Field) and each.answer is not None:
            yield each.component.key, each.answer


def _keyed(components: Sequence[Component]) -> "list[tuple[str, Field | RowList]]":
    found: list[tuple[str, Field | RowList]] = []
    for component in components:
        if isinstance(component, Group):
            found.extend(_keyed(component.components))
        elif isinstance(component, Field | RowList):
            found.append((component.key, component))
    return found


def _inputs(components: Sequence[Component], prefix: str) -> list[str]:
    found = []
    for key, component in _keyed(components):
        if isinstance(component, RowList):
            found.append(ROWS + prefix + key)
            found.extend(_inputs(component.components, f"{prefix}{key}[]"))
        elif not isinstance(component, ExpressionField):
            found.append(prefix + key)
    return found


def _is_personal(component: Field | RowList) -> bool:
    if isinstance(component, Field):
        return component.personal
    return any(isinstance(each, Field) and each.personal for each in walk(component.components))
