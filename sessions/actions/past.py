"""A meeting that was held before anybody opened this programme (decisions.md 2)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.models import User, Workspace
from sessions.actions.hold import enter_held_session
from sessions.actions.plan import plan_session, save_meeting
from sessions.models import DialogueSession
from stakeholders.models import Person


@transaction.atomic
def enter_past_meeting(
    *, workspace: Workspace, fields: Mapping[str, Any], people: Iterable[Person], by: User
) -> DialogueSession:
    """Enter a meeting with its name, time, place and who was there, held without an invitation."""
    session = plan_session(workspace=workspace, by=by)
    save_meeting(session=session, fields=fields, by=by, version=session.version)
    enter_held_session(session=session, people=people, by=Actor.user(by))
    return session
