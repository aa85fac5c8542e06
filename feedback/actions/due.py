"""Does what a planned row says when its time has come: ask, remind, or tell the organiser."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import Envelope, keep_body, post
from feedback import mails
from feedback.actions.ask import ask, remind
from feedback.actions.questionnaire import prepare_questionnaire
from feedback.models import Moment, Questionnaire
from feedback.planned import KINDS
from sessions import follow_up_mails
from sessions.actions.hold import hold_session
from sessions.mails import NAME, MailParts
from sessions.models import ChangeProposal, DialogueSession, PlannedKind, PlannedMail, PlannedState, Status
from sessions.proposals import tally

_WAITING = (PlannedState.PLANNED, PlannedState.BLOCKED)


def due_rows() -> list[int]:
    """Ids of planned rows of feedback whose time has come."""
    rows = PlannedMail.objects.filter(kind__in=KINDS, state__in=_WAITING, due_at__lte=clock.now())
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True))


def carry_out(row: PlannedMail) -> PlannedState:
    """Send what is due, once. Too late to make sense is missed; what is refused waits for the organiser."""
    if row.late_after < clock.now():
        PlannedMail.objects.filter(pk=row.pk, state__in=_WAITING).update(state=PlannedState.MISSED)
        return PlannedState.MISSED
    try:
        with transaction.atomic():
            rows = PlannedMail.objects.filter(pk=row.pk, state__in=_WAITING)
            if rows.update(state=PlannedState.DONE, done_at=clock.now()):
                count = _HANDLERS[PlannedKind(row.kind)](row)
                PlannedMail.objects.filter(pk=row.pk).update(count=count)
    except DomainError:
        PlannedMail.objects.filter(pk=row.pk, state=PlannedState.PLANNED).update(state=PlannedState.BLOCKED)
        return PlannedState.BLOCKED
    return PlannedState.DONE


def _ask(row: PlannedMail) -> int:
    session = row.session
    if session.status == Status.INVITING:
        # the day has passed and nobody cancelled it: it was held, also where nobody said so
        hold_session(session=session, by=Actor.system())
    questionnaire = prepare_questionnaire(session=session)
    return 0 if questionnaire.is_opened else ask(questionnaire=questionnaire, by=Actor.system())


def _remind(row: PlannedMail) -> int:
    questionnaire = Questionnaire.objects.filter(session=row.session, moment=Moment.AFTER).first()
    return remind(questionnaire=questionnaire) if questionnaire else 0


def _report_due(row: PlannedMail) -> int:
    session = row.session
    if session.report_by is None or session.status == Status.REPORTED:
        return 0
    link = settings.BASE_URL + session.workspace.url("feedback:report_edit", session.pk)
    words = mails.report_due(
        language=_language(session),
        session=session,
        day=session.report_by,
        left=(session.report_by - _today(session)).days,
        link=link,
    )
    return _to_organiser(session, words, f"report-due:{session.report_by}:{row.subject_id}")


def _commitment_due(row: PlannedMail) -> int:
    session = row.session
    commitment = session.commitments.filter(pk=row.subject_id).first()
    if commitment is None:
        return 0
    link = settings.BASE_URL + session.workspace.url("sessions:commitment_edit", session.pk, commitment.pk)
    words = mails.commitment_due(
        language=_language(session),
        session=session,
        number=commitment.number,
        text=commitment.text,
        owner=commitment.owner_name,
        day=commitment.due_on,
        link=link,
    )
    return _to_organiser(session, words, f"commitment-due:{commitment.pk}:{commitment.due_on}")


def _proposal_due(row: PlannedMail) -> int:
    session = row.session
    open_ones = ChangeProposal.objects.open().filter(commitment__session=session)
    proposal = open_ones.filter(pk=row.subject_id).select_related("commitment").first()
    if proposal is None:
        return 0
    page = session.workspace.url("sessions:commitment_edit", session.pk, proposal.commitment_id)
    words = follow_up_mails.proposal_due(
        language=_language(session),
        session=session,
        text=proposal.old_text.rstrip("."),
        day=proposal.answer_by,
        counts=tally(proposal.answers.all()),
        link=settings.BASE_URL + page,
    )
    return _to_organiser(session, words, f"proposal-due:{proposal.pk}")


_HANDLERS: dict[PlannedKind, Callable[[PlannedMail], int]] = {
    PlannedKind.FEEDBACK: _ask,
    PlannedKind.FEEDBACK_REMINDER: _remind,
    PlannedKind.REPORT_DUE: _report_due,
    PlannedKind.COMMITMENT_DUE: _commitment_due,
    PlannedKind.PROPOSAL_DUE: _proposal_due,
}


def _to_organiser(session: DialogueSession, words: MailParts, key: str) -> int:
    address = session.contact.email if session.contact else session.contact_email
    if not address:
        return 0
    name = session.contact.name if session.contact else session.contact_name
    body = keep_body(
        workspace=session.workspace,
        kind=key.split(":", maxsplit=1)[0].replace("-", "_"),
        language=_language(session),
        subject=words.subject,
        html=words.html,
        text=words.text,
        is_automatic=True,
    )
    envelope = Envelope(
        key=f"session:{session.pk}:{key}",
        body=body,
        to_email=address,
        to_name=name,
        from_name="Dialoog",
        recipient=f"user:{session.contact.pk}" if session.contact else "",
        personal={NAME: name},
    )
    post(workspace=session.workspace, envelope=envelope)
    return 1


def _language(session: DialogueSession) -> str:
    return session.contact.language if session.contact else session.workspace.language


def _today(session: DialogueSession) -> date:
    return clock.now().astimezone(ZoneInfo(session.timezone)).date()
