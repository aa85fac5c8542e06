"""Three sizes of change after sending (T107), and telling people that something does not take place.

A typing error keeps its old text on record and is not mailed. A change of programme is told in the next
planned mail. A changed promise goes to everybody at once, with what it was and why, and asks a new receipt.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.documents import calendar
from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from dialoog.kernel.outbox.models import MailBody
from dialoog.kernel.outbox.post import Attachment, Envelope, cancel, keep_body, post_many
from dialoog.kernel.workspaces.models import User
from sessions import mails
from sessions.actions.brief import plan_new_version
from sessions.actions.endorse import check_endorsements, still_counts
from sessions.actions.plan import PROMISE, StaleSession
from sessions.actions.planned import recompute
from sessions.calendar import session_calendar
from sessions.content import Reading, interface_language, live, promise_digest
from sessions.models import (
    Briefing,
    BriefingChange,
    BriefingKind,
    ChangeSize,
    DecisionProcedure,
    DialogueSession,
    Invitation,
)
from stakeholders.models import Channel, Person

TEXTS = ("title", "goal", "use_of_outcomes", "not_used_for", "out_of_scope", "adopter", "last_time", "place")
PROGRAMME = (
    "date_mode",
    "starts_at",
    "ends_at",
    "place_mode",
    "place",
    "online_link",
    "place_known_on",
    "contact_name",
    "contact_phone",
    "contact_email",
    "deputy_name",
    "deputy_phone",
    "travel_paid",
    "measures",
    "rules",
    "facilitator",
)


@transaction.atomic
def correct_typo(
    *, session: DialogueSession, fields: Mapping[str, str], by: User, version: int
) -> list[BriefingChange]:
    """Mend typing errors in texts that were sent. The old text stays on record; nobody gets a mail."""
    _refuse_unsent(session)
    standing = [row for row in session.endorsements.filter(agreed=True) if still_counts(row, session)]
    changes = _change(session, _only(fields, TEXTS), ChangeSize.TYPO, by=by, version=version)
    # who agreed to the promise agrees to it without the typing error too
    session.endorsements.filter(pk__in=[row.pk for row in standing]).update(
        promise_digest=promise_digest(session)
    )
    _finish(session, "typo_corrected", by, changes)
    return changes


@transaction.atomic
def change_programme(
    *, session: DialogueSession, fields: Mapping[str, Any], by: User, version: int, reason: str = ""
) -> list[BriefingChange]:
    """Change place, time, contact or rules of conduct. Told in the next planned mail; the calendar moves."""
    _refuse_unsent(session)
    starts_at, ends_at = (fields.get(name, getattr(session, name)) for name in ("starts_at", "ends_at"))
    if starts_at and ends_at and ends_at <= starts_at:
        raise DomainError(_("The meeting must end after it starts."), field="ends_at")
    if fields.get("starts_at") and fields["starts_at"] <= clock.now():
        raise DomainError(_("Choose a moment that is still to come."), field="starts_at")
    changes = _change(
        session, _only(fields, PROGRAMME), ChangeSize.PROGRAMME, by=by, version=version, reason=reason
    )
    recompute(session)
    _finish(session, "programme_changed", by, changes)
    return changes


@transaction.atomic
def note_agenda_change(
    *, session: DialogueSession, old: str, new: str, by: User, reason: str = ""
) -> BriefingChange:
    """Write down that the order of the day changed after the pack was sent, to be told in the next mail."""
    _refuse_unsent(session)
    change = BriefingChange.objects.create(
        session=session,
        field="agenda",
        size=ChangeSize.PROGRAMME,
        old=old,
        new=new,
        reason=reason,
        made_at=clock.now(),
        made_by=by,
    )
    _finish(session, "programme_changed", by, [change])
    return change


@transaction.atomic
def propose_change(
    *,
    session: DialogueSession,
    fields: Mapping[str, Any],
    by: User,
    version: int,
    reason: str,
    procedure: Mapping[str, Any] | None = None,
) -> Briefing:
    """Change the promise: a new version goes to everybody with old, new and why, and asks a new receipt.

    Answers about coming stay. Refused without a reason, without a change, and before anything was sent.
    """
    _refuse_unsent(session)
    if not reason.strip():
        raise DomainError(_("Say why: people read it beside the change."), field="reason")
    values = _only(fields, PROMISE)
    changes = _change(
        session,
        values,
        ChangeSize.PROMISE,
        by=by,
        version=version,
        reason=reason.strip(),
        procedure=procedure,
    )
    if not changes:
        raise DomainError(_("Nothing is different from what people have."))
    briefing = plan_new_version(session=session, by=by, kind=BriefingKind.INVITATION, changes=changes)
    session.invitations.open().exclude(clear="").update(clear="")
    check_endorsements(session=session)
    recompute(session)
    _finish(session, "promise_changed", by, changes)
    return briefing


def untold_changes(session: DialogueSession) -> list[BriefingChange]:
    """Changes of the programme that wait for the next mail."""
    rows = session.changes.filter(briefing=None, size=ChangeSize.PROGRAMME)
    return list(rows.order_by("made_at", "pk"))


@transaction.atomic
def tell_now(*, session: DialogueSession, by: User) -> Briefing:
    """Do not wait for the next planned mail: a new version of the last mailing with what changed."""
    changes = untold_changes(session)
    if not changes:
        raise DomainError(_("Nothing is different from what people have."))
    pack = session.briefings.filter(kind=BriefingKind.PACK, sent_at__isnull=False)
    kind = BriefingKind.PACK if pack.exists() else BriefingKind.INVITATION
    return plan_new_version(session=session, by=by, kind=kind, changes=changes)


@transaction.atomic
def tell_cancelled(*, session: DialogueSession, by: User, reason: str = "") -> int:
    """Tell everybody who was invited by mail that it does not take place; returns how many mails."""
    rows = session.invitations.sent().select_related("person__workspace")
    people = [each.person for each in rows.filter(person__channel=Channel.MAIL)]
    waiting = session.workspace.mails.filter(key__startswith=f"session:{session.pk}:")
    cancel(workspace=session.workspace, keys=list(waiting.values_list("key", flat=True)))
    count = _tell(session, people, "cancelled", reason)
    record(
        "cancellation_told",
        on=session,
        by=Actor.user(by),
        workspace=session.workspace,
        data={"count": count},
    )
    return count


@transaction.atomic
def tell_withdrawn(*, invitation: Invitation, by: User, reason: str = "") -> int:
    """Tell one person that their invitation no longer stands; nothing for who never got it by mail."""
    session, person = invitation.session, invitation.person
    if invitation.sent_at is None or person.channel != Channel.MAIL:
        return 0
    count = _tell(session, [person], "withdrawn", reason)
    record("withdrawal_told", on=invitation, by=Actor.user(by), workspace=session.workspace)
    return count


def parts_of(reading: Reading) -> dict[str, str]:
    """What people are told, by the name of each part: compared before and after a change."""
    return {
        "title": str(reading.title),
        "goal": str(reading.goal),
        "use_of_outcomes": str(reading.use),
        "not_used_for": str(reading.not_used),
        "influence": str(reading.say),
        "decides": str(reading.decided),
        "procedure": " ".join(str(words) for words in reading.procedure),
        "confidentiality": reading.confidential,
        "report_by": reading.report,
        "last_time": str(reading.last_time),
        "when": f"{reading.days}, {reading.hours}" if reading.hours else reading.days,
        "place": str(reading.place) or reading.place_note,
        "practical": " ".join(str(words) for words in reading.practical),
        "contact": " ".join(part for part in (reading.contact_name, reading.contact_phone) if part),
        "rules": " ".join(str(words) for words in reading.conduct),
    }


def _refuse_unsent(session: DialogueSession) -> None:
    if session.is_closed:
        raise DomainError(_("This meeting is closed and can no longer be changed."))
    if not session.is_sent:
        raise DomainError(_("Nothing has been sent yet, so you can simply write it otherwise."))


def _only(fields: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}


def _change(
    session: DialogueSession,
    values: dict[str, Any],
    size: ChangeSize,
    *,
    by: User,
    version: int,
    reason: str = "",
    procedure: Mapping[str, Any] | None = None,
) -> list[BriefingChange]:
    """Write with the version as guard and record, per part people read, what it was and what it is."""
    before = parts_of(live(session, session.language, kind=BriefingKind.PACK))
    rows = DialogueSession.objects.filter(pk=session.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise StaleSession(_("Somebody else saved this meeting meanwhile. Look at both texts below."))
    if procedure is not None:
        values = {name: value for name, value in procedure.items() if name != "advisory_groups"}
        row, _made = DecisionProcedure.objects.update_or_create(session=session, defaults=values)
        if "advisory_groups" in procedure:
            row.advisory_groups.set(procedure["advisory_groups"])
    session.refresh_from_db()
    after = parts_of(live(session, session.language, kind=BriefingKind.PACK))
    now = clock.now()
    return BriefingChange.objects.bulk_create(
        BriefingChange(
            session=session,
            field=name,
            size=size,
            old=before[name],
            new=after[name],
            reason=reason,
            made_at=now,
            made_by=by,
        )
        for name in before
        if before[name] != after[name]
    )


def _tell(session: DialogueSession, people: list[Person], kind: str, reason: str) -> int:
    make = {"cancelled": mails.cancelled, "withdrawn": mails.withdrawn}[kind]
    bodies: dict[tuple[str, bool], tuple[MailBody, str]] = {}
    envelopes = []
    for person in people:
        key = (interface_language(person.language), person.neutral_mail)
        if key not in bodies:
            reading = live(session, key[0], kind=BriefingKind.INVITATION)
            parts = make(reading, reason=reason, is_neutral=person.neutral_mail)
            body = _body(session, kind, reading, parts, is_neutral=person.neutral_mail)
            bodies[key] = (body, mails.sender_name(reading, is_neutral=person.neutral_mail))
        envelopes.append(
            Envelope(
                key=f"session:{session.pk}:{kind}:person:{person.pk}",
                body=bodies[key][0],
                to_email=person.email,
                to_name=person.name,
                from_name=bodies[key][1],
                reply_to=session.contact_email,
                recipient=f"person:{person.pk}",
                personal={mails.NAME: person.name},
            )
        )
    return len(post_many(workspace=session.workspace, envelopes=envelopes))


def _body(
    session: DialogueSession, kind: str, reading: Reading, parts: mails.MailParts, *, is_neutral: bool
) -> MailBody:
    entry = None if is_neutral else session_calendar(session, reading, is_cancelled=True)
    attachments = []
    if entry is not None:
        kept = store.keep(entry, "text/calendar")
        attachments = [Attachment(kept, "meeting.ics", calendar.CANCELLED_MEDIA_TYPE)]
    return keep_body(
        workspace=session.workspace,
        kind=kind,
        language=reading.language,
        subject=parts.subject,
        html=parts.html,
        text=parts.text,
        attachments=attachments,
    )


def _finish(session: DialogueSession, verb: str, by: User, changes: list[BriefingChange]) -> None:
    data = {"fields": [change.field for change in changes]}
    record(verb, on=session, by=Actor.user(by), workspace=session.workspace, data=data)
