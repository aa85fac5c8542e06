"""Whether an agreement still stands below the promise."""

from django import template

from sessions.actions.endorse import still_counts
from sessions.models import DialogueSession, Endorsement

register = template.Library()


@register.filter
def stands_below(endorsement: Endorsement, session: DialogueSession) -> bool:
    return still_counts(endorsement, session)
