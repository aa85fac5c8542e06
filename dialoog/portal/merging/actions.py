"""Joins two rows of the register that are one person. Nothing that was sent, answered or decided is lost."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import hand_over, is_waiting
from sessions.actions.join import join_invitations, shared_meetings
from stakeholders.actions.people import change_person, erase_person
from stakeholders.models import Channel, Mode, Person

# taken over where the one who stays has nothing
FILLED = (
    *("group", "organisation", "job", "email", "phone", "place", "street", "postcode", "city", "country"),
    *("represents", "representation_basis", "knowledge", "mandate", "contact_preference", "note"),
)
_STRICT: list[str] = [Mode.NAMED, Mode.PSEUDONYM, Mode.ANONYMOUS]


def refusal_to_merge(stays: Person, goes: Person) -> str:
    """Why these two cannot become one; "" when they can."""
    if stays.pk == goes.pk or stays.workspace_id != goes.workspace_id or goes.erased_at or stays.erased_at:
        return _("Choose two different people of your list.")
    if stays.intermediary_id == goes.pk or goes.intermediary_id == stays.pk:
        return _("One of them is reached through the other, so they cannot be the same person.")
    if (
        Channel.INTERMEDIARY in (stays.channel, goes.channel)
        and stays.intermediary_id != goes.intermediary_id
    ):
        # whoever holds the link would read what the other answered alone
        return _("They are reached in different ways: somebody else reads along with one of them.")
    if titles := shared_meetings(stays=stays, goes=goes):
        return _(
            "Both were invited to “%(title)s”, and what each of them got and answered cannot be joined."
        ) % {"title": titles[0]}
    if is_waiting(workspace=goes.workspace, recipient=f"person:{goes.pk}"):
        return _("A mail to %(name)s is about to go out. Wait until it has gone, or take it back first.") % {
            "name": goes.name
        }
    return ""


@transaction.atomic
def merge_people(*, stays: Person, goes: Person, fields: Mapping[str, Any], by: Actor) -> Person:
    """Give `stays` everything of `goes`: invitations with their answers and receipts, mails, who is reached.

    The link of `goes` stops and does not lead on: if the two were different people after all, nobody reads
    the other's answers. What protects one of them protects both from now on. `goes` is left without anything
    personal and says into whom it went. Refused as `refusal_to_merge` says.
    """
    if refusal := refusal_to_merge(stays, goes):
        raise DomainError(refusal)
    values = {name: getattr(goes, name) for name in FILLED if not getattr(stays, name)}
    strictest = max(stays.participation_mode, goes.participation_mode, key=_STRICT.index)
    values |= {**fields, "participation_mode": strictest}
    values["neutral_mail"] = stays.neutral_mail or goes.neutral_mail
    if not (stays.email or values.get("email") or stays.unusable_email):
        values["unusable_email"] = goes.unusable_email
    old = goes.pk
    goes.reaches.update(intermediary=stays)
    join_invitations(stays=stays, goes=goes)
    hand_over(workspace=goes.workspace, recipient=f"person:{old}", to=f"person:{stays.pk}")
    erase_person(person=goes, by=by)
    Person.objects.filter(pk=old).update(merged_into=stays)
    change_person(person=stays, by=by, **values)
    record("person.merged", on=stays, by=by, workspace=stays.workspace_id, data={"from": old})
    return stays
