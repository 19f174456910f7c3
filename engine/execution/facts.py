"""What an execution tells about its moves; history and projections are written from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Fact:
    """One thing that happened at an element. `detail` holds no personal values, `values` may."""

    kind: str
    element_id: str
    token_id: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class TaskOpened:
    """A user task that a person can now take up."""

    token_id: str
    element_id: str
    definition_id: int
    item: str
    assignee: str
    groups: tuple[str, ...]
    users: tuple[str, ...]
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    role: str
    properties: Mapping[str, str] = field(default_factory=dict)
    #: codes of what the person who does it must know
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkRequested:
    """External work that a token waits for."""

    token_id: str
    element_id: str
    topic: str
    inputs: Mapping[str, Any]
    variables: Mapping[str, Any]
    retries: int


@dataclass(frozen=True)
class TimerSet:
    """A waiting timer as it stands now; `due_at` is None while it is paused."""

    token_id: str
    element_id: str
    due_at: datetime | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class Subscribed:
    """A token that waits for a message or signal."""

    token_id: str
    element_id: str
    name: str
    kind: str = "message"


@dataclass(frozen=True)
class MessageThrown:
    """A message that the diagram itself sends."""

    token_id: str
    element_id: str
    name: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class SignalThrown:
    """A signal that other instances hear too, and what it tells them."""

    token_id: str
    element_id: str
    name: str
    payload: Mapping[str, Any] = field(default_factory=dict)
