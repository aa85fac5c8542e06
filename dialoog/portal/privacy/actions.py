"""Erases somebody from every app; each forgets what is its own."""

from django.db import transaction

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.post import erase_recipient
from dialoog.portal.guest import mails
from feedback.actions import forget as feedback
from sessions.actions import forget as sessions
from stakeholders.actions.people import erase_person
from stakeholders.models import ImportDraft, Person


@transaction.atomic
def erase_everywhere(*, person: Person, by: Actor) -> None:
    """Forget somebody for good. What was decided together, numbers, and answers without a name stay.

    Refused (DomainError) while others are reached through this person.
    """
    sessions.forget_person(person=person)
    feedback.forget_person(person=person)
    mails.forget_person(person)
    erase_recipient(workspace=person.workspace, recipient=f"person:{person.pk}")
    erase_person(person=person, by=by)


def forget_overdue() -> int:
    """Erase whom we promised to keep no longer, and lists nobody added; returns how many people it were."""
    ImportDraft.objects.stale().delete()
    ids = sessions.people_kept_long_enough()
    for person in Person.objects.filter(pk__in=ids).select_related("workspace"):
        erase_everywhere(person=person, by=Actor.system())
    return len(ids)
