"""What the send screen shows: how many go which way, and what happens afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sessions.actions.brief import suggested_send_at
from sessions.actions.send import first_sent
from sessions.audience import audience
from sessions.engine.working_days import reminder_on
from sessions.models import BriefingKind, DialogueSession, Invitation
from sessions.table_view import TableView, table_view
from stakeholders.models import Channel

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

    count: int
    by_mail: int
    letters: list[Invitation]
    to_call: list[Invitation]
    unreachable: list[Invitation]
    through: list[Invitation]
    table: TableView
    days: list[Day]

    @property
    def told(self) -> int:
        """How many people hear of it, one way or another."""
        return self.count - len(self.unreachable)


def send_view(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> SendView:
    """Read once who gets this mailing, and count them by channel."""
    people = list(audience(session, kind).with_people().order_by("person__sort_key", "pk"))
    by = {channel: [i for i in people if i.person.channel == channel] for channel in Channel}
    # calling first goes before the invitation; the pack follows it
    first = kind == BriefingKind.INVITATION
    lost = [i for i in people if not i.person.is_reachable]
    by_phone = [i for i in people if (first and i.call_first) or i.person.channel == Channel.PHONE]
    calls = [i for i in by_phone if i not in lost]
    return SendView(
        count=len(people),
        by_mail=len(by[Channel.MAIL]),
        letters=by[Channel.LETTER],
        to_call=calls,
        unreachable=lost,
        through=by[Channel.INTERMEDIARY],
        table=table_view(session),
        days=_days(session, kind),
    )


def _days(session: DialogueSession, kind: str) -> list[Day]:
    """What people will get and when; the same moments `actions.planned` makes rows of."""
    is_pack = kind == BriefingKind.PACK
    title = _("Information pack") if is_pack else _("Invitation")
    sent = first_sent(session, kind)
    leaves = sent.sent_at if sent and sent.sent_at else suggested_send_at(session, kind)
    days = [Day(timezone.localtime(leaves).date(), title, kind="now")]
    if session.answer_by and not is_pack:
        remind = reminder_on(session.answer_by)
        # who has had the invitation for less than a day is not reminded of it
        if remind > days[0].on:
            days.append(Day(remind, _("One reminder"), _("only who has not answered")))
        days.append(Day(session.answer_by, _("Please answer before")))
    if session.starts_at:
        starts = timezone.localtime(session.starts_at).date()
        pack = starts - PACK_BEFORE
        if not is_pack:
            note = _("programme from the answers; you see it first")
            days.append(Day(pack, _("Information pack"), note))
        days.append(Day(starts, _("The meeting"), kind="meet"))
    if session.report_by:
        note = _("this date stands in the invitation")
        days.append(Day(session.report_by, _("You tell what has happened"), note))
    first = days[0].on
    return sorted((day for day in days if day.on >= first), key=lambda day: day.on)
