"""Every text of the pages has a Chinese one: in templates, in Python, and in the errors that people read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "webforms/translations/zh/LC_MESSAGES/messages.po"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
CODE = [path for folder in ("engine", "processes", "webforms") for path in sorted((ROOT / folder).rglob("*.py"))]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def messages() -> list[Message]:
    """The catalogue without its head; nothing in it is doubtful."""
    with CATALOGUE.open("rb") as file:
        found = [message for message in read_po(file) if message.id]
    assert [message.id for message in found if message.fuzzy] == []
    return found


def catalogue() -> dict[str, str]:
    """English → Chinese; a plural stands under its singular."""
    return {_first(message.id): _first(message.string) for message in messages()}


def _first(text: "str | tuple[str, ...]") -> str:
    return text if isinstance(text, str) else text[0]


def page_texts() -> set[str]:
    """What templates and Python mark for translation."""
    found = extract_from_dir(ROOT / "webforms", METHODS, keywords=KEYWORDS)
    return {_first(message) for _, _, message, _, _ in found}


def error_texts() -> set[str]:
    """The messages of all errors of ours: docstrings, and texts and reasons given where one is raised."""
    trees = [ast.parse(path.read_text("utf-8")) for path in CODE]
    classes = {node.name: node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    errors = {name for name in classes if _is_error(name, classes)}
    texts = {(ast.get_docstring(classes[name]) or "").strip() for name in errors}
    raised = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in raised:
        if isinstance(call.func, ast.Name) and call.func.id in errors:
            texts.update(_texts(call))
    return texts - {""}


def _is_error(name: str, classes: dict[str, ast.ClassDef]) -> bool:
    if name == "RedressError":
        return True
    bases = classes[name].bases if name in classes else []
    return any(isinstance(base, ast.Name) and _is_error(base.id, classes) for base in bases)


def _texts(call: ast.Call) -> Iterator[str]:
    reasons = [keyword.value for keyword in call.keywords if keyword.arg in {"why", "what_happened"}]
    for value in [*(call.args[:1] if call.args else []), *reasons]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


@pytest.mark.parametrize("texts", [page_texts, error_texts])
def test_every_text_has_a_chinese_one(texts):
    known = catalogue()

    assert len(texts()) > 50
    assert sorted(text for text in texts() if not known.get(text)) == []


def test_translations_keep_the_places_to_fill_in():
    def places(text: "str | tuple[str, ...]") -> set[str]:
        joined = text if isinstance(text, str) else " ".join(text)
        return {"".join(found) for found in PLACEHOLDER.findall(joined)}

    wrong = {message.id for message in messages() if places(message.string) - places(message.id)}
    assert wrong == set()
