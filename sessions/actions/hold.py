"""The meeting itself: who was there, that it was held, and one that was held without Dialoog."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from sessions.actions.plan import move_session
from sessions.models import Attendance, DialogueSession, Invitation, SessionGroup, Status
from stakeholders.models import Person


@transaction.atomic
def save_attendance(*, session: DialogueSession, attendance: Mapping[int, str], note: str, by: Actor) -> int:
    """Save per invitation who was there and a note about the day; returns how many changed.

    Refused before the meeting starts and when it is cancelled. Invitations of other sessions are ignored.
    """
    refuse_before_start(session)
    changed = 0
    for value in [*Attendance.values, ""]:
        ids = [pk for pk, chosen in attendance.items() if chosen == value]
        rows = session.invitations.open().filter(pk__in=ids).exclude(attendance=value)
        changed += rows.update(attendance=value)
    DialogueSession.objects.filter(pk=session.pk).update(held_note=note.strip())
    session.held_note = note.strip()
    record(
        "attendance_saved",
        on=session,
        by=by,
        workspace=session.workspace,
        data={"changed": changed},
    )
    return changed


@transaction.atomic
def hold_session(*, session: DialogueSession, by: Actor) -> None:
    """Say that the meeting was held. Refused before it starts, and for one that was never invited to."""
    refuse_before_start(session)
    if session.status == Status.DRAFT:
        raise DomainError(_("Nobody was invited to this meeting. Enter it as held, with who was there."))
    move_session(session=session, to=Status.HELD)
    record("session_held", on=session, by=by, workspace=session.workspace)


@transaction.atomic
def enter_held_session(*, session: DialogueSession, people: Iterable[Person], by: Actor) -> None:
    """Enter a meeting that was held before anybody was briefed: labelled so, with these people present.

    Refused for one that has not ended, has no name, or has nobody.
    """
    if not session.title.strip():
        raise DomainError(_("Give the meeting a name first."))
    if not session.has_ended:
        raise DomainError(_("Only a meeting that is over can be entered as held."))
    people = [person for person in people if person.workspace_id == session.workspace.pk]
    known = set(session.invitations.values_list("person_id", flat=True))
    Invitation.objects.bulk_create(
        Invitation(session=session, person=person, group=person.speaks_for())
        for person in people
        if person.pk not in known
    )
    present = session.invitations.open().filter(person__in=people)
    if not present.update(attendance=Attendance.PRESENT):
        raise DomainError(_("Choose at least one person who was there."))
    _groups_of(session)
    move_session(session=session, to=Status.HELD)
    DialogueSession.objects.filter(pk=session.pk).update(was_briefed=False)
    session.was_briefed = False
    record("session_entered_as_held", on=session, by=by, workspace=session.workspace)


def suggested_attendance(invitation: Invitation) -> str:
    """What the answer lets expect, before anybody has said who was there."""
    if invitation.attendance:
        return invitation.attendance
    if invitation.answer == "deputy":
        return Attendance.DEPUTY
    if invitation.answer == "no":
        return Attendance.ABSENT
    return Attendance.PRESENT if invitation.is_coming or invitation.replaces_id else ""


def refuse_before_start(session: DialogueSession) -> None:
    """What happened at a meeting can only be written down once it has begun."""
    if session.status == Status.CANCELLED:
        raise DomainError(_("This meeting was cancelled."))
    if session.starts_at is None or session.starts_at > clock.now():
        raise DomainError(_("The meeting has not started yet."))


def _groups_of(session: DialogueSession) -> None:
    known = set(session.groups.values_list("group_id", flat=True))
    present = session.invitations.open().exclude(group=None)
    groups = dict(present.values_list("group_id", "group__position"))
    SessionGroup.objects.bulk_create(
        SessionGroup(session=session, group_id=pk, position=position)
        for pk, position in sorted(groups.items())
        if pk not in known
    )
