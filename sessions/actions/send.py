"""Sending a briefing: a chain of short steps, each one distinct content, whole or not at all.

A step takes the people who share one PDF, renders it outside a transaction when nobody did yet, and writes
file, receipts and mails in one commit; then the worker delivers those mails before the next step.
`BriefingCopy.file` is empty until its step is done, so a process that dies anywhere leaves nothing half: the
next step begins where the last commit ended, and the mail's key keeps it single.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.documents import calendar
from dialoog.kernel.files import store
from dialoog.kernel.files.models import StoredFile
from dialoog.kernel.outbox.models import MailBody
from dialoog.kernel.outbox.post import Attachment, Envelope, keep_body, post_many
from sessions import file_names, mails, papers
from sessions.actions.plan import move_session
from sessions.actions.planned import recompute, settle
from sessions.audience import audience, obstacles
from sessions.calendar import session_calendar
from sessions.models import (
    Briefing,
    BriefingChange,
    BriefingCopy,
    BriefingFile,
    BriefingKind,
    BriefingStatus,
    ChangeSize,
    DialogueSession,
    Invitation,
    PlannedKind,
    PlannedState,
    Status,
)
from sessions.reading import Reading, digest_of, interface_language, read
from sessions.telling import Said, freeze
from stakeholders.actions.access import give_access_many
from stakeholders.models import AccessLink, Channel, Person

logger = logging.getLogger(__name__)

# so that the first mails leave before a long list is written down
AT_ONCE = 400
PLANNED_KIND = {
    BriefingKind.INVITATION: PlannedKind.INVITATION,
    BriefingKind.PACK: PlannedKind.PACK,
}


def send_briefing(briefing_id: int) -> bool:
    """One step of sending; says whether there is a next one. Safe to run twice and after any break."""
    briefing = Briefing.objects.select_related("session__dialogue__workspace").get(pk=briefing_id)
    if briefing.status == BriefingStatus.PLANNED and not _begin(briefing):
        return False
    if briefing.status not in {BriefingStatus.SENDING, BriefingStatus.SENT}:
        return False
    batch = _next_batch(briefing)
    if batch is None:
        _finish(briefing)
        return False
    pdf = _pdf_of(briefing, batch)
    _write_down(briefing, batch, pdf)
    return True


def frozen(session: DialogueSession, kind: str) -> dict[str, Any]:
    return freeze(session, kind) | {"emblem": papers.emblem_sizes(session)}


def own_words(invitation: Invitation, content: dict[str, Any]) -> dict[str, str]:
    """What is particular to one invitation: its own words, else those of its group."""
    group = content["groups"].get(str(invitation.group_id), {})
    return {
        "why": invitation.why_you or group.get("why", ""),
        "ask": invitation.what_we_ask or group.get("ask", ""),
        "influence": group.get("influence") or _level(content),
    }


def _level(content: dict[str, Any]) -> str:
    return next(iter(content["languages"].values()))["level"]


def latest_sent(session: DialogueSession, kind: str) -> Briefing | None:
    return _sent(session, kind).order_by("-version").first()


def first_sent(session: DialogueSession, kind: str) -> Briefing | None:
    """With which the mailing went out; what came after it told a change."""
    return _sent(session, kind).order_by("version").first()


def _sent(session: DialogueSession, kind: str) -> QuerySet[Briefing]:
    return session.briefings.filter(kind=kind, status__in=[BriefingStatus.SENDING, BriefingStatus.SENT])


@dataclass(frozen=True)
class Batch:
    """People who share one PDF, all told in one commit; `intermediary` when it is about who they reach."""

    copies: Sequence[BriefingCopy]
    language: str
    ask: str
    level: str
    intermediary: Person | None = None

    @property
    def key(self) -> str:
        return papers.content_key(self.language, self.ask, self.level)


def _begin(briefing: Briefing) -> bool:
    """Freeze what goes out and who gets it; False when it is not time, not possible, or another began it."""
    session, kind = briefing.session, BriefingKind(briefing.kind)
    now = clock.now()
    if briefing.planned_for > now:
        return False
    if obstacles(session, kind):
        settle(session, PLANNED_KIND[kind], PlannedState.BLOCKED)
        return False
    # what was saved until this moment goes along: the promise people get is the one that stands
    content = frozen(session, kind)
    with transaction.atomic():
        mine = Briefing.objects.filter(pk=briefing.pk, status=BriefingStatus.PLANNED)
        if not mine.update(
            status=BriefingStatus.SENDING, sent_at=now, content=content, digest=digest_of(content)
        ):
            return False
        briefing.refresh_from_db()
        count = make_copies(briefing, list(audience(session, kind).with_people()))
        if kind == BriefingKind.PACK:
            session.changes.filter(briefing=None, made_at__gt=session.created_at).update(briefing=briefing)
        if session.status == Status.PLANNED:
            move_session(session=session, to=Status.INVITING)
        settle(session, PLANNED_KIND[kind], PlannedState.DONE, count=count)
        recompute(session)
        record(
            "briefing_sending",
            on=briefing,
            by=Actor.system(),
            workspace=session.workspace,
            data={"digest": briefing.digest, "count": count},
        )
    return True


def make_copies(briefing: Briefing, invitations: Sequence[Invitation]) -> int:
    rows = []
    for invitation in invitations:
        own = own_words(invitation, briefing.content)
        rows.append(
            BriefingCopy(
                briefing=briefing,
                invitation=invitation,
                language=interface_language(invitation.person.language),
                channel=invitation.person.channel,
                why_you=own["why"],
                what_we_ask=own["ask"],
                influence=own["influence"],
            )
        )
    BriefingCopy.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(rows)


def _pending(briefing: Briefing) -> QuerySet[BriefingCopy]:
    return briefing.copies.filter(file=None, invitation__withdrawn_at=None)


def _next_batch(briefing: Briefing) -> Batch | None:
    pending = _pending(briefing).select_related(
        "invitation__person__intermediary", "invitation__person__workspace"
    )
    first = pending.order_by("pk").first()
    if first is None:
        return None
    intermediary = first.invitation.person.intermediary
    if intermediary is not None:
        copies = list(pending.filter(invitation__person__intermediary=intermediary).order_by("pk"))
        asks, levels = {copy.what_we_ask for copy in copies}, {copy.influence for copy in copies}
        return Batch(
            copies=copies,
            language=interface_language(intermediary.language),
            ask=first.what_we_ask if len(asks) == 1 else "",
            level=first.influence if len(levels) == 1 else _level(briefing.content),
            intermediary=intermediary,
        )
    same = pending.filter(
        language=first.language,
        what_we_ask=first.what_we_ask,
        influence=first.influence,
        invitation__person__intermediary=None,
    )
    return Batch(
        copies=list(same.order_by("pk")[:AT_ONCE]),
        language=first.language,
        ask=first.what_we_ask,
        level=first.influence,
    )


def _pdf_of(briefing: Briefing, batch: Batch) -> StoredFile:
    """The PDF of a batch, rendered when this version has none for its content yet."""
    known = briefing.files.filter(content_key=batch.key, pdf__isnull=False).select_related("pdf").first()
    if known is not None and known.pdf is not None:
        return known.pdf
    reading = read(briefing.content, batch.language, ask=batch.ask, level=batch.level)
    pdf = papers.briefing_pdf(
        reading,
        emblem=briefing.content["emblem"],
        seed=briefing.session_id,
        version=papers.version_line(briefing, reading),
    )
    logger.info("Briefing %s: content %s rendered.", briefing.pk, batch.key[:8])
    return store.keep(pdf, papers.PDF)


def _write_down(briefing: Briefing, batch: Batch, pdf: StoredFile) -> None:
    """File, receipts and mails of a batch, in one commit."""
    people = [copy.invitation.person for copy in batch.copies]
    # why: apart, because it writes to the trail, and the trail's row should be held as short as possible
    links = give_access_many(people=people, by=Actor.system())
    with transaction.atomic():
        file, _is_new = BriefingFile.objects.get_or_create(
            briefing=briefing, content_key=batch.key, defaults={"language": batch.language, "pdf": pdf}
        )
        BriefingCopy.objects.filter(pk__in=[copy.pk for copy in batch.copies]).update(file=file)
        Invitation.objects.filter(
            pk__in=[copy.invitation_id for copy in batch.copies], sent_at__isnull=True
        ).update(sent_at=clock.now())
        post_many(workspace=briefing.session.workspace, envelopes=_envelopes(briefing, batch, pdf, links))


def _envelopes(
    briefing: Briefing, batch: Batch, pdf: StoredFile, links: dict[int, AccessLink]
) -> list[Envelope]:
    if batch.intermediary is not None:
        return _through(briefing, batch, pdf, links)
    by_body: dict[tuple[str, bool, bool], list[BriefingCopy]] = defaultdict(list)
    for copy in batch.copies:
        person = copy.invitation.person
        if copy.channel == Channel.MAIL and person.email:
            by_body[copy.why_you, bool(copy.invitation.opening_line), person.neutral_mail].append(copy)
    changes = changes_told(briefing, batch.language)
    make = mails.pack if briefing.kind == BriefingKind.PACK else mails.invitation
    envelopes = []
    for (why, has_opening, is_neutral), copies in by_body.items():
        reading = read(briefing.content, batch.language, why=why, ask=batch.ask, level=batch.level)
        parts = make(reading, has_opening=has_opening, is_neutral=is_neutral, changes=changes)
        body = body_of(briefing.session, briefing.kind, reading, parts, pdf, is_neutral=is_neutral)
        envelopes += [_envelope(briefing, copy, body, reading, links) for copy in copies]
    return envelopes


def _envelope(
    briefing: Briefing, copy: BriefingCopy, body: MailBody, reading: Reading, links: dict[int, AccessLink]
) -> Envelope:
    person = copy.invitation.person
    return Envelope(
        key=f"session:{briefing.session_id}:briefing:{briefing.pk}:person:{person.pk}",
        body=body,
        to_email=person.email,
        to_name=person.name,
        from_name=mails.sender_name(reading, is_neutral=person.neutral_mail),
        reply_to=reading.contact_email,
        recipient=f"person:{person.pk}",
        link_ref=links[person.pk].reference,
        personal={mails.NAME: person.name, mails.OPENING: copy.invitation.opening_line},
        useless_after=_useless_after(reading),
    )


def _through(
    briefing: Briefing, batch: Batch, pdf: StoredFile, links: dict[int, AccessLink]
) -> list[Envelope]:
    """One mail about everybody reached through one person; none without their address: then it is a call."""
    person = batch.intermediary
    if person is None or not person.email:
        return []
    reading = read(briefing.content, batch.language, ask=batch.ask, level=batch.level)
    parts = mails.through(
        reading,
        count=len(batch.copies),
        is_neutral=person.neutral_mail,
        changes=changes_told(briefing, batch.language),
    )
    body = body_of(
        briefing.session, f"{briefing.kind}_through", reading, parts, pdf, is_neutral=person.neutral_mail
    )
    newcomers = "" if _is_first_about(briefing, person, batch) else f":{batch.copies[0].pk}"
    return [
        Envelope(
            key=f"session:{briefing.session_id}:briefing:{briefing.pk}:intermediary:{person.pk}{newcomers}",
            body=body,
            to_email=person.email,
            to_name=person.name,
            from_name=mails.sender_name(reading),
            reply_to=reading.contact_email,
            recipient=f"person:{person.pk}",
            link_ref=links[batch.copies[0].invitation.person_id].reference,
            personal={mails.NAME: person.name},
            useless_after=_useless_after(reading),
        )
    ]


def _is_first_about(briefing: Briefing, person: Person, batch: Batch) -> bool:
    mine = [copy.pk for copy in batch.copies]
    told = briefing.copies.filter(invitation__person__intermediary=person, file__isnull=False)
    return not told.exclude(pk__in=mine).exists()


def _useless_after(reading: Reading) -> datetime | None:
    return reading.starts_at if reading.starts_at and reading.starts_at > clock.now() else None


def body_of(
    session: DialogueSession,
    kind: str,
    reading: Reading,
    parts: mails.MailParts,
    pdf: StoredFile,
    *,
    is_neutral: bool = False,
) -> MailBody:
    with translation.override(reading.language):
        # a neutral mail shows nothing in its list of files either
        name = file_names.information_pdf(is_neutral=is_neutral)
        attachments = [Attachment(pdf, name, papers.PDF)]
        entry = None if is_neutral else session_calendar(session, reading)
        if entry is not None:
            kept = store.keep(entry, "text/calendar")
            attachments.append(Attachment(kept, file_names.calendar_ics(), calendar.MEDIA_TYPE))
    return keep_body(
        workspace=session.workspace,
        kind=kind,
        language=reading.language,
        subject=parts.subject,
        html=parts.html,
        text=parts.text,
        attachments=attachments,
    )


def changes_told(briefing: Briefing, language: str) -> list[mails.Changed]:
    """What this version tells as changed, in the reader's language; typing errors are not told."""
    return _told(briefing.session, briefing.changes.all(), language)


def changes_to_tell(session: DialogueSession, language: str) -> list[mails.Changed]:
    """What the next mailing will tell as changed."""
    return _told(session, session.changes.filter(briefing=None), language)


def _told(session: DialogueSession, changes: QuerySet[BriefingChange], language: str) -> list[mails.Changed]:
    rows = changes.exclude(size=ChangeSize.TYPO).order_by("made_at", "pk")
    said = Said(session, language)
    with translation.override(language):
        return [
            mails.Changed(mails.field_label(row.field), said(row.old), said(row.new), said(row.reason))
            for row in rows
        ]


def _finish(briefing: Briefing) -> None:
    done = Briefing.objects.filter(pk=briefing.pk, status=BriefingStatus.SENDING)
    with transaction.atomic():
        if done.update(status=BriefingStatus.SENT):
            workspace = briefing.session.workspace
            record("briefing_sent", on=briefing, by=Actor.system(), workspace=workspace)
