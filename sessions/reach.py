"""How something reaches one invited person: through whom, where, in which language, from whom."""

from dataclasses import dataclass

from sessions.models import DialogueSession, Invitation
from sessions.reading import interface_language
from stakeholders.models import Channel, Person


@dataclass(frozen=True)
class Sender:
    """Who a mail about a session comes from."""

    name: str
    organisation: str
    phone: str
    email: str

    def shown(self, *, is_neutral: bool) -> str:
        """The name in From: a person, with the organisation unless that could harm somebody."""
        if is_neutral or not self.name or self.name == self.organisation:
            return self.name or self.organisation
        return f"{self.name} ({self.organisation})"


def sender_of(session: DialogueSession) -> Sender:
    """The contact person of the session."""
    return Sender(session.contact_name, session.workspace.name, session.contact_phone, session.contact_email)


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
