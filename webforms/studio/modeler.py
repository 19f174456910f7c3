"""The modeler: one draft of one diagram, and what its script asks for."""

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request, url_for

from engine import clock, commands, definitions
from engine.bpmn.checks import check
from engine.errors import InvalidInput, InvalidModel, NotFound, NotLatest
from engine.queries import deployments
from webforms.fields import explained
from webforms.guards import current_actor, process_owner, who
from webforms.headers import inline_styles
from webforms.store import db, site
from webforms.studio.parts import XML, name_of, pages, told


@pages.get("/<key>/edit/<path:file>")
@who(process_owner)
@inline_styles
def edit(key: str, file: str) -> str:
    """The modeler: one's own draft of the file, else the newest version of it."""
    chosen = site().applications[key]
    newest = deployments.state(db.session(), key, current_actor().id).newest
    draft = deployments.draft(db.session(), key, file, current_actor().id)
    if newest is None or not file.endswith(".bpmn"):
        raise NotFound
    if draft is None:
        deployments.file(db.session(), newest.id, file)
    return render_template(
        "studio/modeler.html",
        application_name=name_of(chosen),
        back_url=url_for(".application", key=key),
        draft=draft,
        newest=newest,
        modeler={
            "xmlUrl": url_for(".source", key=key, file=file),
            "checkUrl": url_for(".check_model", key=key),
            "draftUrl": url_for(".save_draft", key=key),
            "deployUrl": url_for(".deploy_model", key=key),
            "groupsUrl": url_for(".add_group"),
            "baseDeployment": draft.base_id if draft else newest.id,
            "file": file,
        },
    )


@pages.get("/<key>/source/<path:file>")
@who(process_owner)
def source(key: str, file: str) -> Response:
    """What the modeler opens."""
    draft = deployments.draft(db.session(), key, file, current_actor().id)
    newest = deployments.state(db.session(), key, None).newest
    if draft is None and newest is None:
        raise NotFound
    body = draft.body if draft else deployments.file(db.session(), newest.id if newest else 0, file)
    answer = Response(body, mimetype=XML)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/<key>/check")
@who(process_owner)
def check_model(key: str) -> Mapping[str, Any]:
    """All problems of the edited file among those of its base."""
    sent = _sent()
    files = {**deployments.content(db.session(), sent["base"]), sent["file"]: sent["xml"]}
    problems = check(files, definitions.known(db.session(), site().applications[key]))
    return {"problems": told(problems)}


@pages.post("/<key>/draft")
@who(process_owner)
def save_draft(key: str) -> Mapping[str, Any]:
    """Keeps the edit."""
    sent = _sent()
    saved_at = commands.save_model_draft(
        site(), key, sent["file"], sent["xml"], base_id=sent["base"], actor=current_actor(), now=clock.now()
    )
    return {"savedAt": saved_at.isoformat()}


@pages.post("/<key>/deploy")
@who(process_owner)
def deploy_model(key: str) -> Mapping[str, Any] | tuple[Mapping[str, Any], int]:
    """Deploys the edited file over its base; the draft has done its work then."""
    sent = _sent()
    try:
        deployed = commands.deploy(
            site(),
            key,
            {sent["file"]: sent["xml"]},
            actor=current_actor(),
            now=clock.now(),
            base_id=sent["base"],
            comment=sent["comment"],
        )
    except NotLatest as conflict:
        return {"message": explained(conflict), **conflict.params}, conflict.status
    except InvalidModel as refusal:
        return {"problems": told(refusal.problems)}, refusal.status
    commands.discard_model_draft(site(), key, sent["file"], actor=current_actor())
    return {
        "version": deployed.number,
        "url": url_for(".preview", key=key, number=deployed.number, file=sent["file"]),
        "deployment": deployed.deployment_id,
        "problems": told(deployed.problems),
    }


@pages.post("/groups")
@who(process_owner)
def add_group() -> Mapping[str, Any] | tuple[Mapping[str, Any], int]:
    """Creates a group that a model names."""
    sent = request.get_json()
    names = [str(sent.get(part, "")).strip()[:100] for part in ("key", "name_zh", "name_en")]
    try:
        commands.add_group(site(), *names, actor=current_actor(), now=clock.now())
    except InvalidInput as refusal:
        return {"message": explained(refusal)}, refusal.status
    return {"ok": True}


def _sent() -> dict[str, Any]:
    """What the modeler sends: file, xml (bytes), base (id of a deployment that exists) and comment."""
    request.max_content_length = definitions.MAX_FILE * 2
    sent = request.get_json()
    file, xml, base = sent.get("file"), sent.get("xml"), sent.get("base")
    if not isinstance(file, str) or not file.endswith(".bpmn") or not isinstance(xml, str) or not isinstance(base, int):
        raise InvalidInput(why="the modeler sent something else than a model; reload the page")
    return {"file": file, "xml": xml.encode(), "base": base, "comment": str(sent.get("comment", "")).strip()[:500]}
