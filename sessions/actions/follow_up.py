"""Commitments: made with an owner and a date, moved with a reason, done or not kept."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from sessions.models import Commitment, CommitmentStatus, DialogueSession, Status
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
    by_organiser: bool = False,
) -> Commitment:
    """Write down who does what by when (T51); the next number of this session is its name from now on."""
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
                created_by_id=by.user_id,
            )
    except IntegrityError:
        raise DomainError(
            _("Say who does what. If you did, somebody else added one just now: try again.")
        ) from None
    record("commitment_made", on=commitment, by=by, workspace=session.workspace)
    return commitment


@transaction.atomic
def change_commitment(
    *,
    commitment: Commitment,
    text: str,
    owner_name: str,
    by: Actor,
    owner: Organisation | None = None,
    by_organiser: bool = False,
) -> Commitment:
    """Correct what or who, as long as nobody has been told. Afterwards only the date moves (T53)."""
    if is_told(commitment.session):
        raise DomainError(_("People know this commitment already. Only its date can move, with a reason."))
    commitment.text, commitment.owner_name = text.strip(), owner_name.strip()
    commitment.owner, commitment.by_organiser = owner, by_organiser
    commitment.save(update_fields=["text", "owner_name", "owner", "by_organiser"])
    record("commitment_changed", on=commitment, by=by, workspace=commitment.session.workspace)
    return commitment


@transaction.atomic
def move_commitment(*, commitment: Commitment, due_on: date, reason: str, by: Actor) -> Commitment:
    """Let a running commitment be due on another day. Once people know it, a reason is needed and shown."""
    if commitment.due_on == due_on:
        return commitment
    if is_told(commitment.session) and not reason.strip():
        raise DomainError(_("Say why the date moves; people read it."), field="reason")
    values: dict[str, object] = {"due_on": due_on, "note": reason.strip()}
    if not is_told(commitment.session):
        values["first_due_on"] = due_on
    _change_running(commitment, **values)
    record(
        "commitment_moved",
        on=commitment,
        by=by,
        workspace=commitment.session.workspace,
        data={"due_on": due_on.isoformat()},
    )
    return commitment


@transaction.atomic
def complete_commitment(*, commitment: Commitment, done_on: date, by: Actor, note: str = "") -> Commitment:
    """Say that a commitment was kept, on a day that has come."""
    if done_on > clock.today(commitment.session.timezone):
        raise DomainError(_("That day is still to come."), field="done_on")
    _change_running(commitment, status=CommitmentStatus.DONE, done_on=done_on, note=note.strip())
    record("commitment_done", on=commitment, by=by, workspace=commitment.session.workspace)
    return commitment


@transaction.atomic
def drop_commitment(*, commitment: Commitment, reason: str, by: Actor) -> Commitment:
    """Say that a commitment will not be kept, and why."""
    if not reason.strip():
        raise DomainError(_("Say why this will not happen; people read it."), field="reason")
    _change_running(commitment, status=CommitmentStatus.DROPPED, note=reason.strip())
    record("commitment_dropped", on=commitment, by=by, workspace=commitment.session.workspace)
    return commitment


def is_told(session: DialogueSession) -> bool:
    """Whether the report went out, and people know the commitments."""
    return session.status == Status.REPORTED


def _change_running(commitment: Commitment, **values: object) -> None:
    rows = Commitment.objects.filter(pk=commitment.pk, status=CommitmentStatus.RUNNING)
    if not rows.update(**values):
        raise DomainError(_("This commitment is finished already."))
    commitment.refresh_from_db()
