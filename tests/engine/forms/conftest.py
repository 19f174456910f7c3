"""The sample form of every component type, and short ways to write forms in tests."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from engine import clock, forms

DEMANDS = [{"value": "refund", "label": "Refund", "zh": "退款"}, {"value": "apology", "label": "Apology", "zh": "道歉"}]


@pytest.fixture(autouse=True)
def noon():
    with clock.at(datetime(2026, 3, 10, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture(scope="session")
def source() -> bytes:
    return (Path(__file__).parent / "all_types.form").read_bytes()


@pytest.fixture(scope="session")
def form(source) -> forms.Form:
    return forms.load(source, "investigate.form")


@pytest.fixture
def context() -> dict:
    return {
        "number": "C-1",
        "complainant": "<i>Li</i> [Wei](http://evil)",
        "urgent": True,
        "limit": Decimal(500),
        "approved": Decimal(20),
        "reasons": ["fees", {"value": "delay", "label": "Delay", "zh": "拖延"}],
        "payments": [{"on": "2026-01-01", "sum": Decimal("5.25")}, {"on": "2026-02-01", "sum": Decimal(6)}],
        "documents": [{"name": "Letter", "url": "/files/1"}, {"name": "Evil", "url": "//evil.example"}],
    }


@pytest.fixture(scope="session")
def functions() -> dict:
    return {"codes": lambda name: DEMANDS if name == "demand" else []}


@pytest.fixture(scope="session")
def make():
    def make_form(*components: dict) -> forms.Form:
        return forms.load(json.dumps({"id": "f", "components": list(components)}).encode())

    return make_form


@pytest.fixture(scope="session")
def field():
    """A form's JSON component with a label in both languages."""

    def make_field(kind: str, key: str = "x", **entries) -> dict:
        properties = {"label:zh": "问题", **entries.pop("properties", {})}
        return {"type": kind, "id": f"id_{key}", "key": key, "label": "Question", "properties": properties, **entries}

    return make_field
