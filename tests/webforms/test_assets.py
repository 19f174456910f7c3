"""The browser parts: what may be committed, and what the strict content security policy asks of templates."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "webforms" / "templates").rglob("*.html"))
MACROS = (ROOT / "webforms" / "templates" / "_macros.html").read_text(encoding="utf-8")
LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


def test_every_browser_dependency_is_pinned_exactly() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in versions} == versions


def test_the_lock_file_holds_checksums_and_no_download_addresses() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert "registry=" not in (ROOT / ".npmrc").read_text(encoding="utf-8").replace(
        "omit-lockfile-registry-resolved=", ""
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_inline_script_style_or_event_attribute(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert [
        attributes for attributes in scripts if "src=" not in attributes and "application/json" not in attributes
    ] == []
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", text) == []


def test_every_icon_that_the_macros_name_is_in_the_sprite() -> None:
    sprite = ElementTree.parse(ROOT / "webforms" / "static" / "icons.svg").getroot()
    drawn = {symbol.get("id") for symbol in sprite}
    templates = "".join(template.read_text(encoding="utf-8") for template in TEMPLATES)
    named = set(re.findall(r'icon\("([a-z]+)"\)', templates))
    by_urgency = set(re.findall(r'\(_\("[^"]+"\), "[a-z]*", "([a-z]+)"\)', MACROS))
    assert named
    assert by_urgency
    assert named | by_urgency <= drawn


def test_no_rule_hides_or_covers_the_mark_of_bpmn_io() -> None:
    sheets = [*(ROOT / "webforms" / "assets").rglob("*.css"), ROOT / "webforms" / "static" / "app.css"]
    assert len(sheets) >= 3
    assert [sheet.name for sheet in sheets if "bjs-powered-by" in sheet.read_text(encoding="utf-8")] == []
