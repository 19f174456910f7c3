"""Comments on a case: written by those who may see it, kept in its history, never changed, never shown outside."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from engine import access, history, identity, notifications
from engine.applications import Application
from engine.errors import Conflict, InvalidInput, NotFound, TooLate
from engine.history import Line
from engine.identity import Actor
from engine.models import CaseFollower, Membership, Person, ProcessInstance
from engine.notifications import MENTIONED, News
from engine.site import Site
from engine.transition import Parks, call_for, carry_out, lock

LONGEST = 5000
#: Colleagues whom one comment may mention.
MOST_MENTIONS = 20
#: How long one may take back what one wrote.
SECOND_THOUGHTS = timedelta(minutes=5)

#: Kinds of history.
COMMENTED, WITHDRAWN = "commented", "comment_withdrawn"

#: An @ that stands in no address, and what follows it without a blank.
_MENTION = re.compile(r"(?<![A-Za-z0-9._@-])@([\w.-]{1,100})")
_PLAIN = re.compile(r"[A-Za-z0-9]")


class MentionRefused(InvalidInput):
    """Your comment was not saved: {why}"""


def add_comment(site: Site, instance_id: str, text: str, *, actor: Actor, now: datetime, key: str | None = None) -> int:
    """Write a comment, tell whom it mentions as `@username` and who follows the case; gives its number in the history.

    Whoever comments or is mentioned follows the case from then on. `key`: idempotency key. Raises NotFound,
    InvalidInput, MentionRefused for somebody who may not see the case, Erased.
    """
    text = _checked(text)

    def attempt(session: Session, _parks: Parks) -> int:
        instance, application = _opened(site, session, instance_id, actor)
        mentioned = _mentioned(session, application, instance.id, text, actor)
        line = Line(COMMENTED, "", {"mentions": [one.username for one in mentioned]}, {"text": text})
        history.record(session, site.vault, instance, [line], actor=actor.username, now=now)
        ids = {one.id for one in (actor, *mentioned) if one.id is not None}
        _follow(session, instance.id, ids)
        news = [News(one.username, MENTIONED) for one in mentioned if one.id != actor.id]
        by = actor.username
        notifications.tell_people(session, application, instance.id, news, actor=by, now=now)
        notifications.tell_followers(session, instance.id, ids, actor=by, now=now)
        call_for(session, site.vault, application, instance, [line], actor=by, now=now)
        return instance.history_count

    return carry_out(site, attempt, key=key, name="add_comment")


def withdraw_comment(site: Site, instance_id: str, number: int, *, actor: Actor, now: datetime) -> None:
    """Take back what one wrote a moment ago: it stays in the history, and is not shown any more.

    Raises NotFound for the comment of somebody else, TooLate, Conflict when it was done before.
    """
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        instance, _ = _opened(site, session, instance_id, actor)
        stream = history.instance_stream(instance.id)
        lines = history.read(session, site.vault, stream, kinds=(COMMENTED, WITHDRAWN))
        own = next((one for one in lines if one.sequence == number and one.actor == actor.username), None)
        if own is None or own.kind != COMMENTED:
            raise NotFound
        if any(one.kind == WITHDRAWN and one.detail["comment"] == number for one in lines):
            raise Conflict("This comment was taken back before.")
        if now - own.at > SECOND_THOUGHTS:
            raise TooLate(why="a comment can be taken back for five minutes; write another one instead")
        line = Line(WITHDRAWN, "", {"comment": number})
        history.record(session, site.vault, instance, [line], actor=actor.username, now=now)


def follow_case(site: Site, instance_id: str, *, actor: Actor) -> None:
    """Be told of new comments on a case. Raises NotFound."""
    with site.database.transaction() as session:
        instance, _ = _opened(site, session, instance_id, actor)
        if actor.id is not None:
            _follow(session, instance.id, {actor.id})


def unfollow_case(site: Site, instance_id: str, *, actor: Actor) -> None:
    """Be told no more of comments on a case, until one is mentioned or comments again."""
    own = delete(CaseFollower).where(CaseFollower.instance_id == instance_id, CaseFollower.person_id == actor.id)
    with site.database.transaction() as session:
        session.execute(own)


def _opened(site: Site, session: Session, instance_id: str, actor: Actor) -> tuple[ProcessInstance, Application]:
    """The case, locked. Raises NotFound for whoever may not see it."""
    instance = lock(session, instance_id)
    application = site.applications[instance.application]
    if not access.may_see_case(session, actor, application, instance.id):
        raise NotFound
    return instance, application


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not text:
        raise InvalidInput("Write a comment first.")
    if len(text) > LONGEST:
        raise InvalidInput("A comment has at most {most} characters; yours has {count}.", most=LONGEST, count=len(text))
    return text


def _mentioned(session: Session, application: Application, instance_id: str, text: str, actor: Actor) -> list[Actor]:
    """The colleagues whom the text mentions, each once. Raises MentionRefused."""
    found = list(dict.fromkeys(match[1] for match in _MENTION.finditer(text)))
    if not found:
        return []
    known = _people(session, {name for run in found for name in _names(run)})
    mentioned: dict[str, Actor] = {}
    for run in found:
        person = next((known[name] for name in _names(run) if name in known), None)
        if person is None:
            raise MentionRefused(
                "There is nobody called “{name}”. Write a user name after @, or leave the @ out.", name=run
            )
        mentioned[person.username] = person
    if len(mentioned) > MOST_MENTIONS:
        raise MentionRefused("A comment mentions {most} colleagues at most.", most=MOST_MENTIONS)
    for person in mentioned.values():
        if person.id != actor.id and not access.may_see_case(session, person, application, instance_id):
            raise MentionRefused(
                "{name} may not see this case and cannot be mentioned here. Your comment was not saved.",
                name=person.name,
            )
    return list(mentioned.values())


def _names(run: str) -> Iterator[str]:
    """What of the signs after an @ may be a user name, the longest first: “lin请看” may be “lin”, “linda” may not."""
    for end in range(len(run), 0, -1):
        inside = end < len(run) and _PLAIN.match(run[end - 1]) and _PLAIN.match(run[end])
        if not inside:
            yield identity.normal_username(run[:end])


def _people(session: Session, usernames: Iterable[str]) -> dict[str, Actor]:
    """User name → active person with groups, in one question."""
    query = (
        select(Person, Membership.group_key, Membership.unit_key)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .where(Person.username.in_(sorted(usernames)), Person.is_active)
    )
    rows: dict[str, tuple[Person, list[tuple[str, str]]]] = {}
    for person, group, unit in session.execute(query):
        rows.setdefault(person.username, (person, []))[1].append((group or "", unit or ""))
    return {
        name: identity.as_actor(person, [grant for grant in grants if grant[0]])
        for name, (person, grants) in rows.items()
    }


def _follow(session: Session, instance_id: str, person_ids: Iterable[int]) -> None:
    """Let these people follow the case; those who do stay as they are."""
    wanted = set(person_ids)
    there = select(CaseFollower.person_id).where(
        CaseFollower.instance_id == instance_id, CaseFollower.person_id.in_(wanted)
    )
    new = wanted - set(session.scalars(there))
    if new:
        rows = [{"instance_id": instance_id, "person_id": person_id} for person_id in sorted(new)]
        session.execute(insert(CaseFollower), rows)
