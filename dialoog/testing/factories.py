"""Rows for tests: functions with the least valid default, keyword only, no surprises."""

from datetime import datetime, timedelta
from typing import Any

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.models import Workspace
from sessions.actions.invite import ensure_groups as ensure_session_groups
from sessions.actions.respond import respond
from sessions.models import (
    AgendaItem,
    Answer,
    Briefing,
    BriefingKind,
    BriefingStatus,
    ChangeProposal,
    Commitment,
    Confidentiality,
    Decides,
    Dialogue,
    DialogueSession,
    Influence,
    Invitation,
    Outcome,
    OutcomeKind,
    ProposalAnswer,
    ProposalKind,
    Question,
    Status,
    Wish,
    WishKind,
)
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import Channel, Organisation, Person, SeedGroup, StakeholderGroup

PROMISE: dict[str, Any] = {
    "title": "Risks in the chain of home and table",
    "contact_name": "Anna de Boer",
    "contact_phone": "070 555 01 01",
    "contact_email": "anna@example.org",
    "place": "Nieuwspoort, The Hague",
    "goal": "a list of the raw materials we take on first.",
    "use_of_outcomes": "the work plan of the next three years.",
    "not_used_for": "rate or exclude members.",
    "influence": Influence.COLLABORATE,
    "decides": Decides.NO,
    "adopter": "the board",
    "confidentiality": Confidentiality.ROOM,
}


def make_group(*, workspace: Workspace, key: SeedGroup = SeedGroup.COMPANIES) -> StakeholderGroup:
    """A seeded group of the workspace."""
    ensure_groups(workspace)
    return workspace.stakeholder_groups.get(key=key)


def make_organisation(*, workspace: Workspace, name: str = "", **fields: Any) -> Organisation:
    """An organisation; without a name it gets the next number."""
    name = name or f"Organisation {workspace.organisations.count() + 1}"
    return Organisation.objects.create(workspace=workspace, name=name, **fields)


def make_person(*, workspace: Workspace, name: str = "", **fields: Any) -> Person:
    """Somebody reached by mail, in the language of the workspace; the address follows from the count."""
    number = workspace.people.count() + 1
    fields.setdefault("language", workspace.language)
    if fields.get("channel", Channel.MAIL) == Channel.MAIL:
        fields.setdefault("email", f"person{number}@example.org")
    return Person.objects.create(workspace=workspace, name=name or f"Person {number}", **fields)


def make_session(*, workspace: Workspace, dialogue: Dialogue | None = None, **fields: Any) -> DialogueSession:
    """An empty draft."""
    dialogue = dialogue or Dialogue.objects.create(workspace=workspace)
    fields.setdefault("language", workspace.language)
    return DialogueSession.objects.create(dialogue=dialogue, **fields)


def make_promised_session(*, workspace: Workspace, days: int = 60, **fields: Any) -> DialogueSession:
    """A draft with its promise complete, `days` from now (negative: in the past), two hours long."""
    start = (clock.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    values = {
        **PROMISE,
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "answer_by": (start - timedelta(days=max(days, 2) // 2)).date(),
        "report_by": (start + timedelta(days=14)).date(),
        **fields,
    }
    return make_session(workspace=workspace, **values)


def make_sent_session(*, workspace: Workspace, days: int = 30, **fields: Any) -> DialogueSession:
    """A session whose invitations have gone out a week ago; people come by `invite`."""
    session = make_promised_session(workspace=workspace, days=days, **{"status": Status.INVITING, **fields})
    make_briefing(session=session, sent_at=clock.now() - timedelta(days=7))
    return session


def make_briefing(
    *,
    session: DialogueSession,
    kind: BriefingKind = BriefingKind.INVITATION,
    sent_at: datetime | None = None,
    **fields: Any,
) -> Briefing:
    """A version of what was told: sent when `sent_at` is given, else ready to go out."""
    values = {
        "version": session.briefings.filter(kind=kind).count() + 1,
        "status": BriefingStatus.SENT if sent_at else BriefingStatus.PLANNED,
        "content": {},
        "digest": "0" * 64,
        "planned_for": sent_at or clock.now(),
        "sent_at": sent_at,
        **fields,
    }
    return Briefing.objects.create(session=session, kind=kind, **values)


def invite(
    *,
    session: DialogueSession,
    person: Person | None = None,
    group: SeedGroup | None = SeedGroup.COMPANIES,
    **fields: Any,
) -> Invitation:
    """Put somebody on the list; of a session that has been sent they have their invitation."""
    workspace = session.workspace
    person = person or make_person(workspace=workspace)
    row = make_group(workspace=workspace, key=group) if group else None
    if not session.is_before_sending:
        fields.setdefault("sent_at", clock.now())
    invitation = Invitation.objects.create(session=session, person=person, group=row, **fields)
    ensure_session_groups(session)
    return invitation


def answer(*, invitation: Invitation, answer: Answer = Answer.YES, **fields: Any) -> Invitation:
    """Let a guest answer, by the action their page uses."""
    return respond(invitation=invitation, answer=answer, by=Actor.guest(invitation.person_id), **fields)


def ask(*, invitation: Invitation, text: str = "May I bring a colleague?") -> Question:
    """A question that waits."""
    return Question.objects.create(
        session=invitation.session, invitation=invitation, text=text, asked_at=clock.now()
    )


def make_wish(*, session: DialogueSession, text: str = "Late changes make overtime", **fields: Any) -> Wish:
    """A wish for the programme; without an invitation it is one without a name."""
    return Wish.objects.create(session=session, text=text, **{"kind": WishKind.AGENDA, **fields})


def make_agenda_item(*, session: DialogueSession, title: str = "Welcome", **fields: Any) -> AgendaItem:
    """The next part of the first day."""
    position = fields.pop("position", session.agenda.count() + 1)
    return AgendaItem.objects.create(session=session, title=title, position=position, **fields)


def make_outcome(*, session: DialogueSession, text: str = "Six materials.", **fields: Any) -> Outcome:
    return Outcome.objects.create(session=session, text=text, **{"kind": OutcomeKind.DECISION, **fields})


def make_commitment(*, session: DialogueSession, text: str = "Freeze orders.", **fields: Any) -> Commitment:
    """A commitment that runs, due in a month."""
    due = fields.pop("due_on", clock.today() + timedelta(days=30))
    values = {
        "number": session.commitments.count() + 1,
        "owner_name": "Haverkamp Wonen",
        "first_due_on": due,
        **fields,
    }
    return Commitment.objects.create(session=session, text=text, due_on=due, **values)


def make_proposal(*, commitment: Commitment, **fields: Any) -> ChangeProposal:
    """Another date for a commitment, put to everybody at its meeting; nobody answered."""
    values = {
        "kind": ProposalKind.MOVE,
        "old_text": commitment.text,
        "old_due_on": commitment.due_on,
        "new_due_on": commitment.due_on + timedelta(days=20),
        "reason": "It takes longer.",
        "answer_by": clock.today() + timedelta(days=7),
        **fields,
    }
    proposal = ChangeProposal.objects.create(commitment=commitment, **values)
    for invitation in commitment.session.invitations.all():
        ProposalAnswer.objects.create(proposal=proposal, invitation=invitation)
    return proposal
