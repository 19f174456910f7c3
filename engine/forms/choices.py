"""Choices of a form: `radio`, `select`, `checklist` and `taglist`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from engine import clock, feel
from engine.feel import Expression
from engine.forms.checks import Refused
from engine.forms.components import Wording, short_language
from engine.forms.fields import Answer, Field, single
from engine.forms.scope import UNSET, Scope, Setting, dig


@dataclass(frozen=True)
class Offer:
    """One option: its value, and its label in the reader's language."""

    value: Answer
    label: str


@dataclass(frozen=True, kw_only=True)
class ChoiceField(Field):
    """`radio`, `select` (one answer), `checklist` and `taglist` (a list of answers)."""

    missing = "“{label}” needs a choice"

    multiple: bool = False
    fixed: tuple[tuple[Answer, Wording], ...] = ()
    source: Setting = UNSET
    source_key: str = ""

    @property
    def feel_type(self) -> str:
        """The FEEL type of the answer."""
        return "list" if self.multiple else "string"

    def offers(self, scope: Scope) -> Mapping[str, Offer]:
        """What can be chosen now: text that stands for it → offer."""
        source = self.source.expression
        if self.source_key:
            return _offers(dig(scope.values, self.source_key), scope.language)
        if source is None:
            return {feel.to_text(value): Offer(value, label.fill(scope)) for value, label in self.fixed}
        if source.names or source.names_in_filters:
            return _offers(scope.evaluate(source), scope.language)
        functions = frozenset((scope.functions or {}).items())
        return _constant_offers(source, functions, scope.language, clock.now().astimezone(clock.zone()).date())

    def read(self, texts: Sequence[str], scope: Scope, /) -> Answer:
        """The chosen values, which must be offered."""
        if not self.multiple:
            single(texts)
        offers = self.offers(scope) if texts else {}
        if any(text not in offers for text in texts):
            raise Refused("“{label}” was answered with something that was not offered")
        chosen = [offers[text].value for text in dict.fromkeys(texts)]
        return chosen if self.multiple else chosen[0] if chosen else None

    def texts(self, answer: Answer) -> list[str]:
        """The texts that stand for the chosen values."""
        values = answer if isinstance(answer, list | tuple) else [answer]
        return [feel.to_text(value) for value in values if value is not None]


@lru_cache(maxsize=512)
def _constant_offers(
    source: Expression, functions: frozenset[tuple[str, Callable[..., Any]]], language: str, _on: date
) -> Mapping[str, Offer]:
    """The offers of a list that reads nothing of the case, as `codes("unit")`: every form asks for it again and again.

    What the functions give may change from one day to the next.
    """
    return _offers(Scope({}, dict(functions), language).evaluate(source), language)


def _offers(found: Answer, language: str) -> dict[str, Offer]:
    offers = [_offer(item, language) for item in found] if isinstance(found, list | tuple) else []
    return {feel.to_text(offer.value): offer for offer in offers if offer.value is not None}


def _offer(item: Answer, language: str) -> Offer:
    """An option from FEEL: a plain value, or a context with `value`, `label`, and labels per language."""
    if not isinstance(item, Mapping):
        return Offer(item, "" if item is None else feel.to_text(item))
    value = item.get("value", item.get("label"))
    label = item.get(short_language(language)) or item.get("label") or value
    return Offer(value, "" if label is None else feel.to_text(label))
