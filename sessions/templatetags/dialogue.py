"""Words and pictures about sessions that more than one page shows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel.prepared import Prepared
from dialoog.kernel.ui.inks import COBALT, CORAL, INK, SHEET
from sessions.engine.programme import Share
from sessions.models import Answer, Decline, Invitation, Need, WishKind
from sessions.queries import GroupAnswers, PolledDate, is_replaced, person_kept_until
from sessions.queries import state_of as state_of_row
from sessions.readiness.finding import Finding
from stakeholders.models import Person

register = template.Library()

STATE_WORDS = {
    "comes": gettext_lazy("comes"),
    "partly": gettext_lazy("partly or online"),
    "later": gettext_lazy("knows later"),
    "no": gettext_lazy("does not come"),
    "open": gettext_lazy("no answer yet"),
}


_TALK_INKS = (CORAL, COBALT, "#dfe1dc")
_TALK_PAINTS = (INK, SHEET, INK)


@register.simple_tag(takes_context=True)
def mend_url(context: Context, finding: Finding) -> str:
    """Where a finding is mended; nothing without a workspace or such a page."""
    workspace = getattr(context.get("request"), "workspace", None)
    return finding.mend_url(workspace.slug, str(context.get("back_to", ""))) if workspace else ""


@register.simple_tag
def kept_until(person: Person) -> date | None:
    """Until when somebody is kept, if there is such a day."""
    return person_kept_until(person)


@register.filter
def state_word(state: str) -> str:
    return str(STATE_WORDS[state])


@register.filter
def state_of(invitation: Invitation) -> str:
    return state_of_row(invitation)


@register.filter
def replaced(invitation: Invitation) -> bool:
    return is_replaced(invitation)


@register.filter
def answer_word(invitation: Invitation) -> str:
    """What somebody answered, in words of their row."""
    if invitation.answer == Answer.DEPUTY:
        return _("sends someone else")
    return str(STATE_WORDS[state_of_row(invitation)])


@register.filter
def number_of(group: GroupAnswers, state: str) -> int:
    return group.counts[state]


@register.filter
def per_group(date: PolledDate, groups: Sequence[GroupAnswers]) -> list[tuple[GroupAnswers, int]]:
    """The groups with how many of each can come on a date."""
    return [(group, number) for group, number in zip(groups, date.per_group, strict=True) if number]


@register.filter
def need_words(codes: Iterable[str]) -> list[str]:
    return [str(dict(Need.choices).get(code, code)) for code in codes]


@register.filter
def decline_words(codes: Iterable[str]) -> list[str]:
    return [str(Decline(code).label) for code in codes if code in Decline.values]


@register.simple_tag
def talk_bar(share: Share) -> SafeString:
    """Who talks for how long, in three inks with their percents; the words stand in the key below it."""
    parts, x = [], 0
    for width, ink, paint in zip(share.percent, _TALK_INKS, _TALK_PAINTS, strict=True):
        if width:
            rect = '<rect x="{}%" width="{}%" height="36" fill="{}"/>'
            parts.append(format_html(rect, x, width, ink))
        if width >= 12:
            text = '<text x="{}%" dx="12" y="23" fill="{}">{}%</text>'
            parts.append(format_html(text, x, paint, width))
        x += width
    drawn = "".join(parts)
    return mark_safe(f'<svg class="talk-bar" width="100%" height="36" aria-hidden="true">{drawn}</svg>')


_MEETINGS = Prepared(
    lambda person: (
        Invitation.objects.filter(person_id=person, withdrawn_at=None)
        .select_related("session", "replaces__person", "replaced_by")
        .prefetch_related("wishes__agenda_item")
    )
)


@register.inclusion_tag("sessions/_answer_timeline.html", takes_context=True)
def person_meetings(context: Context, person: Person) -> dict[str, Any]:
    """The meetings somebody was asked to: answer, who was there, what they asked for under their own name."""
    ordered = sorted(_MEETINGS(person=person.pk), key=_recent_first)
    return {"request": context["request"], "person": person, "rows": ordered, "agenda": WishKind.AGENDA}


def _recent_first(invitation: Invitation) -> tuple[bool, float, int]:
    moment = invitation.session.starts_at
    return moment is not None, -(moment.timestamp() if moment else 0), -invitation.pk
