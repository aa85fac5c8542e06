"""What the worker does for the outbox. Messages carry nothing: the database is the truth."""

from celery import shared_task

from dialoog.kernel.outbox import delivery
from dialoog.kernel.outbox.post import nudge


@shared_task(name="outbox.deliver")
def deliver() -> None:
    """Send what is due. After some hundreds of mails other work gets its turn first."""
    delivery.deliver_due()
    if delivery.is_due():
        nudge()


@shared_task(name="outbox.sweep")
def sweep() -> None:
    """Every twenty seconds: put right what a dead process left, and send what nobody announced."""
    delivery.sweep()
    delivery.deliver_due()
