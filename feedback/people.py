"""Who is asked and who is told."""

from django.db.models import Q

from sessions.models import Attendance, DialogueSession, Invitation
from sessions.models.invitation import InvitationQuerySet

TOOK_PART = {Attendance.PRESENT, Attendance.ONLINE, Attendance.PARTLY}


def asked_people(session: DialogueSession) -> InvitationQuerySet:
    """Those who took part; where attendance was not recorded, those who said they would come."""
    rows = session.invitations.open().with_people().order_by("pk")
    if session.invitations.exclude(attendance="").exists():
        return rows.took_part()
    return rows.coming()


def is_asked(invitation: Invitation) -> bool:
    """Whether this person may answer the questions of the session."""
    if invitation.is_withdrawn:
        return False
    if invitation.attendance:
        return invitation.attendance in TOOK_PART
    known = Invitation.objects.filter(session=invitation.session_id).exclude(attendance="").exists()
    return invitation.is_coming and not known


def told_people(session: DialogueSession) -> InvitationQuerySet:
    """Everyone who hears what came of it: all who were invited, or were entered as having been there."""
    invited = Q(sent_at__isnull=False) | ~Q(attendance="")
    return session.invitations.open().filter(invited).with_people().order_by("pk")
