"""A person of the demo and what they do, as data; made rows by the actions of their pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.models import User, Workspace
from sessions.actions.gather import tell_before_the_day, tell_wishes
from sessions.actions.respond import acknowledge, respond
from sessions.models import (
    Answer,
    Clear,
    DialogueSession,
    Invitation,
    MandateAnswer,
    RulesAnswer,
    Via,
    WishKind,
)
from stakeholders.actions.groups import ensure_groups
from stakeholders.actions.people import add_organisation, add_person
from stakeholders.models import Channel, Organisation, Person, SeedGroup, StakeholderGroup


@dataclass(frozen=True)
class Party:
    """An organisation: `slug` is its part of a mail address."""

    name: str
    slug: str
    group: SeedGroup
    place: str = ""
    country: str = ""
    note: str = ""


@dataclass(frozen=True)
class Reply:
    """What somebody answered: `on` counts days from the meeting; by telephone when somebody wrote it down."""

    on: int
    hour: int = 10
    answer: Answer = Answer.YES
    via: Via = Via.PAGE
    fields: Mapping[str, Any] = field(default_factory=dict)
    question: str = ""


@dataclass(frozen=True)
class Preparation:
    """What somebody told before the day, on the page of the information pack."""

    on: int
    mandate: MandateAnswer
    knowledge: int
    needs: Sequence[str] = ()
    needs_note: str = ""
    question: str = ""
    rules_note: str = ""


@dataclass(frozen=True)
class Guest:
    """A person with their address from name and organisation, and their part in the story."""

    name: str
    party: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    reply: Reply | None = None
    wish: str = ""
    last_time: str = ""
    without_name: bool = False
    preparation: Preparation | None = None


class Cast:
    """The organisations and people of one case, once they are in the register of the workspace."""

    def __init__(
        self, workspace: Workspace, parties: Sequence[Party], by: User, *, language: str = "nl"
    ) -> None:
        self.workspace, self.by, self.language = workspace, Actor.user(by), language
        self.groups: dict[str, StakeholderGroup] = {group.key: group for group in ensure_groups(workspace)}
        self.slugs = {party.name: party.slug for party in parties}
        self.organisations: dict[str, Organisation] = {
            party.name: self._organisation(party) for party in parties
        }
        self.people: dict[str, Person] = {}

    def add(self, guests: Sequence[Guest]) -> list[Person]:
        """Put guests in the register; returns them in their order."""
        return [self._person(guest) for guest in guests]

    def address(self, name: str, party: str) -> str:
        local = ".".join(name.lower().replace("dr. ", "").split())
        return f"{local}@{self.slugs[party]}.example.org"

    def behind(self, names: Sequence[str], through: Person, group: SeedGroup, **fields: Any) -> list[Person]:
        """People known by another name only, reached through somebody they trust."""
        return [
            add_person(
                workspace=self.workspace,
                by=self.by,
                name=name,
                channel=Channel.INTERMEDIARY,
                intermediary=through,
                group=self.groups[group],
                **fields,
            )
            for name in names
        ]

    def _organisation(self, party: Party) -> Organisation:
        return add_organisation(
            workspace=self.workspace,
            by=self.by,
            name=party.name,
            group=self.groups[party.group],
            place=party.place,
            country=party.country,
            note=party.note,
        )

    def _person(self, guest: Guest) -> Person:
        organisation = self.organisations[guest.party]
        fields = {
            "place": organisation.place,
            "country": organisation.country,
            "language": self.language,
            **guest.fields,
        }
        if fields.get("channel", Channel.MAIL) == Channel.MAIL:
            fields["email"] = self.address(guest.name, guest.party)
        person = add_person(
            workspace=self.workspace, by=self.by, name=guest.name, organisation=organisation, **fields
        )
        self.people[guest.name] = person
        return person


def invitation_of(session: DialogueSession, name: str) -> Invitation:
    """The invitation of somebody, by name."""
    rows = session.invitations.select_related("session__dialogue__workspace", "person__organisation", "group")
    return rows.get(person__name=name)


def give_reply(session: DialogueSession, guest: Guest, recorded_by: User) -> None:
    """Let a guest answer on the page, or let a colleague write down what they said."""
    assert guest.reply is not None
    reply, invitation = guest.reply, invitation_of(session, guest.name)
    on_page = reply.via in {Via.PAGE, Via.INTERMEDIARY}
    by = Actor.guest(invitation.person.link_owner().pk) if on_page else Actor.user(recorded_by)
    respond(
        invitation=invitation,
        answer=reply.answer,
        by=by,
        via=reply.via,
        recorded_by=None if on_page else recorded_by,
        **reply.fields,
    )
    if on_page:
        clear = Clear.QUESTION if reply.question else Clear.YES
        acknowledge(invitation=invitation, clear=clear, by=by, question=reply.question)
    texts = {WishKind.AGENDA: guest.wish, WishKind.LAST_TIME: guest.last_time}
    if any(texts.values()):
        tell_wishes(invitation=invitation, texts=texts, by=by, without_name=guest.without_name)


def give_preparation(session: DialogueSession, name: str, told: Preparation) -> None:
    """Let a guest say what the information pack asks, and that it is clear unless they have a question."""
    invitation = invitation_of(session, name)
    by = Actor.guest(invitation.person.link_owner().pk)
    if not told.question:
        acknowledge(invitation=invitation, clear=Clear.YES, by=by)
    tell_before_the_day(
        invitation=invitation,
        by=by,
        rules_answer=RulesAnswer.OTHERWISE if told.rules_note else RulesAnswer.AGREE,
        rules_note=told.rules_note,
        mandate=told.mandate,
        knowledge=told.knowledge,
        needs=told.needs,
        needs_note=told.needs_note,
    )
