"""Rows of an active instance for tests that do not run one."""

from datetime import UTC, datetime

from engine import models

DEPLOYED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def add_instance(session, instance_id, *, application, number, subject_id, at):
    """An active instance of the only process of `application`, which is deployed when it is not yet."""
    definition = session.query(models.ProcessDefinition).first() or _deployed(session, application)
    instance = models.ProcessInstance(
        id=instance_id,
        definition_id=definition.id,
        application=application,
        key=application,
        business_key=number,
        subject_id=subject_id,
        status="active",
        sealed_state=b"",
        started_at=at,
        history_count=0,
        history_head=b"",
    )
    session.add(instance)
    session.flush()
    return instance


def _deployed(session, application):
    deployment = models.Deployment(
        application=application, number=1, hash="0", origin="shipped", created_at=DEPLOYED_AT
    )
    session.add(deployment)
    session.flush()
    definition = models.ProcessDefinition(
        deployment_id=deployment.id, application=application, key=application, version=1, file=f"{application}.bpmn"
    )
    session.add(definition)
    session.flush()
    return definition
