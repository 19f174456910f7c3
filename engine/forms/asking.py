"""The components that ask something, read from form-js JSON."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.forms import problems
from engine.forms.checks import KNOWN, Check, find_check
from engine.forms.choices import ChoiceField
from engine.forms.components import Wording
from engine.forms.entries import Entries
from engine.forms.fields import DECISIONS, CheckboxField, ExpressionField, Field, FileField
from engine.forms.moments import MomentField
from engine.forms.numbers import NumberField
from engine.forms.patterns import PatternRefused, SlowPattern, compile_pattern
from engine.forms.texts import TextField
from engine.problems import Severity


def _asked(entries: Entries) -> dict[str, Any]:
    """What every component with an answer has."""
    kind = entries.raw.get("type")
    if kind != "expression" and not any(entries.raw.get(each) for each in ("label", "dateLabel", "timeLabel")):
        entries.findings.add(problems.NO_LABEL, entries.id, Severity.WARNING)
    default = entries.raw.get("defaultValue")
    if isinstance(default, int | float) and not isinstance(default, bool):
        default = Decimal(str(default))
    return {
        "required": entries.inner("validate").flag("required"),
        "disabled": entries.setting("disabled"),
        "readonly": entries.setting("readonly"),
        "default": default,
        "rule": entries.rule(),
        "rule_error": entries.own_words("rule"),
        "error": entries.own_words("error"),
        "personal": entries.properties.get("personal", "").lower() == "true",
        "presets": {act: entries.properties[act] for act in DECISIONS if entries.properties.get(act)},
        "anew": entries.properties.get("anew", "").lower() == "true",
    }


def _checks(entries: Entries, feel_type: str, *more: str) -> tuple[Check, ...]:
    """The checks of the property `check` (parted by commas) and those named `more`."""
    found = []
    named = [name.strip() for name in entries.properties.get("check", "").split(",")]
    for name in [*more, *filter(None, named)]:
        check = find_check(name, feel_type)
        if check is None:
            entries.findings.add(problems.UNKNOWN_CHECK, entries.id, check=name, known=", ".join(KNOWN))
        else:
            found.append(check)
    return tuple(found)


def _text_field(entries: Entries, asked: dict[str, Any]) -> Field:
    validate, appearance = entries.inner("validate"), entries.inner("appearance")
    kind = validate.text("validationType")
    compiled = None
    if pattern := validate.text("pattern"):
        try:
            compiled = compile_pattern(pattern)
        except PatternRefused as refusal:
            code = problems.PATTERN_SLOW if isinstance(refusal, SlowPattern) else problems.PATTERN
            entries.findings.add(code, entries.id, pattern=pattern, why=refusal.params["why"])
    return TextField(
        **asked,
        multiline=entries.raw.get("type") == "textarea",
        least=validate.setting("minLength"),
        most=validate.setting("maxLength"),
        pattern=compiled,
        pattern_error=validate.wording("patternErrorMessage"),
        validation_type=kind,
        checks=_checks(entries, "string", *([kind] if kind in ("email", "phone") else [])),
        autocomplete=entries.properties.get("autocomplete", ""),
        prefix=appearance.wording("prefixAdorner"),
        suffix=appearance.wording("suffixAdorner"),
    )


def _number_field(entries: Entries, asked: dict[str, Any]) -> Field:
    validate, appearance = entries.inner("validate"), entries.inner("appearance")
    decimals = entries.number("decimalDigits")
    return NumberField(
        **asked,
        decimals=None if decimals is None else int(decimals),
        step=entries.number("increment"),
        least=validate.setting("min"),
        most=validate.setting("max"),
        checks=_checks(entries, "number"),
        prefix=appearance.wording("prefixAdorner"),
        suffix=appearance.wording("suffixAdorner"),
    )


def _moment_field(entries: Entries, asked: dict[str, Any]) -> Field:
    subtype = entries.text("subtype") or "date"
    if subtype not in ("date", "time", "datetime"):
        entries.malformed("subtype", "date, time or datetime is expected")
        subtype = "date"
    return MomentField(
        **{**asked, "default": None},
        subtype=subtype,
        minutes=int(entries.number("timeInterval") or 0),
        no_past=entries.raw.get("disallowPassedDates") is True,
        checks=_checks(entries, "date and time" if subtype == "datetime" else subtype),
    )


def _choice_field(entries: Entries, asked: dict[str, Any]) -> Field:
    fixed: dict[str, tuple[Any, Wording]] = {}
    for raw in entries.items("values"):
        value = raw.get("value", raw.get("label"))
        if str(value) in fixed:
            entries.findings.add(problems.DUPLICATE_OPTION, entries.id, value=value)
        elif value is not None:
            fixed[str(value)] = (value, entries.translated(str(raw.get("label", value)), f"option:{value}"))
    source, source_key = entries.source("valuesExpression"), entries.text("valuesKey")
    if not fixed and not source_key and not entries.raw.get("valuesExpression"):
        entries.findings.add(problems.NO_OPTIONS, entries.id)
    return ChoiceField(
        **asked,
        multiple=entries.raw.get("type") in ("checklist", "taglist"),
        fixed=tuple(fixed.values()),
        source=source,
        source_key=source_key,
        checks=_checks(entries, "choice"),
    )


def _checkbox_field(entries: Entries, asked: dict[str, Any]) -> Field:
    return CheckboxField(**asked, checks=_checks(entries, "boolean"))


def _file_field(entries: Entries, asked: dict[str, Any]) -> Field:
    accepted = tuple(filter(None, (part.strip() for part in entries.text("accept").split(","))))
    return FileField(**asked, accepted=accepted, multiple=entries.setting("multiple"), checks=_checks(entries, "file"))


def _expression_field(entries: Entries, asked: dict[str, Any]) -> Field:
    return ExpressionField(**asked, expression=entries.source("expression"))


_READERS: dict[str, Callable[[Entries, dict[str, Any]], Field]] = {
    "textfield": _text_field,
    "textarea": _text_field,
    "number": _number_field,
    "datetime": _moment_field,
    "expression": _expression_field,
    "filepicker": _file_field,
    "checkbox": _checkbox_field,
    "checklist": _choice_field,
    "taglist": _choice_field,
    "radio": _choice_field,
    "select": _choice_field,
}
#: The component types with an answer.
FIELD_TYPES = frozenset(_READERS)


def read_field(entries: Entries, kind: str, common: dict[str, Any]) -> Field:
    """The field of type `kind` in `entries`; `common`: what every component has, and the key."""
    return _READERS[kind](entries, {**common, **_asked(entries)})
