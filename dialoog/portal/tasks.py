"""What the worker does for pages of guests. Messages carry ids; each task is safe to run twice."""

from celery import shared_task

from dialoog.portal.guest import mails


@shared_task(name="guest.send_links")
def send_links(person_ids: list[int]) -> None:
    """Mail people their link; an empty list is the address of a stranger."""
    mails.send_links(person_ids)
