"""Who may use a route. Every route says so with one decorator; a test fails for a route that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from engine import access
from engine.errors import NotAllowed
from engine.identity import Actor

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Allowed:
    """Some people: a name for lists, and who is one of them. `allows` None: everybody, also without logging in."""

    name: str
    allows: Callable[[Actor], bool] | None


public = Allowed("public", None)
staff = Allowed("staff", lambda actor: actor.id is not None)
process_owner = Allowed("process owner", access.may_deploy)
admin = Allowed("admin", access.may_operate)
auditor = Allowed("auditor", access.may_audit)

lead = Allowed("lead", lambda actor: actor.is_admin or bool(actor.leads_on))


def groups(*keys: str) -> Allowed:
    """Members of one of the groups, and admins."""
    return Allowed("groups " + ", ".join(keys), lambda actor: actor.is_admin or not actor.groups.isdisjoint(keys))


def who(allowed: Allowed) -> Callable[[View], View]:
    """Let only `allowed` use the view: others are asked to log in, or refused with NotAllowed."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            if allowed.allows is not None:
                if not current_user.is_authenticated:
                    return _log_in_first()
                if not allowed.allows(current_actor()):
                    raise NotAllowed
            return view(*args, **values)

        guarded.who = allowed  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guard


def current_actor() -> Actor:
    """The person who is logged in, as commands and queries want it; only behind a guard that asks for one."""
    return cast(Actor, current_user.actor)


def local_address(text: str) -> str:
    """`text` if it is a path of this installation, as a `next` parameter must be; else empty."""
    starts_local = text.startswith("/") and not text.startswith("//")
    return text if starts_local and "\\" not in text and text.isprintable() else ""


def _log_in_first() -> Response:
    if request.accept_mimetypes.best == "application/json" or request.headers.get("HX-Request"):
        raise Unauthorized
    then = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("login.log_in", next=then or None))
