"""The tables that people keep: looking at them, proposing a change, previewing it on a case, confirming it."""

from webforms.reference import changing, listing, versions
from webforms.reference.parts import init_app, pages

__all__ = ["changing", "init_app", "listing", "pages", "versions"]
