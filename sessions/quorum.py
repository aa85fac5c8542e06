"""What an empty quorum means: two thirds where the group decides, no minimum where it advises."""

from math import ceil

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.models import Decides, DecisionProcedure, DialogueSession, Method


def asks_two_thirds(session: DialogueSession, procedure: DecisionProcedure) -> bool:
    """Whether nobody wrote a number and two thirds counts instead."""
    return not procedure.quorum and (session.decides != Decides.ADVICE or procedure.was_two_thirds)


def two_thirds(session: DialogueSession) -> tuple[int, int]:
    """How many of the invited organisations two thirds is, and how many are invited.

    Somebody without an organisation counts as one.
    """
    count = sum(_invited(session))
    return ceil(count * 2 / 3), count


def quorum_sentence(session: DialogueSession) -> str:
    """For the organiser: what two thirds has become with who is on the list; "" where it plays no part."""
    methods = (Method.NO_OBJECTION, Method.VOTE, Method.OTHER)
    procedure = DecisionProcedure.objects.filter(session=session, method__in=methods).first()
    if procedure is None or not asks_two_thirds(session, procedure):
        return ""
    named, alone = _invited(session)
    invited = named + alone
    if not invited:
        return ""
    sentence = _("Two thirds of the invited organisations must take part: %(needed)d of %(invited)d now.") % {
        "needed": ceil(invited * 2 / 3),
        "invited": invited,
    }
    if not alone:
        return sentence
    # else the number differs, without a word, from that of the organisations on the other pages
    counted = ngettext(
        "%(count)d person without an organisation counts as one.",
        "%(count)d people without an organisation count as one each.",
        alone,
    )
    return f"{sentence} {counted % {'count': alone}}"


def _invited(session: DialogueSession) -> tuple[int, int]:
    """How many organisations are invited, and how many people without one."""
    found = session.invitations.open().aggregate(
        named=Count("person__organisation", distinct=True),
        alone=Count("pk", filter=Q(person__organisation=None)),
    )
    return found["named"], found["alone"]
