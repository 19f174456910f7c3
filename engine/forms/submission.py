"""A submitted form: everything that is wrong at once, or typed values that may be stored."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from engine.errors import InvalidForm
from engine.forms.checks import Refused
from engine.forms.components import Component, Group, RowList
from engine.forms.fields import ExpressionField, Field, FileField, is_empty
from engine.forms.placing import Entered, Placed, merge, place
from engine.forms.scope import Scope, put

#: Most files that one field takes at a time.
MOST_FILES = 20

#: A message in the words of the form itself.
OWN_MESSAGE = "{text}"
UNFIT = "“{label}” does not fit the other answers"

#: Field name → message in English with parameters; the name `""` stands for the whole form.
Errors = dict[str, tuple[str, dict[str, object]]]


@dataclass(frozen=True)
class UploadedFile:
    """A file as it arrived; `size` in bytes, `media_type` as the browser claims it."""

    name: str
    media_type: str
    size: int
    stream: IO[bytes]


Files = Mapping[str, Sequence[UploadedFile]]


@dataclass(frozen=True)
class Submission:
    """What was answered: `values` typed and nested by key, `files` by field name.

    Values are Decimal, str, bool, date, time, aware datetime, lists of these, and lists of dicts for rows; None where
    an answer was emptied. Fields that are hidden, locked or were not on the page do not occur.
    """

    values: dict[str, Any]
    files: dict[str, tuple[UploadedFile, ...]]


def template_of(name: str) -> str:
    """The field name `name` without its row numbers: `measures[]amount` for `measures-3-amount`."""
    return re.sub(r"-[0-9]{1,3}-", "[]", name)


def submit(
    components: tuple[Component, ...], known: frozenset[str], entered: Entered, files: Files, scope: Scope
) -> Submission:
    """The typed answers; raises InvalidForm. `known`: the `template_of` every field; `scope`: the stored values."""
    collected = _Collected({}, {}, {})
    names = [name for name in entered if not name.startswith("_")]
    if any(template_of(name) not in known for name in [*names, *files]):
        collected.errors[""] = ("The form contains fields that do not belong to it", {})
    collected.take(place(components, entered, scope), files, collected.values)
    if collected.errors:
        raise InvalidForm(collected.errors)
    return Submission(collected.values, collected.files)


@dataclass(frozen=True)
class _Collected:
    """What was found so far."""

    values: dict[str, Any]
    files: dict[str, tuple[UploadedFile, ...]]
    errors: Errors

    def take(self, placed: Sequence[Placed], files: Files, values: dict[str, Any]) -> None:
        """Collect from `placed` into `values`."""
        for each in placed:
            component = each.component
            if isinstance(component, Group):
                self.take(each.rows[0].children, files, values)
            elif isinstance(component, RowList):
                self._take_list(each, component, files, values)
            elif isinstance(component, ExpressionField):
                put(values, component.key, each.answer)
            elif isinstance(component, FileField) and not each.locked:
                self._take_files(each, component, files.get(each.name, ()))
            elif isinstance(component, Field) and not each.locked:
                self._take_field(each, component, values)

    def _take_list(self, placed: Placed, component: RowList, files: Files, values: dict[str, Any]) -> None:
        rows: list[dict[str, Any]] = []
        for row in placed.rows:
            answers: dict[str, Any] = {}
            merge(answers, row.kept)
            found = len(self.errors) + len(self.files)
            self.take(row.children, files, answers)
            unfilled = component.rearrangeable and not row.kept and found == len(self.errors) + len(self.files)
            if not (unfilled and _is_blank(row.children)):
                rows.append(answers)
        if placed.entered is not None:
            put(values, component.key, rows)
        self._apply_rule(placed, component, answered=True)

    def _take_field(self, placed: Placed, field: Field, values: dict[str, Any]) -> None:
        if placed.refusal is not None:
            self._refuse(placed, field, placed.refusal)
        elif field.required and (placed.entered is None or is_empty(placed.answer)):
            self._refuse(placed, field, Refused(field.missing))
        elif placed.entered is not None:
            put(values, field.key, placed.answer)
            self._apply_rule(placed, field, answered=not is_empty(placed.answer))

    def _take_files(self, placed: Placed, field: FileField, files: Sequence[UploadedFile]) -> None:
        if refusal := _refuse_files(placed, field, files):
            self._refuse(placed, field, refusal)
        elif files:
            self.files[placed.name] = tuple(files)

    def _apply_rule(self, placed: Placed, component: Field | RowList, *, answered: bool) -> None:
        """A rule must be true; without an answer it must at least not be false, so that it may ask for one."""
        if component.rule.expression is None:
            return
        result = component.rule.of(placed.scope)
        if result is False or (answered and result is not True):
            message = component.rule_error.fill(placed.scope)
            self._add(placed, Refused(OWN_MESSAGE if message else UNFIT, text=message))

    def _refuse(self, placed: Placed, field: Field, refusal: Refused) -> None:
        message = field.error.fill(placed.scope)
        self._add(placed, Refused(OWN_MESSAGE, text=message) if message else refusal)

    def _add(self, placed: Placed, refusal: Refused) -> None:
        label = placed.component.label.fill(placed.scope) or placed.name
        self.errors[placed.name] = (refusal.template, {**refusal.params, "label": label})


def _is_blank(placed: Sequence[Placed]) -> bool:
    """Whether nobody wrote anything into these fields of a row."""
    fields = [each for each in placed if isinstance(each.component, Field) and not each.locked]
    inside = [row.children for each in placed for row in each.rows]
    return all(is_empty(each.answer) for each in fields) and all(_is_blank(children) for children in inside)


def _refuse_files(placed: Placed, field: FileField, files: Sequence[UploadedFile]) -> Refused | None:
    """Why `files` are not what the field asks for, or None."""
    if not files:
        missing = field.required and is_empty(placed.answer)
        return Refused(field.missing) if missing else None
    most = MOST_FILES if field.multiple.of(placed.scope) is True else 1
    if len(files) > most:
        return Refused("“{label}” takes at most {most} files", most=most)
    for file in files:
        if not file.size:
            return Refused("The file “{name}” in “{label}” is empty", name=file.name)
        if field.accepted and not any(_accepts(pattern, file) for pattern in field.accepted):
            return Refused("The file “{name}” in “{label}” is of a kind that is not accepted", name=file.name)
    return None


def _accepts(pattern: str, file: UploadedFile) -> bool:
    """Whether `file` is what one entry of HTML's `accept` names: `.pdf`, `image/*` or `image/png`."""
    if pattern.startswith("."):
        return PurePath(file.name).suffix.lower() == pattern.lower()
    if pattern.endswith("/*"):
        return file.media_type.lower().startswith(pattern[:-1].lower())
    return file.media_type.lower() == pattern.lower()
