"""A whole installation in a browser: real SQLite, real server in a thread, real Chromium. Nothing is patched."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from engine import clock, identity, travel
from engine.definitions import forget
from engine.mail import FolderMail
from engine.site import Site
from tests.bank import open_site
from tests.office.installation import PASSWORD_HASH
from tests.serving import serving
from webforms import demo, make_app

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
WIDTHS = {"wide": 1280, "narrow": 360}
#: Rules of WCAG 2.0 to 2.2, levels A and AA.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: What axe finds against rules with these tags. What passed stays in the page: to tell it takes longer than to find it.
VIOLATIONS = """async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target}`));
}"""


@dataclass(frozen=True)
class Office:
    """A running installation."""

    url: str
    site: Site
    mailbox: Path
    #: cookies of those who have logged in
    sessions: dict[str, list[Any]] = field(default_factory=dict)

    def tick(self):
        """Let everything happen that is due now."""
        travel.follow(self.site)
        travel.settle(self.site, clock.now())


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The complaint application with one person per group, served on a free port; its clock travels."""
    folder = tmp_path_factory.mktemp("office")
    mailbox = folder / "mailbox"
    site = open_site(folder, {"mail": FolderMail(mailbox)})
    travel.mark(site, travel.SCRATCH)
    _hire(site)
    app = make_app(site, "e2e", folder, secure=False)
    demo.init_app(app, site)
    with serving(app) as url:
        yield Office(url, site, mailbox)
    site.database.dispose()


@pytest.fixture
def office(served):
    """The installation; models cached from databases of other tests are forgotten."""
    forget()
    return served


def _hire(site: Site) -> None:
    groups = {group.key for application in site.applications.values() for group in application.groups}
    with site.database.transaction() as session:
        for name in sorted(f"{group}{number}" for group in groups | {"admin", "process-owner"} for number in (1, 2)):
            person = identity.add_person(session, name, name, clock.now(), password_hash=PASSWORD_HASH)
            identity.add_to_group(session, person, name[:-1])


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=str(chromium),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )


@pytest.fixture
def open_page(browser, office):
    """Opens a page in a context of its own: (language, width) → page; errors of the page fail the test.

    `theme`: `light` or `dark`; `scripts`: whether the pages' JavaScript runs.
    """
    contexts, wrong = [], []

    def open_one(language="zh", width="wide", theme="light", *, scripts=True):
        context = browser.new_context(
            base_url=office.url,
            locale="zh-CN" if language == "zh" else "en-GB",
            viewport={"width": WIDTHS[width], "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def accessible():
    """Checks a page with axe-core: no violation of WCAG 2.2 AA, and no sideways scrolling."""

    source = AXE.read_text("utf-8")

    def check(page):
        page.evaluate(source)
        violations = page.evaluate(VIOLATIONS, TAGS)
        assert not violations, f"{page.url}: {violations}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{page.url} scrolls sideways"
        )

    return check
