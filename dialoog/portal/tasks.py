"""What the worker does for pages of guests and for being forgotten. Each task is safe to run twice."""

from celery import shared_task

from dialoog.portal.guest import mails
from dialoog.portal.privacy.actions import forget_overdue


@shared_task(name="guest.send_links")
def send_links(person_ids: list[int]) -> None:
    """Mail people their link; an empty list is the address of a stranger."""
    mails.send_links(person_ids)


@shared_task(name="portal.forget")
def forget() -> None:
    """Every hour: people we promised to keep no longer are erased."""
    forget_overdue()
