"""From a placed field to the question that a page shows."""

from typing import Any

from engine import clock
from engine.forms.choices import ChoiceField
from engine.forms.fields import ExpressionField, Field, FileField
from engine.forms.moments import MomentField
from engine.forms.numbers import NumberField, limit
from engine.forms.placing import Placed
from engine.forms.scope import Scope
from engine.forms.texts import TextField
from engine.forms.view import Message, Option, Question


def question(field: Field, placed: Placed, common: dict[str, Any], error: Message | None) -> Question:
    """The question of `field` as it was placed; `common`: id, row and columns."""
    scope = placed.scope
    texts = tuple(field.texts(placed.answer) if placed.entered is None else filter(str.strip, placed.entered))
    options = _options(field, scope, common["id"], texts)
    return Question(
        **common,
        kind=_kind(field),
        name=placed.name,
        label=field.label.fill(scope),
        description=field.description.fill(scope),
        required=field.required,
        locked=placed.locked,
        texts=texts,
        shown=tuple(option.label for option in options if option.chosen) if options else texts,
        options=options,
        attributes=_attributes(field, scope),
        prefix=field.prefix.fill(scope) if isinstance(field, TextField | NumberField) else "",
        suffix=field.suffix.fill(scope) if isinstance(field, TextField | NumberField) else "",
        error=error,
    )


def _kind(field: Field) -> str:
    match field:
        case TextField():
            return "textarea" if field.multiline else "text"
        case MomentField():
            return field.subtype
        case ChoiceField():
            return "checklist" if field.multiple else field.type
        case ExpressionField():
            return "output"
        case FileField():
            return "file"
    return field.type


def _options(field: Field, scope: Scope, element_id: str, texts: tuple[str, ...]) -> tuple[Option, ...]:
    if not isinstance(field, ChoiceField):
        return ()
    offers = field.offers(scope).items()
    return tuple(
        Option(id=f"{element_id}-{number}", value=text, label=offer.label, chosen=text in texts)
        for number, (text, offer) in enumerate(offers)
    )


def _attributes(field: Field, scope: Scope) -> dict[str, str]:
    """HTML attributes of the input, without empty ones."""
    found: dict[str, str | None] = {}
    match field:
        case TextField():
            modes = {"email": "email", "phone": "tel"}
            found = {"inputmode": modes.get(field.validation_type), "autocomplete": field.autocomplete}
        case NumberField():
            found = {"inputmode": "numeric" if field.decimals == 0 else "decimal", "autocomplete": "off"}
            if (least := limit(field.least, scope)) is None or least < 0:
                # Number pads of telephones have no minus sign.
                found["inputmode"] = None
        case MomentField():
            earliest = (
                clock.now().astimezone(clock.zone()).replace(hour=0, minute=0, second=0) if field.no_past else None
            )
            found = {
                "min": field.texts(earliest)[0] if earliest and field.subtype != "time" else None,
                "step": str(field.minutes * 60) if field.minutes else None,
            }
        case FileField():
            found = {
                "accept": ",".join(field.accepted),
                "multiple": "multiple" if field.multiple.of(scope) is True else None,
            }
    return {name: value for name, value in found.items() if value}
