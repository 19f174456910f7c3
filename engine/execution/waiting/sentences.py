"""Sentences about where a case stands, in both languages, with what they speak of as structured values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from engine import clock, feel
from engine.bpmn.elements import Element

#: How much of a value is shown.
_LENGTH = 200


class Sentence(NamedTuple):
    """One sentence; `{name}` stands for a parameter."""

    en: str
    zh: str


class Incoming(NamedTuple):
    """A sequence flow into a join, and where it comes from."""

    flow: str
    source: Element


@dataclass(frozen=True)
class Said:
    """A sentence with its parameters: elements, flows, values by name, moments, texts, numbers, tuples of these."""

    sentence: Sentence
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """The sentence in `language` (`en` or `zh`)."""
        template = self.sentence.zh if language.startswith("zh") else self.sentence.en
        return template.format(**{name: _shown(value, language) for name, value in self.params.items()})


def paragraph(said: tuple[Said, ...], language: str) -> str:
    """The sentences one after the other."""
    return ("" if language.startswith("zh") else " ").join(each.text(language) for each in said)


def plain(value: Any) -> Any:
    """A parameter without our types: elements and flows as ids, tuples as lists, moments in ISO 8601, else as it is."""
    match value:
        case Element():
            return value.id
        case Incoming():
            return value.flow
        case tuple():
            return [plain(each) for each in value]
        case datetime():
            return value.isoformat()
        case _:
            return value


def _shown(value: Any, language: str) -> str:
    is_chinese = language.startswith("zh")
    match value:
        case Element():
            return _element(value, language)
        case Incoming():
            source = _shown(value.source, language)
            return f"{value.flow}（来自{source}）" if is_chinese else f"{value.flow} (from {source})"
        case Mapping():
            return _listed([f"{name} = {_value(each)}" for name, each in value.items()], language)
        case tuple():
            return _listed([_shown(each, language) for each in value], language)
        case datetime():
            return f"{value.astimezone(clock.zone()):%Y-%m-%d %H:%M:%S}"
        case _:
            return str(value)


def _element(element: Element, language: str) -> str:
    name = element.named(language)
    if name == element.id:
        return name
    return f"“{name}”（{element.id}）" if language.startswith("zh") else f"“{name}” ({element.id})"


def _listed(texts: list[str], language: str) -> str:
    if language.startswith("zh"):
        return "、".join(texts) or "无"
    return ", ".join(texts) or "none"


def _value(value: Any) -> str:
    text = f'"{value}"' if isinstance(value, str) else feel.to_text(value)
    return text if len(text) <= _LENGTH else f"{text[:_LENGTH]}…"
