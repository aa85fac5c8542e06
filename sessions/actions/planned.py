"""Mails that leave by themselves: computed rows that move with the session, sent by beat when due."""

import logging
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import kombu.exceptions
from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.outbox.models import MailBody
from dialoog.kernel.outbox.post import Envelope, keep_body, post, post_many
from dialoog.kernel.workspaces.models import User, Workspace
from sessions import mails
from sessions.audience import audience, obstacles
from sessions.engine.working_days import pack_on, reminder_on
from sessions.models import (
    Briefing,
    BriefingCopy,
    BriefingKind,
    BriefingStatus,
    DateMode,
    DecisionProcedure,
    DialogueSession,
    Invitation,
    Method,
    PlannedKind,
    PlannedMail,
    PlannedState,
    Status,
)
from sessions.reading import interface_language
from sessions.telling import live
from stakeholders.actions.access import give_access_many
from stakeholders.models import AccessLink, Channel, Person

logger = logging.getLogger(__name__)

OURS = (PlannedKind.INVITATION, PlannedKind.REMINDER, PlannedKind.PACK, PlannedKind.RULES_DUE)
MORNING = time(9)
# the states of a meeting in which something leaves by itself
LEAVING = {Status.PLANNED, Status.INVITING}
RULES_BEFORE = timedelta(days=3)
WAITING = (PlannedState.PLANNED, PlannedState.BLOCKED)


@dataclass(frozen=True)
class PlannedRow:
    """One mail to come as a page shows it: what, when, to how many, and what it waits for."""

    kind: str
    label: str
    due_at: datetime
    state: str
    state_label: str
    count: int
    reason: str


def announce(task: str, *ids: object) -> bool:
    """Tell the worker; says whether the queue took it. What it did not take, the next tick finds."""
    try:
        current_app.send_task(task, args=list(ids), retry=False)
    except (kombu.exceptions.KombuError, kombu.exceptions.ChannelError, OSError) as error:
        logger.warning("The queue is down (%s); the next tick goes on.", type(error).__name__)
        return False
    return True


@transaction.atomic
def recompute(session: DialogueSession) -> None:
    """Compute what is to be sent by itself and when. Call it after every change of date, rules or status.

    What was sent stays as it is; what was missed is planned again when its new moment still makes sense.
    """
    wanted = _wanted(session)
    now = clock.now()
    for kind in OURS:
        rows = PlannedMail.objects.filter(session=session, kind=kind, subject_id=0)
        if kind not in wanted:
            rows.filter(state__in=WAITING).update(state=PlannedState.CANCELLED)
            continue
        due_at, late_after = wanted[kind]
        moved = {"due_at": due_at, "late_after": late_after}
        row, is_new = PlannedMail.objects.get_or_create(
            session=session, kind=kind, subject_id=0, defaults=moved
        )
        if not is_new and row.state != PlannedState.DONE:
            is_alive = row.state in WAITING or late_after > now
            rows.update(**moved, **({"state": PlannedState.PLANNED} if is_alive else {}))


def recompute_all(workspace: Workspace) -> None:
    """The same for every meeting of a workspace that is still ahead."""
    ahead = DialogueSession.objects.for_workspace(workspace).exclude(starts_at__lte=clock.now())
    for session in ahead.filter(status__in=LEAVING).with_workspace().order_by("pk"):
        recompute(session)


def run_due(*, session: DialogueSession | None = None) -> int:
    """Send what is due, mark what is too late, hold what is not ready; returns how many rows were handled.

    With a session only what is due for that one.
    """
    now = clock.now()
    due = PlannedMail.objects.filter(kind__in=OURS, state__in=WAITING, due_at__lte=now)
    due = due.filter(session=session) if session else due
    handled = 0
    for row in due.select_related("session__dialogue__workspace", "session__contact").order_by(
        "due_at", "pk"
    ):
        if row.late_after <= now:
            PlannedMail.objects.filter(pk=row.pk, state__in=WAITING).update(state=PlannedState.MISSED)
        else:
            _RUN[PlannedKind(row.kind)](row)
        handled += 1
    for briefing_id in _interrupted():
        announce("sessions.send_briefing", briefing_id)
    return handled


def planned_view(session: DialogueSession) -> list[PlannedRow]:
    """The rows for a page, in the order they will leave."""
    rows = session.planned_mails.exclude(state=PlannedState.CANCELLED).order_by("due_at", "pk")
    return [
        PlannedRow(
            kind=row.kind,
            label=str(PlannedKind(row.kind).label),
            due_at=row.due_at,
            state=row.state,
            state_label=str(PlannedState(row.state).label),
            count=row.count if row.state == PlannedState.DONE else _count(session, row.kind),
            reason=_reason(session, row) if row.state in WAITING else "",
        )
        for row in rows
    ]


def settle(session: DialogueSession, kind: PlannedKind, state: PlannedState, *, count: int = 0) -> None:
    """Write down what became of a planned mail."""
    done_at = clock.now() if state == PlannedState.DONE else None
    PlannedMail.objects.filter(session=session, kind=kind, subject_id=0, state__in=WAITING).update(
        state=state, done_at=done_at, count=count
    )


def _wanted(session: DialogueSession) -> dict[PlannedKind, tuple[datetime, datetime]]:
    """For each mail that is to come: when, and from when it makes no sense any more."""
    if session.status not in LEAVING or not session.was_briefed:
        return {}
    wanted: dict[PlannedKind, tuple[datetime, datetime]] = {}
    briefings = {
        briefing.kind: briefing for briefing in session.briefings.filter(status=BriefingStatus.PLANNED)
    }
    start = session.starts_at if session.date_mode == DateMode.FIXED else None
    answer_by = _at(session, session.answer_by, time(0)) if session.answer_by else None
    invited = briefings.get(BriefingKind.INVITATION)
    if invited:
        ends = [moment for moment in (answer_by, start) if moment and moment > invited.planned_for]
        late = min(ends) if ends else invited.planned_for + timedelta(days=7)
        wanted[PlannedKind.INVITATION] = (invited.planned_for, late)
    reminded = _reminder_at(session, invited)
    if reminded and answer_by:
        wanted[PlannedKind.REMINDER] = (reminded, answer_by)
    if start:
        pack = briefings.get(BriefingKind.PACK)
        local = start.astimezone(ZoneInfo(session.timezone)).date()
        made_on = pack_on(local, session.answer_by, session.workspace.is_day_off)
        due = pack.planned_for if pack else _at(session, made_on, MORNING)
        wanted[PlannedKind.PACK] = (due, max(start, due + timedelta(hours=1)))
    procedure = DecisionProcedure.objects.filter(session=session, method=Method.LATER).first()
    if procedure and procedure.rules_on:
        due = _at(session, procedure.rules_on - RULES_BEFORE, MORNING)
        wanted[PlannedKind.RULES_DUE] = (due, max(start or due, due) + timedelta(days=14))
    return wanted


def _reminder_at(session: DialogueSession, planned: Briefing | None) -> datetime | None:
    """On a working day about five days before the answer; none when the invitation is hardly older."""
    if session.answer_by is None:
        return None
    due = _at(session, reminder_on(session.answer_by, session.workspace.is_day_off), MORNING)
    sent = session.briefings.filter(kind=BriefingKind.INVITATION, sent_at__isnull=False)
    first = sent.order_by("sent_at").first()
    invited_at = first.sent_at if first else (planned.planned_for if planned else None)
    if invited_at is None or due < invited_at + timedelta(days=1):
        return None
    return due


def _at(session: DialogueSession, day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZoneInfo(session.timezone))


def _interrupted() -> list[int]:
    """Briefings cut off while being sent, later versions nobody announced, and newcomers still to be told."""
    waiting = BriefingCopy.objects.filter(
        file=None, invitation__withdrawn_at=None, briefing__status=BriefingStatus.SENT
    )
    later = Briefing.objects.filter(
        status=BriefingStatus.PLANNED, version__gt=1, planned_for__lte=clock.now()
    )
    sending = Briefing.objects.filter(status=BriefingStatus.SENDING)
    found = {*waiting.values_list("briefing_id", flat=True), *later.values_list("pk", flat=True)}
    return sorted(found | set(sending.values_list("pk", flat=True)))


def _run_briefing(row: PlannedMail) -> None:
    kind = BriefingKind.PACK if row.kind == PlannedKind.PACK else BriefingKind.INVITATION
    briefing = row.session.briefings.filter(kind=kind, status=BriefingStatus.PLANNED).first()
    if briefing:
        # whether it is ready is judged where it begins, in the same breath
        announce("sessions.send_briefing", briefing.pk)
    elif kind == BriefingKind.PACK:
        _hold_pack(row)


@transaction.atomic
def _hold_pack(row: PlannedMail) -> None:
    """The pack waits for the organiser, who sees it first and hears of it once."""
    session = row.session
    sent = session.briefings.filter(kind=BriefingKind.PACK, sent_at__isnull=False)
    if sent.exists():
        settle(session, PlannedKind.PACK, PlannedState.DONE, count=_count(session, row.kind))
        return
    settle(session, PlannedKind.PACK, PlannedState.BLOCKED)
    language = organisers_language(session)
    parts = mails.pack_waits(
        language=language,
        title=str(session),
        day=session.starts_at or row.due_at,
        zone=session.timezone,
        reason=_pack_reason(session),
        link=settings.BASE_URL + session.workspace.url(_pack_page(session), session.pk),
    )
    tell_organiser(session, parts, kind="pack_waits", key=f"session:{session.pk}:pack_waits")


@transaction.atomic
def _run_reminder(row: PlannedMail) -> None:
    """Once, and only to who has not answered."""
    session = row.session
    rows = audience(session).filter(sent_at__isnull=False, answer="")
    silent = list(rows.select_related("person__intermediary", "person__workspace").order_by("pk"))
    direct = {each.person: 0 for each in silent if each.person.channel == Channel.MAIL}
    behind: dict[Person, int] = defaultdict(int)
    for each in silent:
        if each.person.intermediary and each.person.intermediary.email:
            behind[each.person.intermediary] += 1
    links = give_access_many(people=[*direct, *behind], by=Actor.system())
    envelopes = [*_reminders(session, direct, links), *_reminders(session, behind, links)]
    post_many(workspace=session.workspace, envelopes=envelopes)
    settle(session, PlannedKind.REMINDER, PlannedState.DONE, count=len(envelopes))
    record(
        "reminder_sent",
        on=session,
        by=Actor.system(),
        workspace=session.workspace,
        data={"count": len(envelopes)},
    )


def _reminders(
    session: DialogueSession, people: Mapping[Person, int], links: Mapping[int, AccessLink]
) -> list[Envelope]:
    """One mail per person; the number is of the silent people behind them, 0 for a person's own."""
    bodies: dict[tuple[str, bool, int], tuple[MailBody, str]] = {}
    envelopes = []
    for person, count in people.items():
        key = (interface_language(person.language), person.neutral_mail, count)
        if key not in bodies:
            bodies[key] = _reminder_body(session, *key)
        body, from_name = bodies[key]
        who = "intermediary" if count else "person"
        envelopes.append(
            Envelope(
                key=f"session:{session.pk}:reminder:{who}:{person.pk}",
                body=body,
                to_email=person.email,
                to_name=person.name,
                from_name=from_name,
                reply_to=session.contact_email,
                recipient=f"person:{person.pk}",
                link_ref=links[person.pk].reference,
                personal={mails.NAME: person.name},
            )
        )
    return envelopes


def _reminder_body(
    session: DialogueSession, language: str, is_neutral: bool, count: int
) -> tuple[MailBody, str]:
    reading = live(session, language, kind=BriefingKind.INVITATION)
    parts = mails.reminder(reading, is_neutral=is_neutral, count=count)
    body = keep_body(
        workspace=session.workspace,
        kind="reminder",
        language=reading.language,
        subject=parts.subject,
        html=parts.html,
        text=parts.text,
        is_automatic=True,
    )
    return body, mails.sender_name(reading, is_neutral=is_neutral)


@transaction.atomic
def _run_rules_due(row: PlannedMail) -> None:
    session = row.session
    procedure = DecisionProcedure.objects.filter(session=session, method=Method.LATER).first()
    if procedure is None or procedure.rules_on is None:
        settle(session, PlannedKind.RULES_DUE, PlannedState.CANCELLED)
        return
    parts = mails.rules_due(
        language=organisers_language(session),
        title=str(session),
        day=procedure.rules_on,
        link=settings.BASE_URL + session.workspace.url("sessions:change_edit", session.pk, "promise"),
    )
    tell_organiser(session, parts, kind="rules_due", key=f"session:{session.pk}:rules:{procedure.rules_on}")
    settle(session, PlannedKind.RULES_DUE, PlannedState.DONE, count=1)


def tell_organiser(session: DialogueSession, parts: mails.MailParts, *, kind: str, key: str) -> None:
    """A mail to the contact person of a session; nothing without an address. The same key tells it once."""
    address = session.contact_email or (session.contact.email if session.contact else "")
    if not address:
        return
    body = keep_body(
        workspace=session.workspace,
        kind=kind,
        language=organisers_language(session),
        subject=parts.subject,
        html=parts.html,
        text=parts.text,
    )
    post(
        workspace=session.workspace,
        envelope=Envelope(
            key=key,
            body=body,
            to_email=address,
            to_name=session.contact_name,
            recipient=f"user:{session.contact_id}" if session.contact_id else "",
        ),
    )


_RUN = {
    PlannedKind.INVITATION: _run_briefing,
    PlannedKind.PACK: _run_briefing,
    PlannedKind.REMINDER: _run_reminder,
    PlannedKind.RULES_DUE: _run_rules_due,
}


def organisers_language(session: DialogueSession) -> str:
    contact: User | None = session.contact
    return contact.language if contact else session.workspace.language


def _count(session: DialogueSession, kind: str) -> int:
    if kind == PlannedKind.INVITATION:
        return audience(session).count()
    if kind == PlannedKind.REMINDER:
        return _silent(session).count()
    if kind == PlannedKind.PACK:
        people = audience(session, BriefingKind.PACK).count()
        return people or audience(session).count()
    return 1


def _silent(session: DialogueSession) -> QuerySet[Invitation]:
    return audience(session).filter(answer="", person__channel__in=[Channel.MAIL, Channel.INTERMEDIARY])


def _reason(session: DialogueSession, row: PlannedMail) -> str:
    if row.kind == PlannedKind.INVITATION:
        found = obstacles(session)
        return found[0] if found else ""
    if row.kind == PlannedKind.PACK:
        planned = session.briefings.filter(kind=BriefingKind.PACK, status=BriefingStatus.PLANNED)
        return "" if planned.exists() else _pack_reason(session)
    return ""


def _pack_page(session: DialogueSession) -> str:
    """Where what the pack waits for is mended."""
    return "sessions:pack_look" if session.agenda.exists() else "sessions:agenda_edit"


def _pack_reason(session: DialogueSession) -> str:
    if not session.agenda.exists():
        return _("Make the programme first.")
    return _("You see it first: look at it and put it ready.")
