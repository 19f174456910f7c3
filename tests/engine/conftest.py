"""A site without applications, and rows of an instance."""

from datetime import UTC, datetime

import pytest

from engine import models
from engine.applications import Applications
from engine.site import Site


@pytest.fixture
def moment():
    """A fixed moment: Monday 2 March 2026, 09:00 in Shanghai."""
    return datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def site(database, vault, tmp_path):
    """An installation without applications; its files lie in `tmp_path / "files"`."""
    return Site(database, Applications([]), vault, tmp_path / "files")


@pytest.fixture
def instance_of(vault, moment):
    """Makes an active instance in a session, with its definition and a data subject of its own: (session, id) → row."""

    def make(session, instance_id="case-1"):
        definition = session.query(models.ProcessDefinition).first()
        if definition is None:
            deployment = models.Deployment(application="demo", number=1, hash="0", origin="shipped", created_at=moment)
            session.add(deployment)
            session.flush()
            definition = models.ProcessDefinition(
                deployment_id=deployment.id, application="demo", key="demo", version=1, file="demo.bpmn"
            )
            session.add(definition)
            session.flush()
        instance = models.ProcessInstance(
            id=instance_id,
            definition_id=definition.id,
            application="demo",
            key="demo",
            business_key=instance_id,
            subject_id=vault.create_subject(session, moment),
            status="active",
            sealed_state=b"",
            started_at=moment,
            history_count=0,
            history_head=b"",
        )
        session.add(instance)
        session.flush()
        return instance

    return make
