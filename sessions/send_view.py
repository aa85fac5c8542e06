"""What the send screen shows: how many go which way, and what happens afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sessions.actions.brief import suggested_send_at
from sessions.actions.plan import previous_working_day
from sessions.models import DialogueSession, Invitation
from sessions.table_view import TableView, table_view
from stakeholders.models import Channel

REMIND_BEFORE = timedelta(days=5)
PACK_BEFORE = timedelta(days=14)


@dataclass(frozen=True)
class Day:
    """A date on the line of what happens afterwards; `kind` is now, meet or ""."""

    on: date
    title: str
    note: str = ""
    kind: str = ""


@dataclass(frozen=True)
class SendView:
    """Counted from the people on the list."""

    by_mail: int
    letters: list[Invitation]
    to_call: list[Invitation]
    through: list[Invitation]
    table: TableView
    days: list[Day]


def send_view(session: DialogueSession) -> SendView:
    """Read the list once and count it by channel."""
    people = list(session.invitations.open().with_people().order_by("person__name"))
    by = {channel: [i for i in people if i.person.channel == channel] for channel in Channel}
    calls = [i for i in people if i.call_first or i.person.channel == Channel.PHONE]
    return SendView(
        by_mail=len(by[Channel.MAIL]),
        letters=by[Channel.LETTER],
        to_call=calls,
        through=by[Channel.INTERMEDIARY],
        table=table_view(session),
        days=_days(session),
    )


def _days(session: DialogueSession) -> list[Day]:
    """What people will get and when; the same moments `actions.planned` makes rows of."""
    days = [Day(timezone.localtime(suggested_send_at(session)).date(), _("Invitation"), kind="now")]
    if session.answer_by:
        remind = previous_working_day(session.answer_by - REMIND_BEFORE)
        days.append(Day(remind, _("One reminder"), _("only who has not answered")))
        days.append(Day(session.answer_by, _("Please answer before")))
    if session.starts_at:
        starts = timezone.localtime(session.starts_at).date()
        pack = previous_working_day(starts - PACK_BEFORE)
        days.append(Day(pack, _("Information pack"), _("programme from the answers; you see it first")))
        days.append(Day(starts, _("The meeting"), kind="meet"))
    if session.report_by:
        note = _("this date stands in the invitation")
        days.append(Day(session.report_by, _("You tell what has happened"), note))
    first = days[0].on
    return sorted((day for day in days if day.on >= first), key=lambda day: day.on)
