"""How styles, scripts and pictures travel, and how long they are kept."""

import gzip
import re

import pytest

from webforms.static_files import FOREVER


@pytest.fixture
def client(app):
    return app.test_client()


def addresses(page):
    return re.findall(r'(?:href|src)="(/[^"]*static[^"]*)"', page.text)


def test_every_file_of_a_page_carries_the_version_of_its_content(client):
    found = addresses(client.get("/login"))

    assert found
    assert all(re.search(r"\?v=[0-9a-f]{12}$", address.partition("#")[0]) for address in found), found


def test_a_file_with_its_version_is_kept_for_good_and_one_without_is_asked_for_again(client):
    with client.get("/static/app.css?v=0123456789ab") as kept, client.get("/static/app.css") as asked:
        assert kept.headers["Cache-Control"] == FOREVER
        assert asked.headers["Cache-Control"] == "no-cache"


def test_a_file_that_is_not_there_is_not_kept(client):
    with client.get("/static/nothing.css?v=0123456789ab") as answer:
        assert answer.status_code == 404
        assert answer.headers.get("Cache-Control") != FOREVER


def test_styles_are_compressed_for_those_who_can_read_that(client):
    packing = {"Accept-Encoding": "gzip"}
    with client.get("/static/app.css") as plain, client.get("/static/app.css", headers=packing) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) / 2


def test_pages_which_carry_tokens_are_not_compressed(client):
    page = client.get("/login", headers={"Accept-Encoding": "gzip, br"})

    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers
