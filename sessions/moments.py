"""What happens when: the days a reading promises, as one line in their order."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dialoog.kernel.ui import dates
from sessions.models import BriefingKind
from sessions.reading import Reading, Words


@dataclass(frozen=True)
class Moment:
    """One point of the line: the day as people say it, what happens then, and what more there is to say."""

    when: str
    what: Words
    more: Words = field(default_factory=Words)
    is_meeting: bool = False


def moments(reading: Reading) -> list[Moment]:
    """Everything a reader was promised beforehand and afterwards, in the active language.

    A day that was not promised is not made up: the programme and a decision without a date stand at their
    place without one.
    """
    return [*_before(reading), _meeting(reading), *_after(reading)]


def _before(reading: Reading) -> list[Moment]:
    if reading.kind == BriefingKind.PACK:
        return []
    dated: list[tuple[date, Moment]] = []
    if reading.answer_by:
        answer = Moment(
            _("before %(day)s") % {"day": dates.day_month(reading.answer_by)},
            Words(_("You answer")),
            Words(_("Whether you come, and whether this is clear.")),
        )
        dated.append((reading.answer_by, answer))
    if reading.rules_on:
        rules = Moment(_by(reading.rules_on), Words(_("You get the exact rules of how it is decided")))
        dated.append((reading.rules_on, rules))
    programme = Moment(
        _("before the meeting"),
        Words(_("You get the programme")),
        Words(_("Made from everybody’s answers, with the rules of conduct.")),
    )
    return [*_in_order(dated), programme]


def _meeting(reading: Reading) -> Moment:
    place = str(reading.place) or reading.place_note
    options = [dates.when(start, reading.timezone) for start, _end in reading.date_options]
    more = ", ".join(part for part in (reading.hours, "; ".join(options), place) if part)
    named = {"name": place, "name_lang": reading.place.lang} if reading.place.lang else {}
    return Moment(reading.days, Words(_("The meeting")), Words(more, **named), is_meeting=True)


def _after(reading: Reading) -> list[Moment]:
    undated, dated = [], []
    if reading.adopts_by:
        who = reading.decider
        decides = replace(who, text=_("%(who)s decides") % {"who": capfirst(who.text)})
        dated.append((reading.adopts_by, Moment(_by(reading.adopts_by), decides)))
    elif reading.afterwards:
        undated.append(Moment(_("afterwards"), reading.afterwards))
    if reading.report_by:
        more = Words(capfirst(_("also about what you told us")))
        dated.append((reading.report_by, Moment(_by(reading.report_by), Words(_("You hear from us")), more)))
    return [*undated, *_in_order(dated)]


def _in_order(dated: list[tuple[date, Moment]]) -> list[Moment]:
    return [moment for _day, moment in sorted(dated, key=lambda pair: pair[0])]


def _by(day: date) -> str:
    return _("by %(day)s") % {"day": dates.day_month(day)}
