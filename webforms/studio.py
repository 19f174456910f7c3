"""The process owner's pages: versions of an application, files up and down, and the modeler with what it asks for."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from engine import clock, commands, definitions
from engine.applications import Application
from engine.bpmn.checks import check
from engine.errors import FileRefused, InvalidInput, InvalidModel, NotFound, NotLatest
from engine.problems import Problem, Severity
from engine.queries import deployments, diagram
from engine.queries.deployments import Version
from webforms.fields import explained
from webforms.guards import current_actor, process_owner, who
from webforms.headers import inline_styles
from webforms.language import current_language
from webforms.model_files import read_uploads, zipped
from webforms.store import db, site

pages = Blueprint("studio", __name__, url_prefix="/studio")

_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)

#: What the address of a file of a deployment ends with.
_XML = "application/xml"


# --- pages --------------------------------------------------------------------------------------------------------


@pages.get("/")
@who(process_owner)
def index() -> str:
    """All applications and where they stand."""
    person_id = current_actor().id
    rows = [(each, deployments.state(db.session, each.key, person_id)) for each in site().applications.values()]
    return render_template("studio/index.html", rows=rows, name_of=_name)


@pages.get("/<key>")
@who(process_owner)
def application(key: str) -> str:
    """One application: its versions, files, drafts, and a form to upload."""
    return _application_page(site().applications[key])


@pages.get("/<key>/<int:number>.zip")
@who(process_owner)
def download(key: str, number: int) -> Response:
    """A version's files for a modeler on the desktop."""
    version = deployments.version(db.session, key, number)
    packed = zipped(deployments.content(db.session, version.id))
    answer = Response(packed, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}-{number}.zip"'
    return answer


@pages.get("/<key>/<int:number>/activate")
@who(process_owner)
def ask_to_activate(key: str, number: int) -> str:
    """Asks before the active version is switched."""
    state = deployments.state(db.session, key, current_actor().id)
    return render_template(
        "studio/activate.html",
        application=site().applications[key],
        version=deployments.version(db.session, key, number),
        active=state.active,
        name_of=_name,
    )


@pages.post("/<key>/<int:number>/activate")
@who(process_owner)
def activate(key: str, number: int) -> Answer:
    """Makes a version the one that new cases use."""
    version = deployments.version(db.session, key, number)
    commands.activate_version(site(), version.id, actor=current_actor(), now=clock.now())
    flash(gettext("Version %(number)s is active now. Running cases stay on their version.", number=number), "success")
    return redirect(url_for(".application", key=key))


@pages.post("/<key>/upload")
@who(process_owner)
def upload(key: str) -> str | tuple[str, int] | Answer:
    """Deploys uploaded files over the version the page showed."""
    chosen = site().applications[key]
    base_id = request.form.get("base", type=int)
    comment = request.form.get("comment", "").strip()[:500]
    known = [file.name for file in deployments.files(db.session, base_id)] if base_id else []
    try:
        files = read_uploads(request.files.getlist("files"), known)
        deployed = commands.deploy(
            site(), key, files, actor=current_actor(), now=clock.now(), base_id=base_id, comment=comment
        )
    except FileRefused as refusal:
        return _application_page(chosen, error=explained(refusal), comment=comment), refusal.status
    except NotLatest as conflict:
        return _conflict_page(chosen, conflict, comment), conflict.status
    except InvalidModel as refusal:
        found = _told(refusal.problems)
        return render_template("studio/problems.html", application=chosen, problems=found, name_of=_name), refusal.status
    if not deployed.is_new:
        flash(gettext("Nothing changed: version %(number)s has the very same files.", number=deployed.number), "info")
        return redirect(url_for(".application", key=key))
    flash(gettext("Version %(number)s is deployed and active.", number=deployed.number), "success")
    if deployed.problems:
        found = _told(deployed.problems)
        return render_template(
            "studio/problems.html", application=chosen, problems=found, name_of=_name, deployed=deployed.number
        )
    return redirect(url_for(".application", key=key))


@pages.get("/<key>/<int:number>/diagram/<path:file>")
@who(process_owner)
def preview(key: str, number: int, file: str) -> str:
    """The drawing of one file of a version."""
    version = deployments.version(db.session, key, number)
    found = _file(version, file)
    return render_template(
        "studio/preview.html",
        application=site().applications[key],
        version=version,
        file=found,
        drawings=[each for each in deployments.files(db.session, version.id) if each.definition_id],
        name_of=_name,
    )


@pages.get("/<key>/<int:number>/drawing/<path:file>")
@who(process_owner)
def drawing(key: str, number: int, file: str) -> Response:
    """The XML of the preview, names in the reader's language."""
    found = _file(deployments.version(db.session, key, number), file)
    if found.definition_id is None:
        raise NotFound
    return Response(diagram(db.session, found.definition_id, current_language()), mimetype=_XML)


@pages.get("/<key>/<int:number>/files/<path:file>")
@who(process_owner)
def one_file(key: str, number: int, file: str) -> Response:
    """One file of a version as it was deployed."""
    version = deployments.version(db.session, key, number)
    answer = Response(deployments.file(db.session, version.id, file), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_ascii(file)}"'
    return answer


@pages.post("/<key>/discard/<path:file>")
@who(process_owner)
def discard(key: str, file: str) -> Answer:
    """Forgets one's own draft."""
    commands.discard_model_draft(site(), key, file, actor=current_actor())
    flash(gettext("The draft of %(file)s is gone.", file=file), "success")
    return redirect(url_for(".application", key=key))


# --- the modeler and what it asks for -----------------------------------------------------------------------------


@pages.get("/<key>/edit/<path:file>")
@who(process_owner)
@inline_styles
def edit(key: str, file: str) -> str:
    """The modeler: one's own draft of the file, else the newest version of it."""
    chosen = site().applications[key]
    newest = deployments.state(db.session, key, current_actor().id).newest
    draft = deployments.draft(db.session, key, file, current_actor().id)
    if newest is None or not file.endswith(".bpmn"):
        raise NotFound
    if draft is None:
        deployments.file(db.session, newest.id, file)
    return render_template(
        "studio/modeler.html",
        application_name=_name(chosen),
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
    draft = deployments.draft(db.session, key, file, current_actor().id)
    newest = deployments.state(db.session, key, None).newest
    if draft is None and newest is None:
        raise NotFound
    body = draft.body if draft else deployments.file(db.session, newest.id if newest else 0, file)
    answer = Response(body, mimetype=_XML)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/<key>/check")
@who(process_owner)
def check_model(key: str) -> Mapping[str, Any]:
    """All problems of the edited file among those of its base."""
    sent = _sent()
    files = {**deployments.content(db.session, sent["base"]), sent["file"]: sent["xml"]}
    problems = check(files, definitions.known(db.session, site().applications[key]))
    return {"problems": _told(problems)}


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
        return {"problems": _told(refusal.problems)}, refusal.status
    commands.discard_model_draft(site(), key, sent["file"], actor=current_actor())
    return {
        "version": deployed.number,
        "url": url_for(".preview", key=key, number=deployed.number, file=sent["file"]),
        "deployment": deployed.deployment_id,
        "problems": _told(deployed.problems),
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


# --- parts --------------------------------------------------------------------------------------------------------


def _application_page(chosen: Application, *, error: str = "", comment: str = "") -> str:
    state = deployments.state(db.session, chosen.key, current_actor().id)
    shown = state.newest
    return render_template(
        "studio/application.html",
        application=chosen,
        state=state,
        versions=deployments.versions(db.session, chosen.key),
        files=deployments.files(db.session, shown.id) if shown else [],
        error=error,
        comment=comment,
        name_of=_name,
    )


def _conflict_page(chosen: Application, conflict: NotLatest, comment: str) -> str:
    return render_template(
        "studio/conflict.html",
        application=chosen,
        conflict=conflict.params,
        latest=deployments.state(db.session, chosen.key, current_actor().id).newest,
        comment=comment,
        name_of=_name,
    )


def _sent() -> dict[str, Any]:
    """What the modeler sends: file, xml (bytes), base (id of a deployment that exists) and comment."""
    request.max_content_length = definitions.MAX_FILE * 2
    sent = request.get_json()
    file, xml, base = sent.get("file"), sent.get("xml"), sent.get("base")
    if not isinstance(file, str) or not file.endswith(".bpmn") or not isinstance(xml, str) or not isinstance(base, int):
        raise InvalidInput(why="the modeler sent something else than a model; reload the page")
    return {"file": file, "xml": xml.encode(), "base": base, "comment": str(sent.get("comment", "")).strip()[:500]}


def _file(version: Version, name: str) -> deployments.ModelFile:
    found = next((file for file in deployments.files(db.session, version.id) if file.name == name), None)
    if found is None:
        raise NotFound
    return found


def _told(problems: Any) -> list[dict[str, object]]:
    """Problems for people, the worst first."""
    found: list[Problem] = sorted(problems, key=lambda problem: (_WORST_FIRST.index(problem.severity), problem.file))
    return [problem.as_dict(current_language()) for problem in found]


def _name(chosen: Application) -> str:
    return chosen.name_zh if current_language() == "zh" else chosen.name_en


def _ascii(name: str) -> str:
    """The last part of a file's name as a header takes it."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name.split("/")[-1])
