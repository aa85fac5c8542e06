"""Three sizes of change after sending (T107), and telling people that something does not take place.

A typing error keeps its old text on record and is not mailed. A change of programme is told in the next
planned mail. A changed promise goes to everybody at once, with what it was and why, and asks a new receipt.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
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
from sessions import file_names, mails
from sessions.actions.brief import plan_new_version
from sessions.actions.endorse import check_endorsements, still_counts
from sessions.actions.plan import PROMISE, StaleSession
from sessions.actions.planned import recompute
from sessions.actions.translate import follow_typo, keep_text
from sessions.calendar import session_calendar
from sessions.models import (
    Briefing,
    BriefingChange,
    BriefingKind,
    ChangeSize,
    DecisionProcedure,
    DialogueSession,
    Invitation,
)
from sessions.reading import INTERFACE, Reading, Words, interface_language
from sessions.telling import live, promise_digest
from sessions.translations import OF_SESSION, of_change, sources_before
from stakeholders.models import Channel, Person

# how one thing is said, per language in which it can be; and new texts by language and by field
Told = Mapping[str, str]
Translated = Mapping[str, Mapping[str, str]]
NOT_TRANSLATED: Translated = {}

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
    *,
    session: DialogueSession,
    fields: Mapping[str, str],
    by: User,
    version: int,
    translated: Translated = NOT_TRANSLATED,
) -> list[BriefingChange]:
    """Mend typing errors in texts that were sent. The old text stays on record; nobody gets a mail.

    A translation stays what it was, unless another is given.
    """
    _refuse_unsent(session)
    standing = [row for row in session.endorsements.filter(agreed=True) if still_counts(row, session)]
    changes = _change(
        session, _only(fields, TEXTS), ChangeSize.TYPO, by=by, version=version, translated=translated
    )
    # who agreed to the promise agrees to it without the typing error too
    session.endorsements.filter(pk__in=[row.pk for row in standing]).update(
        promise_digest=promise_digest(session)
    )
    _finish(session, "typo_corrected", by, changes)
    return changes


@transaction.atomic
def change_programme(
    *,
    session: DialogueSession,
    fields: Mapping[str, Any],
    by: User,
    version: int,
    reason: str = "",
    translated: Translated = NOT_TRANSLATED,
) -> list[BriefingChange]:
    """Change place, time, contact or rules of conduct. Told in the next planned mail; the calendar moves."""
    _refuse_unsent(session)
    starts_at, ends_at = (fields.get(name, getattr(session, name)) for name in ("starts_at", "ends_at"))
    if starts_at and ends_at and ends_at <= starts_at:
        raise DomainError(_("The meeting must end after it starts."), field="ends_at")
    if fields.get("starts_at") and fields["starts_at"] <= clock.now():
        raise DomainError(_("Choose a moment that is still to come."), field="starts_at")
    changes = _change(
        session,
        _only(fields, PROGRAMME),
        ChangeSize.PROGRAMME,
        by=by,
        version=version,
        reason=reason,
        translated=translated,
    )
    recompute(session)
    _finish(session, "programme_changed", by, changes)
    return changes


@transaction.atomic
def note_agenda_change(
    *, session: DialogueSession, old: Told, new: Told, by: User, reason: str = ""
) -> BriefingChange:
    """Write down that the order of the day changed after the pack was sent, to be told in the next mail.

    `old` and `new` say it in the languages in which it can be said, that of the meeting among them.
    """
    _refuse_unsent(session)
    change = BriefingChange.objects.create(
        session=session,
        field="agenda",
        size=ChangeSize.PROGRAMME,
        old=old[session.language],
        new=new[session.language],
        reason=reason,
        made_at=clock.now(),
        made_by=by,
    )
    _keep_translations(session, [change], {"agenda": old}, {"agenda": new}, {})
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
    translated: Translated = NOT_TRANSLATED,
) -> Briefing:
    """Change the promise: a new version goes to everybody with old, new and why, and asks a new receipt.

    `translated` holds per language the new texts, and the reason, for who reads another one; what is not in
    it is told as it was written. Answers about coming stay. Refused without a reason, without a change, and
    before anything was sent.
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
        translated=translated,
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


def parts_of(reading: Reading) -> dict[str, Words]:
    """What people are told, by the name of each part: compared before and after a change."""
    contact = " ".join(part for part in (reading.contact_name, reading.contact_phone) if part)
    return {
        "title": reading.title,
        "goal": reading.goal,
        "use_of_outcomes": reading.use,
        "not_used_for": reading.not_used,
        "influence": reading.say,
        "decides": reading.decided,
        "procedure": _joined(reading.procedure),
        "confidentiality": Words(reading.confidential),
        "report_by": Words(reading.report),
        "last_time": reading.last_time,
        "when": Words(f"{reading.days}, {reading.hours}" if reading.hours else reading.days),
        "place": reading.place or Words(reading.place_note),
        "practical": _joined(reading.practical),
        "contact": Words(contact),
        "rules": _joined(reading.conduct),
    }


def _joined(several: Sequence[Words]) -> Words:
    """Several texts as one, in the language of the first that is not the reader's."""
    return Words(" ".join(map(str, several)), next((words.lang for words in several if words.lang), ""))


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
    translated: Translated = NOT_TRANSLATED,
) -> list[BriefingChange]:
    """Write with the version as guard and record, per part people read, what it was and what it is."""
    before = _in_each_language(session)
    sources = {name: str(getattr(session, name)) for name in values if name in OF_SESSION}
    rows = DialogueSession.objects.filter(pk=session.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise StaleSession(_("Somebody else saved this meeting meanwhile. Look at both texts below."))
    if procedure is not None:
        values = {name: value for name, value in procedure.items() if name != "advisory_groups"}
        values["was_two_thirds"] = False
        row, _made = DecisionProcedure.objects.update_or_create(session=session, defaults=values)
        if "advisory_groups" in procedure:
            row.advisory_groups.set(procedure["advisory_groups"])
    session.refresh_from_db()
    for name, old in sources.items():
        if size == ChangeSize.TYPO:
            follow_typo(session=session, old=old, new=str(getattr(session, name)))
    _keep_new_texts(session, {*sources, *(procedure or {})}, translated)
    after = _in_each_language(session)
    old_of = {name: told[session.language] for name, told in before.items()}
    new_of = {name: told[session.language] for name, told in after.items()}
    now = clock.now()
    changes = BriefingChange.objects.bulk_create(
        BriefingChange(
            session=session,
            field=name,
            size=size,
            old=old_of[name],
            new=new_of[name],
            reason=reason,
            made_at=now,
            made_by=by,
        )
        for name in old_of
        if old_of[name] != new_of[name]
    )
    reasons = {code: texts.get("reason", "").strip() for code, texts in translated.items()}
    _keep_translations(session, changes, before, after, reasons)
    return changes


def _keep_new_texts(session: DialogueSession, names: Iterable[str], translated: Translated) -> None:
    """Keep what was given in other languages of the texts that are written anew."""
    if not translated:
        return
    rules = DecisionProcedure.objects.filter(session=session).first()
    sources = {source.field: source for source in sources_before(session, procedure=rules, groups=[])}
    for code, texts in translated.items():
        for name in {*names} & {*texts} & {*sources}:
            keep_text(session=session, source=sources[name], language=code, text=texts[name].strip())


def _in_each_language(session: DialogueSession) -> dict[str, dict[str, str]]:
    """Per part what people are told, in the languages in which all of it can be said."""
    found: dict[str, dict[str, str]] = {}
    for code in {*INTERFACE, session.language}:
        for name, words in parts_of(live(session, code, kind=BriefingKind.PACK)).items():
            if not words.lang and not words.tail:
                found.setdefault(name, {})[code] = str(words)
    return found


def _keep_translations(
    session: DialogueSession,
    changes: Sequence[BriefingChange],
    before: Mapping[str, Told],
    after: Mapping[str, Told],
    reasons: Told,
) -> None:
    """Keep how a change is told in the other languages, so that it is read as it was then."""
    for change in changes:
        said = {"old": before[change.field], "new": after[change.field], "reason": reasons}
        for name, source in zip(said, of_change(change), strict=True):
            for code, text in said[name].items():
                if code != session.language and source.text and text:
                    keep_text(session=session, source=source, language=code, text=text)


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
        with translation.override(reading.language):
            name = file_names.calendar_ics()
        attachments = [Attachment(kept, name, calendar.CANCELLED_MEDIA_TYPE)]
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
