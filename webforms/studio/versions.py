"""Versions of an application: looking, switching, files up and down, drawings."""

import re
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from engine import clock, commands, definitions
from engine.applications import Application
from engine.bpmn.checks import check
from engine.errors import InvalidInput, InvalidModel, NotFound, NotLatest
from engine.queries import deployments, diagram
from engine.queries.deployments import Version
from engine.queries.suggestions import waiting_suggestions
from webforms.fields import explained
from webforms.guards import current_actor, process_owner, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.studio.model_files import read_uploads, zipped
from webforms.studio.parts import XML, name_of, pages, told


@pages.get("/")
@who(process_owner)
def index() -> str:
    """All applications and where they stand."""
    person_id = current_actor().id
    rows = [(each, deployments.state(db.session(), each.key, person_id)) for each in site().applications.values()]
    return render_template("studio/index.html", rows=rows, name_of=name_of)


@pages.get("/<key>")
@who(process_owner)
def application(key: str) -> str:
    """One application: its versions, files, drafts, and a form to upload."""
    return _application_page(site().applications[key])


@pages.get("/<key>/<int:number>.zip")
@who(process_owner)
def download(key: str, number: int) -> Response:
    """A version's files for a modeler on the desktop."""
    version = deployments.version(db.session(), key, number)
    packed = zipped(deployments.content(db.session(), version.id))
    answer = Response(packed, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}-{number}.zip"'
    return answer


@pages.get("/<key>/<int:number>/activate")
@who(process_owner)
def ask_to_activate(key: str, number: int) -> str:
    """Asks before the active version is switched."""
    state = deployments.state(db.session(), key, current_actor().id)
    return render_template(
        "studio/activate.html",
        application=site().applications[key],
        version=deployments.version(db.session(), key, number),
        active=state.active,
        name_of=name_of,
    )


@pages.post("/<key>/<int:number>/activate")
@who(process_owner)
def activate(key: str, number: int) -> Answer:
    """Makes a version the one that new cases use."""
    version = deployments.version(db.session(), key, number)
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
    known = [file.name for file in deployments.files(db.session(), base_id)] if base_id else []
    try:
        files = read_uploads(request.files.getlist("files"), known)
        deployed = commands.deploy(
            site(), key, files, actor=current_actor(), now=clock.now(), base_id=base_id, comment=comment
        )
    except InvalidInput as refusal:
        return _application_page(chosen, error=explained(refusal), comment=comment), refusal.status
    except NotLatest as conflict:
        return _conflict_page(chosen, conflict, comment), conflict.status
    except InvalidModel as refusal:
        found = told(refusal.problems)
        return render_template(
            "studio/problems.html", application=chosen, problems=found, name_of=name_of
        ), refusal.status
    if not deployed.is_new:
        flash(gettext("Nothing changed: version %(number)s has the very same files.", number=deployed.number), "info")
        return redirect(url_for(".application", key=key))
    flash(gettext("Version %(number)s is deployed and active.", number=deployed.number), "success")
    if deployed.problems:
        return redirect(url_for(".findings", key=key, number=deployed.number))
    return redirect(url_for(".application", key=key))


@pages.get("/<key>/<int:number>/findings")
@who(process_owner)
def findings(key: str, number: int) -> str:
    """What a check says of a version that was deployed."""
    chosen = site().applications[key]
    files = deployments.content(db.session(), deployments.version(db.session(), key, number).id)
    return _problems_page(chosen, check(files, definitions.known(db.session(), chosen)), number)


@pages.get("/<key>/<int:number>/diagram/<path:file>")
@who(process_owner)
def preview(key: str, number: int, file: str) -> str:
    """The drawing of one file of a version."""
    version = deployments.version(db.session(), key, number)
    found = _file(version, file)
    return render_template(
        "studio/preview.html",
        application=site().applications[key],
        version=version,
        file=found,
        drawings=[each for each in deployments.files(db.session(), version.id) if each.definition_id],
        name_of=name_of,
    )


@pages.get("/<key>/<int:number>/drawing/<path:file>")
@who(process_owner)
def drawing(key: str, number: int, file: str) -> Response:
    """The XML of the preview, names in the reader's language."""
    found = _file(deployments.version(db.session(), key, number), file)
    if found.definition_id is None:
        raise NotFound
    return Response(diagram(db.session(), found.definition_id, current_language()), mimetype=XML)


@pages.get("/<key>/<int:number>/files/<path:file>")
@who(process_owner)
def one_file(key: str, number: int, file: str) -> Response:
    """One file of a version as it was deployed."""
    version = deployments.version(db.session(), key, number)
    answer = Response(deployments.file(db.session(), version.id, file), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_ascii(file)}"'
    return answer


@pages.post("/<key>/discard/<path:file>")
@who(process_owner)
def discard(key: str, file: str) -> Answer:
    """Forgets one's own draft."""
    commands.discard_model_draft(site(), key, file, actor=current_actor())
    flash(gettext("The draft of %(file)s is gone.", file=file), "success")
    return redirect(url_for(".application", key=key))


def _application_page(chosen: Application, *, error: str = "", comment: str = "") -> str:
    state = deployments.state(db.session(), chosen.key, current_actor().id)
    shown = state.newest
    return render_template(
        "studio/application.html",
        application=chosen,
        state=state,
        versions=deployments.versions(db.session(), chosen.key),
        files=deployments.files(db.session(), shown.id) if shown else [],
        waiting_suggestions=waiting_suggestions(db.session(), chosen.key),
        error=error,
        comment=comment,
        name_of=name_of,
    )


def _conflict_page(chosen: Application, conflict: NotLatest, comment: str) -> str:
    return render_template(
        "studio/conflict.html",
        application=chosen,
        conflict=conflict.params,
        latest=deployments.state(db.session(), chosen.key, current_actor().id).newest,
        comment=comment,
        name_of=name_of,
    )


def _problems_page(chosen: Application, problems: Any, deployed: int = 0) -> str:
    """All findings; `deployed` is the number of the version, if they did not stand in its way."""
    return render_template(
        "studio/problems.html", application=chosen, problems=told(problems), deployed=deployed, name_of=name_of
    )


def _file(version: Version, name: str) -> deployments.ModelFile:
    found = next((file for file in deployments.files(db.session(), version.id) if file.name == name), None)
    if found is None:
        raise NotFound
    return found


def _ascii(name: str) -> str:
    """The last part of a file's name as a header takes it."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", name.split("/")[-1])
