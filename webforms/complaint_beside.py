"""What the complaint application brings beside a form: standard answers, technique cards, similar cases, words."""

from collections.abc import Mapping
from typing import Any

from flask_login import current_user
from sqlalchemy.orm import Session

from engine.identity import Actor
from engine.site import Site
from processes.complaint.aids import aids
from processes.complaint.decision_words import words
from processes.complaint.similar import similar_cases
from webforms.beside import Beside


def _aids(session: Session, instance_id: str, step: str, language: str) -> tuple[str, Mapping[str, Any]]:
    found = aids(session, instance_id, step, current_user.name, language)
    return "panels/complaint_aids.html", {"aids": found}


def _similar(
    session: Session, site: Site, instance_id: str, actor: Actor, language: str
) -> tuple[str, Mapping[str, Any]]:
    return "similar.html", {"similar": similar_cases(session, site, instance_id, actor, language)}


complaint_beside = Beside(_aids, _similar, words)
