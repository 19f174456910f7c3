"""What all tests share: which of them run, and where the browser is."""

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import hypothesis
import pytest

from engine import clock, definitions, reference
from engine.db import Database
from engine.vault import Vault
from tests import stores
from tests.agreement import disagreements
from tests.applications import Office
from tests.bank import NOW, Bank
from tests.webforms.bank import pages_of

# --- which tests run ----------------------------------------------------------------------------------------------

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
#: Tests with these marks begin first, so that no worker has to wait for them at the end.
FIRST = ["browser", "long"]
NO_BROWSER = "no Chromium on the PATH: install one (Debian: apt-get install chromium) to run the browser tests"


def pytest_addoption(parser):
    parser.addoption(
        "--all",
        action="store_true",
        help="also run the slow tests, and every test that uses the database on PostgreSQL too",
    )
    parser.addoption("--screenshots", action="store_true", help="take the pictures of the guides anew (docs/guide)")
    parser.addoption("--cases", type=int, default=200, help="how many broken files the fuzz tests judge")


def pytest_collection_modifyitems(config, items):
    """Leave out slow tests unless asked for by --all or -m; skip browser tests without a browser; long files first."""
    if not config.getoption("--all") and not config.getoption("-m"):
        slow = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]
    if not _browser():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    items.sort(key=lambda item: not any(map(item.get_closest_marker, FIRST)))


def _browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The installed Chromium; for tests marked `browser`."""
    found = _browser()
    assert found, NO_BROWSER
    return Path(found)


# --- database, application, people ----------------------------------------------------------------------------------

STORES = ["sqlite", "postgresql"]


@pytest.fixture(autouse=True)
def _clock_at_home():
    """Who travelled in a test comes back with it, and reads the tables of the program again."""
    yield
    clock.set_offset(timedelta())
    reference.forget()


def pytest_generate_tests(metafunc):
    """Tests marked `store` run on PostgreSQL too; with --all, all that use the fixture `database`."""
    if "store_kind" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("store") or metafunc.config.getoption("--all")
        metafunc.parametrize("store_kind", STORES if both else STORES[:1], indirect=True)


@pytest.fixture(scope="session")
def sqlite_store():
    return stores.SqliteStore()


@pytest.fixture(scope="session")
def postgres_store():
    """One server for the whole run, started by the first test that needs it.

    Not in pytest's folder: for root the server runs as somebody else, and another run would close that folder to it.
    """
    with tempfile.TemporaryDirectory(prefix="redress-pg-", ignore_cleanup_errors=True) as folder:
        store = stores.PostgresStore.started(Path(folder) / "data")
        yield store
        store.stop()


@pytest.fixture
def store_kind(request):
    """`sqlite` or `postgresql`."""
    return request.param


@pytest.fixture
def store(store_kind, request):
    """Where a test gets its databases from; models cached from those of other tests are forgotten."""
    definitions.forget()
    return request.getfixturevalue("sqlite_store" if store_kind == "sqlite" else "postgres_store")


@pytest.fixture
def database(store, tmp_path):
    """A database of its own with all tables."""
    url = store.url(tmp_path)
    database = Database(url)
    yield database
    database.dispose()
    store.drop(url)


@pytest.fixture
def vault():
    return Vault(bytes(range(32)))


@pytest.fixture
def office(database, vault, tmp_path):
    """People and a small application, nothing deployed; rows and execution must agree when the test ends."""
    office = Office.on(database, vault, tmp_path)
    yield office
    assert disagreements(office) == []


@pytest.fixture
def bank(tmp_path):
    """The complaint application as it is shipped, on the morning of a Monday."""
    bank = Bank(tmp_path)
    with clock.at(NOW):
        yield bank
    bank.database.dispose()


@pytest.fixture
def bank_app(bank, tmp_path):
    """The pages over `bank`."""
    return pages_of(bank.site, tmp_path)
