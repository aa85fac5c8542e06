"""What a person does about a mail: try again, resume the queue, write down that it came back."""

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox import delivery
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.outbox.post import nudge

Status = OutgoingMail.Status


@transaction.atomic
def retry(*, mail: OutgoingMail, by: Actor) -> None:
    """Send a mail again that did not arrive, and wake the queue. Refuses one that left or never may leave."""
    if not mail.can_retry:
        raise DomainError(_("This mail cannot be sent again."))
    taken = OutgoingMail.objects.filter(pk=mail.pk, status=mail.status).update(
        status=Status.PENDING, next_at=clock.now(), useless_after=None, attempts=0, error="", answer=""
    )
    if not taken:
        raise DomainError(_("This mail has changed meanwhile."))
    delivery.resume()
    record("mail.retried", on=mail, by=by, workspace=mail.workspace_id)
    transaction.on_commit(nudge)


def resume_queue() -> None:
    """End the queue's rest at once: the mail server has been looked at."""
    delivery.resume()
    transaction.on_commit(nudge)


@transaction.atomic
def mark_bounced(*, mail: OutgoingMail, reason: str, by: Actor) -> None:
    """Write down that a sent mail came back. Its address counts as refused from then on."""
    taken = OutgoingMail.objects.filter(pk=mail.pk, status__in=[Status.SENT, Status.UNCERTAIN]).update(
        status=Status.FAILED, error=OutgoingMail.Error.BOUNCED, answer=" ".join(reason.split())[:500]
    )
    if not taken:
        raise DomainError(_("Only a mail that was sent can come back."))
    record("mail.bounced", on=mail, by=by, workspace=mail.workspace_id)
