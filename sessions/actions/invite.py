"""Who is asked: invitations made from people, changed, called first, withdrawn, replaced."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import cancel
from dialoog.kernel.workspaces.models import User
from sessions.models import Absence, Answer, DialogueSession, Invitation, SessionGroup
from sessions.table_texts import ASK, WHY, shared
from stakeholders.models import Organisation, Person, StakeholderGroup


@transaction.atomic
def add_invitees(*, session: DialogueSession, people: Iterable[Person], by: User) -> int:
    """Put people on the list of this session; returns how many are new. Nothing is sent yet."""
    if session.is_closed:
        raise DomainError(_("This meeting is closed and can no longer be changed."))
    people = list(people)
    known = set(session.invitations.values_list("person_id", flat=True))
    new = {p.pk: p for p in people if p.pk not in known and p.workspace_id == session.workspace.pk}
    rows = [Invitation(session=session, person=p, group=p.speaks_for()) for p in new.values()]
    Invitation.objects.bulk_create(rows, batch_size=400, ignore_conflicts=True)
    # somebody who was taken off the list before and is added again comes back
    Invitation.objects.filter(
        session=session, person__in=[p.pk for p in people], withdrawn_at__isnull=False, sent_at=None
    ).update(withdrawn_at=None)
    ensure_groups(session)
    record(
        "invitees_added",
        on=session,
        by=Actor.user(by),
        workspace=session.workspace,
        data={"count": len(rows)},
    )
    return len(rows)


def ensure_groups(session: DialogueSession) -> None:
    """
    A SessionGroup row for each group that has somebody invited, in the order of the workspace's groups.

    A group that comes later reads the sentences that the others have in common.
    """
    ids = set(session.invitations.open().exclude(group=None).values_list("group_id", flat=True))
    have = list(session.groups.all())
    positions = dict(StakeholderGroup.objects.filter(pk__in=ids).values_list("pk", "position"))
    common = {name: shared(have, name) for name in (WHY, ASK)}
    SessionGroup.objects.bulk_create(
        SessionGroup(session=session, group_id=pk, position=positions[pk], **common)
        for pk in sorted(ids - {row.group_id for row in have})
    )
    session.groups.filter(group_id__in=ids).exclude(absence="").update(absence="", absence_reason="")


@transaction.atomic
def move_to_group(
    *,
    session: DialogueSession,
    invitations: Iterable[int],
    group: StakeholderGroup,
    by: User,
    is_whole: bool = True,
) -> int:
    """Let people speak for another group at this session; those who were invited already keep theirs.

    What the register did not know, or only guessed, it learns from this, unless it is one person of an
    organisation (`is_whole` false).
    """
    if group.workspace_id != session.workspace.pk:
        raise DomainError(_("This group is not in your workspace."))
    rows = session.invitations.open().filter(pk__in=list(invitations), sent_at=None)
    if is_whole:
        unsure = Q(group=None) | Q(group_guessed=True)
        people = list(rows.values_list("person_id", "person__organisation_id"))
        theirs = Organisation.objects.filter(pk__in={pk for _person, pk in people if pk})
        theirs.filter(unsure).update(group=group, group_guessed=False)
        alone = Person.objects.filter(pk__in={pk for pk, organisation in people if not organisation})
        alone.filter(unsure).update(group=group, group_guessed=False)
    count = rows.update(group=group)
    ensure_groups(session)
    record(
        "invitees_moved", on=session, by=Actor.user(by), workspace=session.workspace, data={"group": group.pk}
    )
    return count


@transaction.atomic
def confirm_groups(*, session: DialogueSession, by: User) -> None:
    """Who is invited speaks for the group the organiser saw: from now on none of these is a guess."""
    invited = session.invitations.open()
    organisations = Organisation.objects.filter(group_guessed=True, people__invitations__in=invited)
    sure = Organisation.objects.filter(pk__in=list(organisations.values_list("pk", flat=True)))
    alone = Person.objects.filter(group_guessed=True, invitations__in=invited).values_list("pk", flat=True)
    count = sure.update(group_guessed=False)
    count += Person.objects.filter(pk__in=list(alone)).update(group_guessed=False)
    if count:
        data = {"count": count}
        record("groups_confirmed", on=session, by=Actor.user(by), workspace=session.workspace, data=data)


@transaction.atomic
def change_invitation(*, invitation: Invitation, fields: Mapping[str, Any], by: User) -> Invitation:
    """Change what is personal before it is sent: reason, request, opening line, call first."""
    names = ("why_you", "what_we_ask", "opening_line", "call_first")
    values = {name: fields[name] for name in names if name in fields}
    Invitation.objects.filter(pk=invitation.pk).update(**values)
    record(
        "invitation_changed",
        on=invitation,
        by=Actor.user(by),
        workspace=invitation.session.workspace,
        data={"fields": sorted(values)},
    )
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def set_call_first(*, session: DialogueSession, invitations: Iterable[int], by: User) -> None:
    """Exactly these people are called before their invitation; the others are not."""
    rows = session.invitations.open()
    chosen = list(invitations)
    rows.filter(pk__in=chosen).update(call_first=True)
    rows.exclude(pk__in=chosen).update(call_first=False)
    record(
        "call_first_set",
        on=session,
        by=Actor.user(by),
        workspace=session.workspace,
        data={"count": len(chosen)},
    )


@transaction.atomic
def mark_called(*, invitation: Invitation, by: User) -> None:
    """Note that somebody was called before the invitation; the invitation itself follows as planned."""
    Invitation.objects.filter(pk=invitation.pk, called_at=None).update(called_at=clock.now())
    record("invitee_called", on=invitation, by=Actor.user(by), workspace=invitation.session.workspace)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Take somebody off the list. What was sent stays on record, its page explains; mails to come stop."""
    session = invitation.session
    rows = Invitation.objects.filter(pk=invitation.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=clock.now()):
        return
    keys = session.workspace.mails.filter(
        recipient=f"person:{invitation.person_id}", key__startswith=f"session:{session.pk}:"
    ).values_list("key", flat=True)
    cancel(workspace=session.workspace, keys=list(keys))
    record("invitation_withdrawn", on=invitation, by=Actor.user(by), workspace=session.workspace)


@transaction.atomic
def replace_by_deputy(*, invitation: Invitation, deputy: Person, by: User) -> Invitation:
    """Confirm who comes in somebody's place: a new invitation that replaces the old one (decisions.md 6).

    No deputy of a deputy, and nobody who is invited already.
    """
    session = invitation.session
    if invitation.replaces_id:
        raise DomainError(_("This person already comes in someone's place."))
    if Invitation.objects.filter(replaces=invitation).exists():
        raise DomainError(_("Someone comes in this person's place already."))
    if session.invitations.filter(person=deputy).exists():
        raise DomainError(_("%(name)s is invited already.") % {"name": deputy.name})
    new = Invitation.objects.create(
        session=session,
        person=deputy,
        group=invitation.group,
        cluster=invitation.cluster,
        replaces=invitation,
        why_you=invitation.why_you,
        what_we_ask=invitation.what_we_ask,
    )
    if invitation.answer != Answer.DEPUTY:
        Invitation.objects.filter(pk=invitation.pk).update(answer=Answer.DEPUTY, answered_at=clock.now())
    record(
        "deputy_confirmed",
        on=new,
        by=Actor.user(by),
        workspace=session.workspace,
        data={"for": invitation.pk},
    )
    return new


@transaction.atomic
def explain_absence(
    *, session: DialogueSession, group: StakeholderGroup, absence: Absence, reason: str, by: User
) -> SessionGroup:
    """Say why a group that might be expected is not at this table (T2)."""
    if absence == Absence.NOT_NEEDED and not reason.strip():
        raise DomainError(_("Say why this group need not be there."), field="reason")
    row, _made = SessionGroup.objects.update_or_create(
        session=session,
        group=group,
        defaults={"absence": absence, "absence_reason": reason.strip(), "position": group.position},
    )
    record(
        "absence_explained",
        on=session,
        by=Actor.user(by),
        workspace=session.workspace,
        data={"group": group.pk},
    )
    return row
