"""The case that both engines run: the models, what people and workers do, and where we measure."""

import random
import re
from pathlib import Path
from typing import Any, Protocol

FOLDER = Path(__file__).parent
PROCESS = "complaint42"
DECISIONS = ("classification", "compensation")

_WORDS = [
    *(
        "instalment",
        "debited",
        "twice",
        "account",
        "letter",
        "branch",
        "nobody",
        "answered",
        "call",
        "charged",
        "again",
    ),
    *("interest", "refund", "statement", "month", "contract", "promised", "officer", "waited", "reply", "system"),
    *("shows", "error", "closed", "transfer", "insurance", "premium", "cancelled", "without", "notice"),
]


def _text(words: int, seed: int) -> str:
    """So many words that a consumer might write, always the same; repeating one sentence would compress too well."""
    return " ".join(random.Random(seed).choices(_WORDS, k=words))


#: What a consumer might send, about 2 KB with its attachments.
REGISTERED: dict[str, Any] = {
    "product": "loan",
    "amount_claimed": 900,
    "channel": "web",
    "customer": {
        "name": "Jane Roe",
        "email": "jane@example.org",
        "address": {"street": "Main Street 1", "town": "Springfield", "code": "12345"},
        "contracts": ["L-100", "L-200"],
    },
    "description": _text(150, 1),
    "attachments": [
        {
            "id": f"att-{n}",
            "name": f"statement {n}.pdf",
            "size": 12345,
            "sha256": f"{random.Random(n).getrandbits(256):064x}",
        }
        for n in range(5)
    ],
    "tags": ["fee", "delay"],
}

#: (element, values) in order; elements that are not measured before are steps on the way.
BEFORE: list[tuple[str, dict[str, Any]]] = [
    ("register", REGISTERED),
    ("acknowledge", {"acknowledged": True}),
    ("assign", {"handler": "ann"}),
    ("documents", {"documents": ["contract", "statements"]}),
    ("interview", {"interview": _text(50, 2)}),
    ("assess", {"more_info": True}),
    ("request", {"requested": True}),
    ("record", {"answer": _text(30, 3)}),
    ("assess", {"more_info": False, "finding": "justified"}),
]
#: Completing this task is measured: it decides, and arms a timer on the next task.
MEASURED: tuple[str, dict[str, Any]] = ("decide", {"decision": "refund", "reason": _text(25, 4)})
AFTER: list[tuple[str, dict[str, Any]]] = [("approve", {"approved": True}), ("inform", {"informed": True})]


class Engine(Protocol):
    """One of the two engines."""

    def start(self) -> bytes:
        """A new case, run to its first task and saved."""

    def step(self, state: bytes, element: str, values: dict[str, Any]) -> bytes:
        """Load, complete the task or work at `element`, go on as far as possible, save."""

    def open(self, state: bytes) -> list[str]:
        """Ids of the elements at which something waits, sorted."""


def models() -> dict[str, bytes]:
    """File name → model, in our dialect."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.*mn"))}


def stock_models() -> dict[str, bytes]:
    """The same models in stock dialect, where timers and scripts are Python; the other expressions are both."""
    changed = {}
    for name, source in models().items():
        text = re.sub(r"(<bpmn:timeDuration [^>]*>)([^<]+)<", r'\1"\2"<', source.decode())
        text = re.sub(r"<bpmn:script>(.*?)</bpmn:script>", r"<bpmn:script>status = \1</bpmn:script>", text)
        changed[name] = text.encode()
    return changed
