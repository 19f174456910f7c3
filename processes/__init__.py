"""Process applications: one folder each, found by being there."""

import importlib
import pkgutil

from engine.applications import Application, Applications


def load() -> Applications:
    """Every application whose folder defines `application`."""
    found = []
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        if module.ispkg:
            application = getattr(importlib.import_module(module.name), "application", None)
            if isinstance(application, Application):
                found.append(application)
    return Applications(found)
