"""A published commitment changes only together with those it touches (T53).

Old, new and why go to them in one mail; they answer on their page, or an organiser writes down what they
said. Who is silent does not block: when everybody answered, or the term is over, the organiser carries the
change out or withdraws it. The answers stay on record.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import cancel
from dialoog.kernel.ui import dates
from dialoog.kernel.workspaces.models import User
from sessions import follow_up_mails as mails
from sessions.actions.reach import post_to
from sessions.mails import MailParts
from sessions.models import (
    ChangeProposal,
    Commitment,
    CommitmentStatus,
    DialogueSession,
    Invitation,
    PlannedKind,
    PlannedMail,
    PlannedState,
    ProposalAnswer,
    ProposalKind,
    ProposalState,
    ProposalView,
    Via,
)
from sessions.proposals import may_settle, touched
from sessions.reach import receiver

TERM = timedelta(days=7)


@transaction.atomic
def propose_commitment_change(
    *, commitment: Commitment, kind: ProposalKind, reason: str, by: Actor, to: date | str | None = None
) -> ChangeProposal:
    """Put another date or other words (`to`), or that it will not happen, to those it touches.

    Refused without a reason, without a difference, before people know it, and while another one is open.
    """
    session = commitment.session
    if not commitment.is_published:
        raise DomainError(_("Nobody has been told yet, so you can simply change it."))
    if not commitment.is_running:
        raise DomainError(_("This commitment is finished already."))
    if not reason.strip():
        raise DomainError(_("Say why; people read it beside the change."), field="reason")
    values = _proposed(commitment, kind, to)
    try:
        with transaction.atomic():
            proposal = ChangeProposal.objects.create(
                commitment=commitment,
                kind=kind,
                old_text=commitment.text,
                old_due_on=commitment.due_on,
                reason=reason.strip(),
                answer_by=clock.today(session.timezone) + TERM,
                proposed_by_id=by.user_id,
                **values,
            )
    except IntegrityError:
        raise DomainError(_("A change of this commitment is being asked already.")) from None
    people = list(touched(commitment))
    ProposalAnswer.objects.bulk_create(ProposalAnswer(proposal=proposal, invitation=row) for row in people)
    _ask(session, proposal, people)
    record(
        "commitment_change_proposed",
        on=proposal,
        by=by,
        workspace=session.workspace,
        data={"commitment": commitment.pk, "kind": str(kind), "asked": [row.pk for row in people]},
    )
    return proposal


@transaction.atomic
def answer_proposal(
    *,
    proposal: ChangeProposal,
    invitation: Invitation,
    answer: ProposalView,
    by: Actor,
    reason: str = "",
    via: Via = Via.PAGE,
    said_by: str = "",
    recorded_by: User | None = None,
) -> ProposalAnswer:
    """Keep what somebody says to a proposal; until it is settled it can be changed. Twice the same is once.

    Refused from who was not asked, after it was settled, and an objection without a reason.
    """
    if answer == ProposalView.RATHER_NOT and not reason.strip():
        raise DomainError(
            _("Say why you would rather not. Then we can look for another way."), field="reason"
        )
    rows = ProposalAnswer.objects.filter(proposal=proposal, invitation=invitation)
    row = rows.first()
    if row is None:
        raise DomainError(_("This was not asked of this person."))
    values = {
        "answer": answer,
        "reason": reason.strip(),
        "via": via,
        "said_by": said_by.strip(),
        "recorded_by": recorded_by,
    }
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    if not rows.filter(proposal__state=ProposalState.OPEN).update(**values, answered_at=clock.now()):
        raise DomainError(_("This was settled meanwhile, so an answer changes nothing any more."))
    row.refresh_from_db()
    record(
        "proposal_answered",
        on=proposal,
        by=by,
        workspace=invitation.session.workspace,
        data={"invitation": invitation.pk, "answer": str(answer), "via": str(via)},
    )
    return row


@transaction.atomic
def carry_out_proposal(*, proposal: ChangeProposal, by: Actor) -> ChangeProposal:
    """Change the commitment as was proposed. Refused before everybody answered or the term is over."""
    commitment = proposal.commitment
    session = commitment.session
    if not may_settle(proposal, proposal.answers.all(), clock.today(session.timezone)):
        day = dates.day_month(proposal.answer_by)
        raise DomainError(_("People have until %(day)s to answer. Wait for that.") % {"day": day})
    _settle(proposal, ProposalState.CARRIED_OUT, by)
    changes: dict[ProposalKind, dict[str, Any]] = {
        ProposalKind.MOVE: {"due_on": proposal.new_due_on},
        ProposalKind.WORDS: {"text": proposal.new_text},
        ProposalKind.DROP: {"status": CommitmentStatus.DROPPED},
    }
    rows = Commitment.objects.filter(pk=commitment.pk, status=CommitmentStatus.RUNNING)
    if not rows.update(note=proposal.reason, **changes[ProposalKind(proposal.kind)]):
        raise DomainError(_("This commitment is finished already."))
    commitment.refresh_from_db()
    record("proposal_carried_out", on=proposal, by=by, workspace=session.workspace)
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: ChangeProposal, by: Actor) -> ChangeProposal:
    """Leave the commitment as it is. What people answered stays on record."""
    _settle(proposal, ProposalState.WITHDRAWN, by)
    record("proposal_withdrawn", on=proposal, by=by, workspace=proposal.commitment.session.workspace)
    return proposal


def _proposed(commitment: Commitment, kind: ProposalKind, to: date | str | None) -> dict[str, object]:
    if kind == ProposalKind.DROP:
        return {}
    if kind == ProposalKind.MOVE:
        if not isinstance(to, date) or to == commitment.due_on:
            raise DomainError(_("Give another date than the one people know."), field="due_on")
        return {"new_due_on": to}
    words = str(to or "").strip()
    if not words or words == commitment.text:
        raise DomainError(_("Write other words than the ones people know."), field="text")
    return {"new_text": words}


def _ask(session: DialogueSession, proposal: ChangeProposal, people: list[Invitation]) -> None:
    """One mail to each of them, written down among the planned mails; and the day to decide."""
    zone = ZoneInfo(session.timezone)

    def parts(language: str, is_neutral: bool) -> MailParts:
        return mails.proposal(session, proposal, language, is_neutral=is_neutral)

    ends = datetime.combine(proposal.answer_by + timedelta(days=1), time(0), zone)
    count = post_to(
        session=session,
        receivers=[receiver(row) for row in people],
        kind="proposal",
        key=f"proposal:{proposal.pk}",
        parts=parts,
        useless_after=ends,
    )
    now = clock.now()
    PlannedMail.objects.create(
        session=session,
        kind=PlannedKind.PROPOSAL,
        subject_id=proposal.pk,
        due_at=now,
        late_after=ends,
        state=PlannedState.DONE,
        done_at=now,
        count=count,
    )


def _settle(proposal: ChangeProposal, state: ProposalState, by: Actor) -> None:
    rows = ChangeProposal.objects.open().filter(pk=proposal.pk)
    if not rows.update(state=state, settled_at=clock.now(), settled_by_id=by.user_id):
        raise DomainError(_("This was settled already, perhaps in another window."))
    proposal.refresh_from_db()
    # a mail that still waits would ask about something that is settled
    session = proposal.commitment.session
    waiting = session.workspace.mails.filter(key__startswith=f"session:{session.pk}:proposal:{proposal.pk}:")
    cancel(workspace=session.workspace, keys=list(waiting.values_list("key", flat=True)))
