"""What somebody decides about a finding: later, aside because, or back again."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions.models import DialogueSession, SetAside
from sessions.readiness.finding import Finding

LONGEST = timedelta(days=366)


@transaction.atomic
def put_off(*, session: DialogueSession, finding: Finding, until: date, by: User) -> SetAside:
    """Let a finding wait until a day. Refused for what blocks, and for a day that is not to come."""
    _refuse_when_blocking(finding)
    today = clock.today(session.timezone)
    if not today < until <= today + LONGEST:
        raise DomainError(_("Choose a day from tomorrow on, within a year."), field="until")
    return _keep(session, finding, by, until=until, reason="")


@transaction.atomic
def put_aside(*, session: DialogueSession, finding: Finding, reason: str, by: User) -> SetAside:
    """Put a finding aside for good, with a reason that stays visible. Refused for what blocks."""
    _refuse_when_blocking(finding)
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError(_("Say why this does not matter here."), field="reason")
    return _keep(session, finding, by, until=None, reason=reason)


@transaction.atomic
def bring_back(*, session: DialogueSession, check_id: str, by: User) -> None:
    """Show a finding again. Doing it twice changes nothing."""
    count, _rows = session.set_asides.filter(check_id=check_id).delete()
    if count:
        actor = Actor.user(by)
        record(
            "finding_brought_back",
            on=session,
            by=actor,
            workspace=session.workspace,
            data={"check": check_id},
        )


def _refuse_when_blocking(finding: Finding) -> None:
    if finding.blocks:
        raise DomainError(_("This has to be done before the invitation can go."))


def _keep(
    session: DialogueSession, finding: Finding, by: User, *, until: date | None, reason: str
) -> SetAside:
    row, _made = SetAside.objects.update_or_create(
        session=session,
        check_id=finding.id,
        defaults={"until": until, "reason": reason, "by": by, "at": clock.now()},
    )
    verb = "finding_put_off" if until else "finding_put_aside"
    actor = Actor.user(by)
    record(verb, on=session, by=actor, workspace=session.workspace, data={"check": finding.id})
    return row
