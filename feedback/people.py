"""Who is asked, who is told, and how each of them is reached."""

from dataclasses import dataclass

from django.db.models import Q

from sessions.content import interface_language
from sessions.models import Attendance, DialogueSession, Invitation
from sessions.models.invitation import InvitationQuerySet
from stakeholders.models import Channel, Person

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


@dataclass(frozen=True)
class Receiver:
    """How something reaches one invited person: through whom, where, in which language."""

    invitation: Invitation
    owner: Person
    channel: str
    language: str

    @property
    def by_mail(self) -> bool:
        return self.channel == Channel.MAIL

    @property
    def is_neutral(self) -> bool:
        """The mail must tell nobody who looks over a shoulder what it is about."""
        return self.owner.neutral_mail


def receiver(invitation: Invitation) -> Receiver:
    """How this person is reached. Somebody behind an intermediary is reached as the intermediary is."""
    owner = invitation.person.link_owner()
    reachable = owner.channel == Channel.MAIL and owner.email and not owner.is_archived
    channel = Channel.MAIL if reachable else owner.channel
    if owner.is_archived and channel == Channel.MAIL:
        channel = Channel.PHONE
    return Receiver(invitation, owner, str(channel), interface_language(owner.language))
