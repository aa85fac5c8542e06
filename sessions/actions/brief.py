"""Briefing people: put ready, take back, test on oneself, bring newcomers up to date."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from dialoog.kernel.outbox.post import Envelope, checked_address, post
from dialoog.kernel.workspaces.models import User
from sessions import mails, papers
from sessions.actions.plan import move_session
from sessions.actions.planned import MORNING, announce, recompute
from sessions.actions.send import body_of, changes_to_tell, frozen, latest_sent, make_copies, own_words
from sessions.audience import audience, obstacles
from sessions.engine.working_days import next_working_day, pack_on
from sessions.models import (
    Briefing,
    BriefingChange,
    BriefingCopy,
    BriefingKind,
    BriefingStatus,
    DialogueSession,
    Endorsement,
    Status,
)
from sessions.reading import Reading, digest_of, interface_language, read
from sessions.telling import freeze
from stakeholders.models import Channel, StakeholderGroup


@transaction.atomic
def plan_briefing(
    *,
    session: DialogueSession,
    by: User,
    kind: BriefingKind = BriefingKind.INVITATION,
    send_at: datetime | None = None,
) -> Briefing:
    """Put a mailing ready for `send_at`, or for now. Planning again replaces what was ready.

    Refused (DomainError) while something stands in the way (`audience.obstacles`), for a moment in the past
    or too late to make sense, for a character that cannot be printed, and once this mailing has gone out.
    """
    if session.briefings.filter(kind=kind, sent_at__isnull=False).exists():
        raise DomainError(_("This has gone out already. Propose a change instead."))
    _refuse_unready(session, kind)
    _refuse_moment(session, kind, send_at)
    return _plan(session, kind, by, send_at)


@transaction.atomic
def plan_new_version(
    *, session: DialogueSession, by: User, kind: BriefingKind, changes: Iterable[BriefingChange]
) -> Briefing:
    """Put a later version ready at once, for everybody who had the earlier one, with what changed in it."""
    _refuse_unready(session, kind)
    briefing = _plan(session, kind, by, None)
    BriefingChange.objects.filter(pk__in=[change.pk for change in changes]).update(briefing=briefing)
    return briefing


@transaction.atomic
def take_back(*, briefing: Briefing, by: User) -> None:
    """Take a mailing back that has not begun to leave. Refused from the first mail on."""
    waiting = Briefing.objects.filter(pk=briefing.pk, status=BriefingStatus.PLANNED)
    if not waiting.update(status=BriefingStatus.TAKEN_BACK):
        raise DomainError(_("This is on its way already and cannot be taken back."))
    briefing.status = BriefingStatus.TAKEN_BACK
    session = DialogueSession.objects.with_workspace().get(pk=briefing.session_id)
    if briefing.kind == BriefingKind.INVITATION and session.status == Status.PLANNED:
        move_session(session=session, to=Status.DRAFT)
    recompute(session)
    record("briefing_taken_back", on=briefing, by=Actor.user(by), workspace=session.workspace)


@transaction.atomic
def brief_newcomers(*, session: DialogueSession, by: User) -> int:
    """Give who was invited after sending the same versions whole (decisions.md 10); returns how many."""
    latest = latest_sent(session, BriefingKind.INVITATION)
    if latest is None or session.is_closed:
        return 0
    people = list(audience(session).exclude(copies__briefing=latest).with_people())
    for each in people:
        if each.person.channel == Channel.MAIL:
            checked_address(each.person.email)
    for kind in BriefingKind:
        briefing = latest_sent(session, kind)
        if briefing and people:
            make_copies(briefing, people)
            transaction.on_commit(lambda pk=briefing.pk: announce("sessions.send_briefing", pk))  # type: ignore[misc]
    if people:
        ids = [each.pk for each in people]
        record(
            "newcomers_briefed",
            on=session,
            by=Actor.user(by),
            workspace=session.workspace,
            data={"invitations": ids},
        )
    return len(people)


def send_to_myself(
    *,
    session: DialogueSession,
    by: User,
    kind: BriefingKind = BriefingKind.INVITATION,
    group: StakeholderGroup | None = None,
) -> None:
    """Mail a colleague what `group` would get, marked as a test. A second click adds none."""
    group_id = group.pk if group else 0
    reading = preview(session, kind, by.language, group_id)
    papers.refuse_unprintable(reading, emblem=papers.emblem_sizes(session), seed=session.pk)
    minute = f"{clock.now():%Y%m%d%H%M}"
    if not announce("sessions.send_to_myself", session.pk, str(kind), group_id, by.pk, minute):
        raise DomainError(_("The test could not be sent just now. Try again in a minute."))


def post_test(
    *, session: DialogueSession, kind: BriefingKind, group: int | None, by: User, minute: str
) -> None:
    """Render and post the test mail `send_to_myself` asked for."""
    reading = preview(session, kind, by.language, group)
    pdf = papers.briefing_pdf(
        reading,
        emblem=papers.emblem_sizes(session),
        seed=session.pk,
        version=papers.version_line(None, reading),
    )
    parts = mail_of(session, kind, reading, is_test=True)
    body = body_of(session, f"{kind}_test", reading, parts, store.keep(pdf, papers.PDF))
    post(
        workspace=session.workspace,
        envelope=Envelope(
            key=f"session:{session.pk}:test:{kind}:{group or 0}:user:{by.pk}:{minute}",
            body=body,
            to_email=by.email,
            to_name=by.name,
            from_name=mails.sender_name(reading),
            reply_to=session.contact_email,
            recipient=f"user:{by.pk}",
            personal={mails.NAME: by.name or by.email},
        ),
    )


def mail_of(
    session: DialogueSession, kind: str, reading: Reading, *, is_test: bool = False
) -> mails.MailParts:
    """The mail of a mailing as it would leave now."""
    if kind == BriefingKind.PACK:
        return mails.pack(reading, is_test=is_test, changes=changes_to_tell(session, reading.language))
    return mails.invitation(reading, is_test=is_test)


def suggested_send_at(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> datetime:
    """When a mailing best goes, at 09:00 in the session's zone: see `suggested_moment`."""
    return suggested_moment(session, kind)[0]


def suggested_moment(
    session: DialogueSession, kind: str = BriefingKind.INVITATION
) -> tuple[datetime, Endorsement | None]:
    """When a mailing best goes, and who was just asked to agree where it waits a working day for them.

    The pack two weeks before the meeting while that is still to come; else the first working day.
    """
    zone = ZoneInfo(session.timezone)
    now = clock.now().astimezone(zone)
    if kind == BriefingKind.PACK and session.starts_at:
        starts_on = session.starts_at.astimezone(zone).date()
        day = pack_on(starts_on, session.answer_by, session.workspace.is_day_off)
        if datetime.combine(day, MORNING, zone) > now:
            return datetime.combine(day, MORNING, zone), None
    usual = _first_morning(session, now)
    asked = awaited_endorsement(session) if kind == BriefingKind.INVITATION else None
    if asked is None:
        return usual, None
    later = _first_morning(session, _first_morning(session, asked.asked_at))
    is_in_time = session.answer_by is None or later.date() < session.answer_by
    return (later, asked) if later > usual and is_in_time else (usual, None)


def awaited_endorsement(session: DialogueSession) -> Endorsement | None:
    """Who was asked last to stand for the promise and has not answered yet."""
    open_rows = session.endorsements.filter(answered_at=None, withdrawn_at=None)
    asked: Endorsement | None = open_rows.order_by("-asked_at", "-pk").first()
    return asked


def preview(session: DialogueSession, kind: str, language: str, group: int | None) -> Reading:
    """What somebody of `group` would read now."""
    content = freeze(session, kind)
    texts = content["groups"].get(str(group), {}) if group else {}
    return read(
        content,
        language,
        why=texts.get("why", ""),
        ask=texts.get("ask", ""),
        level=texts.get("influence", ""),
    )


def copy_reading(copy: BriefingCopy, *, language: str = "") -> Reading:
    """What one person was told, whole."""
    return read(
        copy.briefing.content,
        language or copy.language,
        why=copy.why_you,
        ask=copy.what_we_ask,
        level=copy.influence,
    )


# --- planning


def _first_morning(session: DialogueSession, moment: datetime) -> datetime:
    """09:00 on the first working day from this moment on."""
    zone = ZoneInfo(session.timezone)
    local = moment.astimezone(zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(next_working_day(day, session.workspace.is_day_off), MORNING, zone)


def _plan(session: DialogueSession, kind: BriefingKind, by: User, send_at: datetime | None) -> Briefing:
    now = clock.now()
    moment = send_at or now
    content = frozen(session, kind)
    _refuse_glyphs(session, kind, content)
    values = {
        "content": content,
        "digest": digest_of(content),
        "planned_for": moment,
        "created_at": now,
        "created_by": by,
    }
    last = session.briefings.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0
    briefing, is_new = Briefing.objects.get_or_create(
        session=session,
        kind=kind,
        status=BriefingStatus.PLANNED,
        defaults={"version": last + 1, **values},
    )
    if not is_new:
        Briefing.objects.filter(pk=briefing.pk, status=BriefingStatus.PLANNED).update(**values)
        briefing.refresh_from_db()
    if kind == BriefingKind.INVITATION and session.status == Status.DRAFT:
        move_session(session=session, to=Status.PLANNED)
    recompute(session)
    if moment <= now:
        transaction.on_commit(lambda: announce("sessions.send_briefing", briefing.pk))
    record(
        "briefing_planned",
        on=briefing,
        by=Actor.user(by),
        workspace=session.workspace,
        data={"kind": str(kind), "version": briefing.version, "digest": briefing.digest},
    )
    return briefing


def _refuse_unready(session: DialogueSession, kind: BriefingKind) -> None:
    found = obstacles(session, kind)
    if found:
        raise DomainError(found[0])


def _refuse_moment(session: DialogueSession, kind: BriefingKind, send_at: datetime | None) -> None:
    """Refuse a moment in the past, after the meeting began, or on the day people were to have answered."""
    now = clock.now()
    moment = send_at or now
    if moment < now - timedelta(minutes=5):
        raise DomainError(_("Choose a moment that is still to come."), field="send_at")
    if session.starts_at and now < session.starts_at <= moment:
        raise DomainError(_("Then it would arrive after the meeting has begun."), field="send_at")
    local = moment.astimezone(ZoneInfo(session.timezone)).date()
    if kind == BriefingKind.INVITATION and session.answer_by and local >= session.answer_by:
        raise DomainError(
            _("You ask people to answer before a day that has passed when this arrives. Give them longer."),
            field="answer_by",
        )


def _refuse_glyphs(session: DialogueSession, kind: BriefingKind, content: dict[str, Any]) -> None:
    """Every distinct content is looked at, because a text per person may hold what the fonts do not."""
    texts = {
        (
            interface_language(each.person.language),
            own_words(each, content)["ask"],
            own_words(each, content)["influence"],
        )
        for each in audience(session, kind).select_related("person")
    }
    for language, ask, level in sorted(texts):
        reading = read(content, language, ask=ask, level=level)
        papers.refuse_unprintable(reading, emblem=content["emblem"], seed=session.pk)
