"""What process owners do with models: deploy, switch the active version, keep drafts."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from engine import access, definitions, history
from engine.db import patiently
from engine.definitions import Deployed
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.history import Line
from engine.identity import Actor
from engine.models import Deployment, ModelDraft, PersonGroup
from engine.site import Site
from engine.transition import Parks, arm_starts, carry_out


def deploy(
    site: Site,
    application_key: str,
    files: Mapping[str, bytes],
    *,
    actor: Actor,
    now: datetime,
    base_id: int | None = None,
    comment: str = "",
) -> Deployed:
    """Deploy a complete file set, or `files` over those of `base_id`; it becomes active.

    Raises NotFound, NotAllowed, InvalidModel with all problems, NotLatest when the base is not the newest.
    """
    if not access.may_deploy(actor):
        raise NotAllowed
    application = site.applications[application_key]

    def attempt(session: Session, _parks: Parks) -> Deployed:
        if base_id is None:
            deployed = definitions.deploy(session, application, files, person_id=actor.id, now=now, comment=comment)
        else:
            deployed = definitions.deploy_over(
                session, application, files, base_id=base_id, person_id=actor.id, now=now, comment=comment
            )
        detail = {
            "application": application_key,
            "number": deployed.number,
            "files": sorted(files),
            "new": deployed.is_new,
        }
        arm_starts(session, application, now)
        history.audit(session, site.vault, site.node, Line("deployed", "", detail), actor=actor.username, now=now)
        return deployed

    return carry_out(site, attempt)


def ship(site: Site, application_key: str, *, now: datetime) -> Deployed:
    """Deploy an application's own folder at start-up, unless its content was deployed before. Raises InvalidModel."""
    application = site.applications[application_key]

    def attempt(session: Session, _parks: Parks) -> Deployed:
        deployed = definitions.deploy(session, application, application.model_files(), shipped=True, now=now)
        if deployed.is_new:
            arm_starts(session, application, now)
            detail = {"application": application_key, "number": deployed.number, "active": deployed.is_active}
            history.audit(session, site.vault, site.node, Line("shipped", "", detail), actor="system", now=now)
        return deployed

    return patiently(lambda: carry_out(site, attempt))  # several nodes may start at once


def activate_version(site: Site, deployment_id: int, *, actor: Actor, now: datetime) -> None:
    """Make another deployment the one that new instances use. Raises NotFound, NotAllowed."""
    if not access.may_deploy(actor):
        raise NotAllowed
    with site.database.transaction() as session:
        deployment = definitions.activate(session, deployment_id, person_id=actor.id, now=now)
        arm_starts(session, site.applications[deployment.application], now)
        detail = {"application": deployment.application, "number": deployment.number}
        history.audit(session, site.vault, site.node, Line("activated", "", detail), actor=actor.username, now=now)


def save_model_draft(
    site: Site, application_key: str, file: str, body: bytes, *, base_id: int, actor: Actor, now: datetime
) -> datetime:
    """Keep an unfinished edit of one model file; returns when. Raises NotFound, NotAllowed, InvalidInput."""
    if not access.may_deploy(actor) or actor.id is None:
        raise NotAllowed
    if not 0 < len(file) <= 200 or len(body) > definitions.MAX_FILE:
        raise InvalidInput(why="the file name is too long or the file too large")
    site.applications[application_key]
    with site.database.transaction() as session:
        base = session.get(Deployment, base_id)
        if base is None or base.application != application_key:
            raise NotFound
        session.merge(
            ModelDraft(
                application=application_key, file=file, person_id=actor.id, base_id=base_id, body=body, saved_at=now
            )
        )
    return now


def discard_model_draft(site: Site, application_key: str, file: str, *, actor: Actor) -> None:
    """Forget one's own draft of a file."""
    with site.database.transaction() as session:
        draft = session.get(ModelDraft, (application_key, file, actor.id))
        if draft is not None:
            session.delete(draft)


def add_group(site: Site, key: str, name_zh: str, name_en: str, *, actor: Actor, now: datetime) -> None:
    """Create a candidate group. Raises NotAllowed, InvalidInput."""
    if not access.may_deploy(actor):
        raise NotAllowed
    if not key or not all(character.isalnum() or character in "_-." for character in key) or len(key) > 100:
        raise InvalidInput(why="a group key has letters, digits, _, - and . only")
    with site.database.transaction() as session:
        if session.get(PersonGroup, key) is not None:
            raise InvalidInput(why=f"the group “{key}” exists already")
        session.add(PersonGroup(key=key, name_zh=name_zh or key, name_en=name_en or key))
        history.audit(
            session, site.vault, site.node, Line("group_added", "", {"group": key}), actor=actor.username, now=now
        )
