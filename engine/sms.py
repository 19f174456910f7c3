"""Sending text messages: through whatever gateway an installation brings, or into a folder."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine import clock
from engine.errors import TopicFailedForGood

#: Characters of one message on its own, and of each part of a longer one, in the alphabet that Chinese needs (UCS-2).
ALONE, PART = 70, 67

_NUMBER = re.compile(r"\+?[0-9]{5,15}")


class Sms(Protocol):
    """How topics send text messages: the adapter of a gateway."""

    def send(self, to: str, text: str, message_id: str) -> str:
        """Send `text` to the number `to` and give the gateway's reference; the same `message_id` is the same message.

        Raises TopicFailed when it may succeed later, TopicFailedForGood when the number is refused.
        """


@dataclass(frozen=True)
class FolderSms:
    """A folder that every message is written to as a JSON file, for a gateway that collects them, or for a demo."""

    folder: Path

    def send(self, to: str, text: str, message_id: str) -> str:
        """Write the message; see `Sms`. The reference is the file's name."""
        number = plain_number(to)
        self.folder.mkdir(parents=True, exist_ok=True)
        name = "".join(sign for sign in message_id if sign.isalnum() or sign in "-_")[:100] or "message"
        message = {"to": number, "parts": parts(text), "message_id": message_id, "at": clock.now().isoformat()}
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(message, ensure_ascii=False, indent=1), "utf-8")
        return path.name


def plain_number(to: str) -> str:
    """`to` without blanks and signs but a leading +. Raises TopicFailedForGood for what is no telephone number."""
    number = re.sub(r"[\s()-]", "", to)
    if not _NUMBER.fullmatch(number):
        raise TopicFailedForGood(why="the telephone number is not one that a text message can go to")
    return number


def parts(text: str) -> list[str]:
    """`text` as the messages that a telephone receives: one of up to 70 characters, or several of up to 67."""
    if len(text.encode("utf-16-be")) <= ALONE * 2:
        return [text]
    found = [""]
    for sign in text:
        if len((found[-1] + sign).encode("utf-16-be")) > PART * 2:
            found.append("")
        found[-1] += sign
    return found
