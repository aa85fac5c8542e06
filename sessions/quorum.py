"""How many organisations must take part when nobody wrote a number."""

from math import ceil

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from sessions.models import DecisionProcedure, DialogueSession, Method


def two_thirds(session: DialogueSession) -> tuple[int, int]:
    """How many of the invited organisations an empty quorum asks for, and how many are invited.

    Somebody without an organisation counts as one.
    """
    invited = session.invitations.open()
    organisations = invited.aggregate(
        named=Count("person__organisation", distinct=True),
        alone=Count("pk", filter=Q(person__organisation=None)),
    )
    count: int = organisations["named"] + organisations["alone"]
    return ceil(count * 2 / 3), count


def quorum_sentence(session: DialogueSession) -> str:
    """For the organiser: what two thirds has become with who is on the list; "" where it plays no part."""
    open_number = DecisionProcedure.objects.filter(session=session, quorum=None)
    if not open_number.filter(method__in=(Method.NO_OBJECTION, Method.VOTE, Method.OTHER)).exists():
        return ""
    needed, invited = two_thirds(session)
    if not invited:
        return ""
    return _("Two thirds of the invited organisations must take part: %(needed)d of %(invited)d now.") % {
        "needed": needed,
        "invited": invited,
    }
