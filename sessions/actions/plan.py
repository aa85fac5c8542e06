"""Planning: making a session, writing the promise, saying how is decided, and keeping what is being typed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User, Workspace
from sessions.actions.endorse import check_endorsements
from sessions.actions.planned import recompute
from sessions.engine.working_days import IsOff, next_working_day, previous_working_day
from sessions.models import (
    CHECKED,
    DateOption,
    DecisionProcedure,
    Dialogue,
    DialogueSession,
    SessionDraft,
    SessionGroup,
    Status,
)
from stakeholders.actions.groups import ensure_groups

NEXT: dict[str, set[str]] = {
    Status.DRAFT: {Status.PLANNED, Status.INVITING, Status.HELD, Status.CANCELLED},
    Status.PLANNED: {Status.DRAFT, Status.INVITING, Status.CANCELLED},
    Status.INVITING: {Status.HELD, Status.CANCELLED},
    Status.HELD: {Status.REPORTED},
    Status.REPORTED: set(),
    Status.CANCELLED: set(),
}
PROMISE = (
    "goal",
    "use_of_outcomes",
    "not_used_for",
    "influence",
    "out_of_scope",
    "decides",
    "adopter",
    "adopts_by",
    "report_by",
    "confidentiality",
    "last_time",
)
MEETING = (
    "title",
    "date_mode",
    "starts_at",
    "ends_at",
    "place_mode",
    "place",
    "online_link",
    "place_known_on",
    "answer_by",
    "contact_name",
    "contact_phone",
    "contact_email",
    "deputy_name",
    "deputy_phone",
    "language",
    "timezone",
    "timezone",
)


class StaleSession(DomainError):
    """Somebody else saved the same session meanwhile; the caller shows both texts."""


@transaction.atomic
def plan_session(*, workspace: Workspace, by: User, dialogue: Dialogue | None = None) -> DialogueSession:
    """Begin a session, inside a dialogue that exists or a new one nobody needs to notice."""
    ensure_groups(workspace)
    dialogue = dialogue or Dialogue.objects.create(workspace=workspace)
    session = DialogueSession.objects.create(
        dialogue=dialogue,
        language=by.language,
        timezone=workspace.timezone,
        contact=by,
        contact_name=by.name,
        contact_phone=by.phone,
        contact_email=_address_of(workspace, by),
        created_by=by,
    )
    record("session_planned", on=session, by=Actor.user(by), workspace=workspace)
    return session


@transaction.atomic
def save_meeting(
    *,
    session: DialogueSession,
    fields: Mapping[str, Any],
    by: User,
    version: int,
    options: list[tuple[datetime, datetime]] | None = None,
) -> DialogueSession:
    """Save what, when, where and whom to call. Refused once it is closed or when `version` is old."""
    if session.is_sent:
        raise DomainError(_("People have this already. Change it under “Something changes”."))
    _write(session, {name: fields[name] for name in MEETING if name in fields}, version)
    if options is not None:
        keep = [start for start, _end in options]
        session.date_options.exclude(starts_at__in=keep).delete()
        for start, end in options:
            DateOption.objects.update_or_create(session=session, starts_at=start, defaults={"ends_at": end})
    _fill_profile(by, fields)
    _finish(session, "meeting_saved", "meeting", by)
    return session


@transaction.atomic
def save_promise(
    *, session: DialogueSession, fields: Mapping[str, Any], by: User, version: int
) -> DialogueSession:
    """Save what people may expect. Refused after sending: then a promise changes only by proposal (T53)."""
    if not session.is_before_sending:
        raise DomainError(_("People have this promise already. Propose a change instead."))
    _write(session, {name: fields[name] for name in PROMISE if name in fields}, version)
    if session.decides == "no":
        DecisionProcedure.objects.filter(session=session).delete()
    _finish(session, "promise_saved", "promise", by)
    return session


@transaction.atomic
def save_procedure(
    *, session: DialogueSession, fields: Mapping[str, Any], by: User, version: int
) -> DecisionProcedure:
    """Save how is decided (T21). Settled rules that were sent change only by proposal."""
    if not session.is_before_sending:
        raise DomainError(_("People have these rules already. Propose a change instead."))
    _write(session, {}, version)
    values = {name: value for name, value in fields.items() if name != "advisory_groups"}
    values["was_two_thirds"] = False
    procedure, _made = DecisionProcedure.objects.update_or_create(session=session, defaults=values)
    procedure.advisory_groups.set(fields.get("advisory_groups", []))
    session.procedure = procedure
    _finish(session, "procedure_saved", "decision", by)
    return procedure


@transaction.atomic
def save_table(
    *,
    session: DialogueSession,
    groups: Mapping[int, Mapping[str, str]],
    fields: Mapping[str, Any],
    by: User,
    version: int,
) -> None:
    """Save per group (by its id) why it is there and what we ask, with distance and history."""
    names = ("travel_paid", "measures", "history", "history_note")
    _write(session, {name: fields[name] for name in names if name in fields}, version)
    for group_id, texts in groups.items():
        SessionGroup.objects.update_or_create(session=session, group_id=group_id, defaults=dict(texts))
    _finish(session, "table_saved", "table", by)


@transaction.atomic
def keep_draft(
    *, session: DialogueSession, user: User, screen: str, fields: Mapping[str, list[str]], version: int
) -> SessionDraft:
    """Keep raw input of one screen for its writer alone, over what was kept before of other fields.

    Not audited: it is nobody's decision yet.
    """
    before = draft_of(session, user, screen)
    kept = {**(before.fields if before else {}), **fields}
    draft, _made = SessionDraft.objects.update_or_create(
        session=session,
        user=user,
        screen=screen,
        defaults={"fields": kept, "base_version": version, "saved_at": clock.now()},
    )
    return draft


def draft_of(session: DialogueSession, user: User, screen: str) -> SessionDraft | None:
    """What this person typed on this screen and did not save."""
    return SessionDraft.objects.filter(session=session, user=user, screen=screen).first()


def mark_checked(*, session: DialogueSession, user: User) -> None:
    """Remember that this person looked at everything as it is now: until it changes they go on to sending."""
    keep_draft(session=session, user=user, screen=CHECKED, fields={}, version=session.version)


def drop_draft(*, session: DialogueSession, user: User, screen: str) -> None:
    """Forget what was typed on a screen: it is saved."""
    SessionDraft.objects.filter(session=session, user=user, screen=screen).delete()


def move_session(*, session: DialogueSession, to: Status) -> None:
    """Move a session along its life line. A stale second click is refused."""
    if to not in NEXT[session.status]:
        raise DomainError(_("This meeting cannot become “%(status)s” now.") % {"status": to.label})
    moved = DialogueSession.objects.filter(pk=session.pk, status=session.status).update(status=to)
    if not moved:
        raise DomainError(_("Someone else changed this meeting meanwhile."))
    session.status = to


@transaction.atomic
def cancel_session(*, session: DialogueSession, by: User) -> None:
    """Cancel a session that has not been held. What was promised stays on record."""
    move_session(session=session, to=Status.CANCELLED)
    record("session_cancelled", on=session, by=Actor.user(by), workspace=session.workspace)


@transaction.atomic
def take_over(*, session: DialogueSession, earlier: DialogueSession, by: User) -> None:
    """Take groups and lasting parts from an earlier session; the two become one dialogue."""
    if session.status != Status.DRAFT:
        raise DomainError(_("People have this promise already. Propose a change instead."))
    kept = (
        "place_mode",
        "place",
        "confidentiality",
        "adopter",
        "influence",
        "rules",
        "deputy_name",
        "deputy_phone",
    )
    left_alone = session.dialogue
    values = {name: getattr(earlier, name) for name in kept}
    DialogueSession.objects.filter(pk=session.pk).update(
        dialogue=earlier.dialogue, version=F("version") + 1, **values
    )
    if not left_alone.sessions.exists():
        left_alone.delete()
    for row in earlier.groups.all():
        SessionGroup.objects.get_or_create(
            session=session,
            group_id=row.group_id,
            defaults={"why_you": row.why_you, "what_we_ask": row.what_we_ask, "position": row.position},
        )
    session.refresh_from_db()
    record("session_took_over", on=session, by=Actor.user(by), workspace=session.workspace)


def is_placeholder(address: str) -> bool:
    """Whether nobody can write to it from elsewhere: like that of the first user on one's own machine."""
    return address.casefold().endswith("@localhost")


def suggested_answer_by(starts_on: date, today: date, is_off: IsOff) -> date:
    """Halfway between today and the meeting, on a working day and never after it."""
    middle = today + (starts_on - today) / 2
    return previous_working_day(min(middle, starts_on - timedelta(days=1)), is_off)


def suggested_report_by(starts_on: date, is_off: IsOff) -> date:
    """Two weeks after the meeting (T28)."""
    return next_working_day(starts_on + timedelta(days=14), is_off)


def suggested_report_after(adopts_by: date, is_off: IsOff) -> date:
    """A week after the day by which is decided: then it can be told what became of the advice."""
    return next_working_day(adopts_by + timedelta(days=7), is_off)


def _write(session: DialogueSession, values: Mapping[str, Any], version: int) -> None:
    """Write with the version as guard: the second of two savers is told, not overwritten."""
    if session.is_closed:
        raise DomainError(_("This meeting is closed and can no longer be changed."))
    for name, value in values.items():
        setattr(session, name, value)
    row = DialogueSession.objects.filter(pk=session.pk, version=version)
    if not row.update(version=F("version") + 1, **values):
        raise StaleSession(_("Somebody else saved this meeting meanwhile. Look at both texts below."))
    session.version = version + 1


def _address_of(workspace: Workspace, user: User) -> str:
    """Where people reach the organiser: their own address, else the one they gave at an earlier meeting."""
    if not is_placeholder(user.email):
        return user.email
    earlier = DialogueSession.objects.for_workspace(workspace).filter(contact=user)
    known = earlier.exclude(contact_email__iendswith="@localhost").exclude(contact_email="")
    return known.order_by("-created_at", "-pk").values_list("contact_email", flat=True).first() or ""


def _fill_profile(user: User, fields: Mapping[str, Any]) -> None:
    """Whoever is the contact person has said name and telephone here: the next meeting knows them."""
    is_own = str(fields.get("contact_email", "")).casefold() == user.email.casefold()
    if not is_own and not is_placeholder(user.email):
        return
    for name in ("name", "phone"):
        said = fields.get(f"contact_{name}", "")
        if said and User.objects.filter(pk=user.pk, **{name: ""}).update(**{name: said}):
            setattr(user, name, said)


def _finish(session: DialogueSession, verb: str, screen: str, by: User) -> None:
    SessionDraft.objects.filter(session=session, user=by, screen=screen).delete()
    recompute(session)
    check_endorsements(session=session)
    record(verb, on=session, by=Actor.user(by), workspace=session.workspace)
