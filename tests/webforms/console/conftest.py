"""The command line over the small office, which has a scenario, and an application whose scenario fails."""

import dataclasses

import pytest
from flask_migrate import Migrate

from engine.applications import Application, Applications
from tests.office import OFFICE
from webforms import console, make_app, schema, store
from webforms.settings import Settings

SCENARIO = """
name: {name}
start: {{at: "2026-03-02T09:00:00+08:00", process: request, values: {{title: a, amount: 7}}}}
steps:
  - task: review
    answers: {{verdict: "yes"}}
  - task: approve
expect: {{ended: {ended}}}
"""


@pytest.fixture
def site(office, tmp_path):
    """The office's installation, with seals and two more applications that have scenarios."""
    applications = [OFFICE]
    for key, ended in (("good", "done"), ("bad", "nowhere")):
        folder = tmp_path / key
        for name, content in OFFICE.model_files().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        (folder / "scenarios").mkdir()
        (folder / "scenarios" / "s1.yaml").write_text(SCENARIO.format(name=f"{key} one", ended=ended), "utf-8")
        applications.append(Application(key, key, key, folder, groups=OFFICE.groups, topics=OFFICE.topics))
    ports = {"unlucky": [13], "seals": tmp_path / "seals"}
    with office.site.database.transaction() as session:
        office.site.vault.mark_key(session)
    return dataclasses.replace(office.site, applications=Applications(applications), ports=ports)


@pytest.fixture
def app(site, tmp_path):
    app = make_app(site, "secret", tmp_path, secure=False)
    Migrate(app, store.db, directory=str(schema.FOLDER))
    settings = Settings(database_url=site.database.url, data_dir=tmp_path, key_file=tmp_path / "redress.key")
    console.register(app, site, settings)
    return app


@pytest.fixture
def flask(app):
    """Runs `flask …`: what follows, as separate words → result with exit_code, stdout, stderr."""
    runner = app.test_cli_runner()

    def run(*words, **more):
        result = runner.invoke(args=[str(word) for word in words], **more)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run
