"""What all tests share: which of them run, and where the browser is."""

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

# --- which tests run ----------------------------------------------------------------------------------------------

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
NO_BROWSER = "no Chromium on the PATH: install one (Debian: apt-get install chromium) to run the browser tests"


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="also run the slow tests, and store tests on PostgreSQL too")


def pytest_collection_modifyitems(config, items):
    """Leave out slow tests unless asked for by --all or -m, and skip browser tests where there is no browser."""
    if not config.getoption("--all") and not config.getoption("-m"):
        slow = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]
    if not _browser():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def _browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The installed Chromium; for tests marked `browser`."""
    found = _browser()
    assert found, NO_BROWSER
    return Path(found)


# --- database, application, people ----------------------------------------------------------------------------------
