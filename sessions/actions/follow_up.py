"""Commitments: made with an owner and a date, done or not kept; changed freely until people know them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from sessions.actions.propose import withdraw_proposal
from sessions.models import Commitment, CommitmentStatus, Contribution, DialogueSession, Status
from stakeholders.models import Organisation


@transaction.atomic
def make_commitment(
    *,
    session: DialogueSession,
    text: str,
    owner_name: str,
    due_on: date,
    by: Actor,
    owner: Organisation | None = None,
    partners: Iterable[Organisation] = (),
    contributions: Iterable[Contribution] = (),
    by_organiser: bool = False,
) -> Commitment:
    """Write down who does what by when (T51); the next number of this session is its name from now on.

    After the report was sent people read it on their page at once.
    """
    last = session.commitments.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            commitment = Commitment.objects.create(
                session=session,
                number=last + 1,
                text=text.strip(),
                owner_name=owner_name.strip() or (session.workspace.name if by_organiser else ""),
                owner=owner,
                by_organiser=by_organiser,
                due_on=due_on,
                first_due_on=due_on,
                published_at=clock.now() if session.status == Status.REPORTED else None,
                created_by_id=by.user_id,
            )
    except IntegrityError:
        raise DomainError(
            _("Say who does what. If you did, somebody else added one just now: try again.")
        ) from None
    _tie(commitment, partners, contributions)
    record("commitment_made", on=commitment, by=by, workspace=session.workspace)
    return commitment


@transaction.atomic
def change_commitment(
    *,
    commitment: Commitment,
    text: str,
    owner_name: str,
    due_on: date,
    by: Actor,
    owner: Organisation | None = None,
    partners: Iterable[Organisation] = (),
    contributions: Iterable[Contribution] = (),
    by_organiser: bool = False,
) -> Commitment:
    """Correct what, who or when, as long as nobody has been told. Afterwards it takes a proposal (T53)."""
    values = {
        "text": text.strip(),
        "owner_name": owner_name.strip() or (commitment.session.workspace.name if by_organiser else ""),
        "owner": owner,
        "by_organiser": by_organiser,
        "due_on": due_on,
        "first_due_on": due_on,
    }
    _change_running(commitment, **values)
    _tie(commitment, partners, contributions)
    record("commitment_changed", on=commitment, by=by, workspace=commitment.session.workspace)
    return commitment


@transaction.atomic
def publish_commitments(*, session: DialogueSession, version: int, numbers: Iterable[int], by: Actor) -> None:
    """People know these from now on: `numbers` stand in this version of the report, others on their page."""
    told = session.commitments.filter(number__in=list(numbers), told_in=None)
    ids = list(told.order_by("pk").values_list("pk", flat=True))
    session.commitments.filter(published_at=None).update(published_at=clock.now())
    session.commitments.filter(pk__in=ids).update(told_in=version)
    data = {"ids": ids, "version": version}
    record("commitments_published", on=session, by=by, workspace=session.workspace, data=data)


@transaction.atomic
def complete_commitment(*, commitment: Commitment, done_on: date, by: Actor, note: str = "") -> Commitment:
    """Say that a commitment was kept, on a day that has come. A change that was being asked is needless."""
    if done_on > clock.today(commitment.session.timezone):
        raise DomainError(_("That day is still to come."), field="done_on")
    rows = Commitment.objects.filter(pk=commitment.pk, status=CommitmentStatus.RUNNING)
    if not rows.update(status=CommitmentStatus.DONE, done_on=done_on, note=note.strip()):
        raise DomainError(_("This commitment is finished already."))
    commitment.refresh_from_db()
    for proposal in commitment.proposals.open():
        withdraw_proposal(proposal=proposal, by=by)
    record("commitment_done", on=commitment, by=by, workspace=commitment.session.workspace)
    return commitment


@transaction.atomic
def drop_commitment(*, commitment: Commitment, reason: str, by: Actor) -> Commitment:
    """Say of a commitment nobody knows yet that it will not happen, and why."""
    if not reason.strip():
        raise DomainError(_("Say why this will not happen; people read it."), field="reason")
    _change_running(commitment, status=CommitmentStatus.DROPPED, note=reason.strip())
    record("commitment_dropped", on=commitment, by=by, workspace=commitment.session.workspace)
    return commitment


def _change_running(commitment: Commitment, **values: Any) -> None:
    """Change what runs and nobody knows; the database says so itself, whatever another window did."""
    rows = Commitment.objects.filter(pk=commitment.pk, status=CommitmentStatus.RUNNING)
    if not rows.filter(published_at=None).update(**values):
        if rows.exists():
            raise DomainError(_("People know this commitment. Put the change to those it touches."))
        raise DomainError(_("This commitment is finished already."))
    commitment.refresh_from_db()


def _tie(
    commitment: Commitment, partners: Iterable[Organisation], contributions: Iterable[Contribution]
) -> None:
    """Who promises it as well, and which contributions it answers: a change of it touches them."""
    commitment.partners.set(each for each in partners if each.pk != commitment.owner_id)
    commitment.contributions.set(each for each in contributions if each.session_id == commitment.session_id)
