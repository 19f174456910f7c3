"""The instance list, and one case: diagram, table, history, and an admin's repairs."""

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from engine import access, clock, commands, feel, queries
from engine.commands.disclosures import disclose
from engine.errors import FeelError, InvalidInput, NotFound
from engine.models import ProcessInstance
from engine.queries import ElementRow, InstanceDetail
from processes.complaint.links.views import onward
from webforms import fields, happenings, panels, presence
from webforms.case.composing import lines_of
from webforms.case.frame import opened
from webforms.case.lines import shown
from webforms.guards import admin, current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.tasks import key_of, new_key

pages = Blueprint("instances", __name__, url_prefix="/instances")


@pages.get("")
@who(staff)
def index() -> str:
    """Cases; filters, search and page stand in the address."""
    session, language, actor = db.session(), current_language(), current_actor()
    chosen = {name: request.args.get(name, "")[:100] for name in ("status", "process", "q")}
    found = queries.instance_list(
        session,
        site(),
        actor,
        language,
        status=chosen["status"],
        process=chosen["process"],
        text=chosen["q"],
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "instances.html",
        found=found,
        chosen=chosen,
        onward=onward(session, site(), chosen["q"], actor) if chosen["q"] else None,
        counts=queries.instance_counts(session, site(), actor),
        processes=queries.process_names(session, site(), actor, language),
    )


@pages.get("/<instance_id>")
@who(staff)
def show(instance_id: str) -> str:
    """One case: its timeline. Kinds, page and the line that is pointed at stand in the address."""
    case = opened(instance_id)
    lines = lines_of(
        db.session(),
        site(),
        case.instance,
        lambda: case.part,
        actor=current_actor(),
        language=current_language(),
        now=clock.now(),
    )
    found = shown(
        lines,
        request.args.getlist("kind")[:20],
        page=request.args.get("page", 1, type=int),
        pointed_at=request.args.get("line", "")[:100],
    )
    context = case.context("timeline") | {"side": case.side(), "shown": found}
    context["others"] = presence.others(instance_id)  # ends the reading transaction
    return render_template("case/timeline.html", **context)


@pages.post("/<instance_id>/personal")
@who(staff)
def personal(instance_id: str) -> str | tuple[str, int]:
    """The personal values of the case in full, for this answer only: who saw them and what for is on record before."""
    session, actor = db.session(), current_actor()
    instance = session.get(ProcessInstance, instance_id)
    if instance is None or not queries.may_see_case(session, site(), instance_id, actor):
        raise NotFound
    full = panels.in_full(session, instance.application, instance_id, current_language())
    purpose, shown, error = request.form.get("purpose", ""), None, ""
    try:
        disclose(site(), instance, full.fields, purpose, actor=actor, now=clock.now())
        shown = panels.rendered_full(full)
    except InvalidInput as refused:
        error = fields.explained(refused)
    page = render_template(
        "personal.html",
        case=instance,
        may_open=access.may_see_instance(session, actor, site().applications[instance.application], instance_id),
        shown=shown,
        purpose=purpose,
        purposes=panels.PURPOSES,
        error=error,
    )
    return page, 422 if error else 200


@pages.post("/<instance_id>/messages/<name>")
@who(staff)
def send(instance_id: str, name: str) -> Answer:
    """Tell the case something that the diagram lets staff say, as that an extension is needed."""
    actor, instance = current_actor(), _visible(instance_id)
    if name not in {each.event.name for each in queries.staff_messages(db.session(), instance).values()}:
        raise NotFound
    back = redirect(url_for("instances.show", instance_id=instance_id))
    if name not in {each.name for each in queries.sendable(db.session(), instance, current_language())}:
        flash(gettext("This is under way already, or the case has gone on; look at the open tasks."), "info")
        return back
    commands.correlate_message(
        site(),
        name,
        {},
        business_key=instance.business_key,
        sender_key=key_of(f"send:{instance_id}:{name}") or new_key(),
        actor=actor,
        now=clock.now(),
    )
    flash(gettext("Done. The next step is among the open tasks."), "success")
    return back


@pages.get("/<instance_id>/diagram.bpmn")
@who(staff)
def diagram(instance_id: str) -> Response:
    """The diagram that the case runs on, in the reader's language."""
    instance = _visible(instance_id)
    xml = queries.diagram(db.session(), instance.definition_id, current_language())
    return Response(xml, mimetype="application/xml")


@pages.get("/<instance_id>/state.json")
@who(staff)
def state(instance_id: str) -> Response:
    """Where the case stands, for the diagram."""
    detail = _detail(instance_id)
    elements = {each.id: _drawn(each) for each in detail.elements}
    return jsonify(elements=elements, flows=detail.flows)


@pages.post("/<instance_id>/incidents/<int:incident_id>/retry")
@who(admin)
def retry(instance_id: str, incident_id: int) -> Answer:
    """Let what stands still try again."""
    commands.retry_job(site(), incident_id, actor=current_actor(), now=clock.now())
    flash(gettext("It will be tried again in a moment."), "success")
    return redirect(url_for("instances.show", instance_id=instance_id))


@pages.route("/<instance_id>/cancel", methods=["GET", "POST"])
@who(admin)
def cancel(instance_id: str) -> str | Answer | tuple[str, int]:
    """Ask for a reason, then end the case."""
    detail, reason, error = _detail(instance_id), request.form.get("reason", ""), ""
    if request.method == "POST":
        try:
            commands.cancel_instance(site(), instance_id, reason, actor=current_actor(), now=clock.now())
        except InvalidInput as refused:
            error = fields.explained(refused)
        else:
            flash(gettext("The case was ended."), "success")
            return redirect(url_for("instances.show", instance_id=instance_id))
    page = render_template("cancel.html", case=detail, reason=reason, error=error)
    return page, 422 if error else 200


@pages.route("/<instance_id>/variables", methods=["GET", "POST"])
@who(admin)
def variables(instance_id: str) -> str | Answer | tuple[str, int]:
    """Change one variable, with a reason."""
    detail, errors = _detail(instance_id), []
    known = {each.name: each.value for each in detail.variables}
    name = request.values.get("name", "").strip()
    text = request.form.get("value", known.get(name, ""))
    reason = request.form.get("reason", "")
    if request.method == "POST":
        try:
            value = {_variable_name(name): literal(text)}
            commands.set_variables(site(), instance_id, value, reason, actor=current_actor(), now=clock.now())
        except InvalidInput as refused:
            errors.append(("", fields.explained(refused)))
        else:
            flash(gettext("The variable was changed."), "success")
            return redirect(url_for("instances.show", instance_id=instance_id))
    page = render_template("variables.html", case=detail, name=name, value=text, reason=reason, errors=errors)
    return page, 422 if errors else 200


def literal(text: str) -> object:
    """The value that a FEEL or JSON literal stands for. Raises InvalidInput for anything that is not one."""
    try:
        expression = feel.parse(text)
        if expression.names or expression.functions - feel.BUILTINS.keys():
            raise InvalidInput(why=gettext("this is a name; put text into double quotes"))
        return expression.evaluate({})
    except FeelError as error:
        raise InvalidInput(why=fields.explained(error)) from error


def _variable_name(name: str) -> str:
    if not name.isidentifier() or len(name) > 100:
        raise InvalidInput(why=gettext("a variable name has letters, digits and _ only"))
    return name


def _visible(instance_id: str) -> ProcessInstance:
    return queries.visible_instance(db.session(), site(), instance_id, current_actor())


def _detail(instance_id: str) -> InstanceDetail:
    return queries.instance_detail(
        db.session(), site(), instance_id, actor=current_actor(), language=current_language(), now=clock.now()
    )


def _drawn(each: ElementRow) -> dict[str, object]:
    return {
        "active": 0 if each.is_boundary else each.active,
        "done": each.done,
        "incidents": each.incidents,
        "failed": each.failed,
        "due": happenings.distance(each.due_at, clock.now()),
    }
