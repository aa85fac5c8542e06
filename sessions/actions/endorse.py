"""Somebody stands for the promise: asked by a mailed link, answered without an account (T52)."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock, tokens
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import Envelope, cancel, checked_address, keep_body, post
from dialoog.kernel.workspaces.models import User
from sessions import mails, wording
from sessions.actions.planned import tell_organiser
from sessions.models import BriefingKind, DialogueSession, Endorsement
from sessions.queries import planned_moment
from sessions.telling import live, promise_digest


def reference_of(endorsement: Endorsement) -> str:
    """What the token is computed from; safe to store in a mail that still has to be sent."""
    return f"endorse:{endorsement.pk}:1"


def find_endorsement(token: str) -> Endorsement | None:
    """The request behind a token, also when it was withdrawn: the page explains."""
    rows = Endorsement.objects.select_related("session__dialogue__workspace", "session__contact")
    return rows.filter(digest=tokens.digest_of(token)).first()


@transaction.atomic
def ask_endorsement(
    *, session: DialogueSession, name: str, email: str, by: User, function: str = ""
) -> Endorsement:
    """Ask somebody whether they stand for the promise as it is now. Asking the same person again asks anew.

    Refused while the promise is incomplete, and for an address mail servers do not accept.
    """
    if not (session.goal and session.use_of_outcomes and session.influence and session.decides):
        raise DomainError(_("Write first what people may expect. Then ask somebody to agree with it."))
    address = checked_address(email)
    session.endorsements.filter(email__iexact=address, agreed=None, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )
    endorsement = Endorsement.objects.create(
        session=session,
        name=name.strip(),
        function=function.strip(),
        email=address,
        promise_digest=promise_digest(session),
        asked_at=clock.now(),
        asked_by=by,
    )
    reference = reference_of(endorsement)
    endorsement.digest = tokens.digest_of(tokens.make_token(reference))
    Endorsement.objects.filter(pk=endorsement.pk).update(digest=endorsement.digest)
    _post(endorsement)
    workspace = session.workspace
    record("endorsement_asked", on=endorsement, by=Actor.user(by), workspace=workspace)
    return endorsement


@transaction.atomic
def answer_endorsement(*, endorsement: Endorsement, agreed: bool, note: str = "") -> Endorsement:
    """Keep whether somebody agrees with the promise they were shown, and tell the organiser.

    Refused once it was answered or withdrawn, when the promise has changed since, and for “not yet” without
    words.
    """
    refuse_when_gone(endorsement)
    note = note.strip()
    if not agreed and not note:
        raise DomainError(_("Write what should change."), field="note")
    answered = Endorsement.objects.filter(pk=endorsement.pk, answered_at=None, withdrawn_at=None)
    if not answered.update(agreed=agreed, note=note, answered_at=clock.now()):
        raise DomainError(_("You have answered already. Thank you."))
    endorsement.refresh_from_db()
    session = endorsement.session
    parts = mails.endorsement_answered(
        language=session.contact.language if session.contact else session.workspace.language,
        title=str(session),
        name=endorsement.name,
        agreed=agreed,
        note=note,
        link=_asking_page(session) if agreed else _promise_page(session),
    )
    key = f"session:{session.pk}:endorsement:{endorsement.pk}:answered"
    tell_organiser(session, parts, kind="endorsement_answered", key=key)
    record(
        "endorsement_answered",
        on=endorsement,
        by=Actor.guest(endorsement.pk),
        workspace=session.workspace,
        data={"agreed": agreed},
    )
    return endorsement


@transaction.atomic
def withdraw_endorsement(*, endorsement: Endorsement, by: User) -> None:
    """Take the request back, or no longer count on the agreement; its page says so."""
    rows = Endorsement.objects.filter(pk=endorsement.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=clock.now()):
        return
    workspace = endorsement.session.workspace
    cancel(workspace=workspace, keys=[_key(endorsement)])
    record("endorsement_withdrawn", on=endorsement, by=Actor.user(by), workspace=workspace)


@transaction.atomic
def check_endorsements(*, session: DialogueSession) -> list[Endorsement]:
    """Those who agreed to an earlier promise; the organiser is told once that it no longer counts."""
    stale = [
        row
        for row in session.endorsements.filter(agreed=True, withdrawn_at=None).order_by("pk")
        if not still_counts(row, session)
    ]
    for row in stale:
        parts = mails.endorsement_void(
            language=session.contact.language if session.contact else session.workspace.language,
            title=str(session),
            names=wording.joined([row.name]),
            link=_asking_page(session),
        )
        key = f"session:{session.pk}:endorsement:{row.pk}:void"
        tell_organiser(session, parts, kind="endorsement_void", key=key)
    return stale


def still_counts(endorsement: Endorsement, session: DialogueSession) -> bool:
    """Whether the promise is the one somebody was asked about."""
    return endorsement.promise_digest == promise_digest(session)


def refuse_when_gone(endorsement: Endorsement) -> None:
    """The sentences with which an answer can no longer be taken."""
    who = {"name": endorsement.session.contact_name or endorsement.session.workspace.name}
    if endorsement.withdrawn_at is not None:
        raise DomainError(_("%(name)s took this request back. You need not do anything.") % who)
    if endorsement.answered_at is not None:
        raise DomainError(_("You have answered already. Thank you."))
    if not still_counts(endorsement, endorsement.session):
        raise DomainError(
            _("The promise has changed since you were asked. %(name)s will ask you again.") % who
        )


def _asking_page(session: DialogueSession) -> str:
    """Where who stands for it is seen, and asked again."""
    page = session.workspace.url("sessions:invite_look", session.pk)
    return f"{settings.BASE_URL}{page}#h-endorse"


def _promise_page(session: DialogueSession) -> str:
    """Where the promise is changed: once it was sent, as a change people are told about."""
    workspace = session.workspace
    if session.is_sent:
        return settings.BASE_URL + workspace.url("sessions:change_edit", session.pk, "promise")
    return settings.BASE_URL + workspace.url("sessions:invite_promise", session.pk)


def _post(endorsement: Endorsement) -> None:
    session = endorsement.session
    reading = live(session, session.language, kind=BriefingKind.INVITATION)
    parts = mails.endorse(reading, goes_on=planned_moment(session))
    body = keep_body(
        workspace=session.workspace,
        kind="endorse",
        language=reading.language,
        subject=parts.subject,
        html=parts.html,
        text=parts.text,
    )
    post(
        workspace=session.workspace,
        envelope=Envelope(
            key=_key(endorsement),
            body=body,
            to_email=endorsement.email,
            to_name=endorsement.name,
            from_name=mails.sender_name(reading),
            reply_to=session.contact_email,
            recipient=f"endorsement:{endorsement.pk}",
            link_ref=reference_of(endorsement),
            personal={mails.NAME: endorsement.name},
        ),
    )


def _key(endorsement: Endorsement) -> str:
    return f"session:{endorsement.session_id}:endorsement:{endorsement.pk}"
