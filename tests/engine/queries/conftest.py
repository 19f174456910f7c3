"""The office, for questions about it."""

import pytest

from tests.office.installation import open_office


@pytest.fixture
def office(tmp_path):
    office = open_office(tmp_path)
    yield office
    office.site.database.dispose()
