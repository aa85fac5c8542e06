"""What the send screen shows: how many go which way, and what happens afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from sessions.actions.brief import suggested_send_at
from sessions.actions.send import first_sent
from sessions.audience import audience
from sessions.engine.working_days import reminder_on
from sessions.forms.send import When
from sessions.models import BriefingKind, BriefingStatus, DialogueSession, Invitation
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
class Press:
    """What the button does for one choice of the moment; `when` is "" where that choice is not known."""

    when: str
    text: str


@dataclass(frozen=True)
class SendView:
    """Counted from the people on the list."""

    count: int
    by_mail: int
    mails: int
    letters: list[Invitation]
    to_call: list[Invitation]
    unreachable: list[Invitation]
    through: list[Invitation]
    by_phone: list[Invitation]
    table: TableView
    days: list[Day]
    presses: list[Press]

    @property
    def told(self) -> int:
        """How many people hear of it, one way or another."""
        return self.count - len(self.unreachable)

    @property
    def each_way(self) -> str:
        """“56 by mail · 1 letter to print · 1 to call”, without those nobody can reach."""
        told = {
            way: sum(1 for each in rows if each not in self.unreachable)
            for way, rows in {"letter": self.letters, "through": self.through, "phone": self.by_phone}.items()
        }
        mails = self.by_mail - sum(1 for each in self.unreachable if each.person.channel == Channel.MAIL)
        letters = ngettext("%(count)d letter to print", "%(count)d letters to print", told["letter"])
        ways = [
            (mails, _("%(count)d by mail")),
            (told["letter"], letters),
            (told["through"], _("%(count)d through someone they trust")),
            (told["phone"], _("%(count)d to call")),
        ]
        return " · ".join(words % {"count": count} for count, words in ways if count)


def send_view(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> SendView:
    """Read once who gets this mailing, and count them by channel."""
    people = list(audience(session, kind).with_people().order_by("person__sort_key", "pk"))
    by = {channel: [i for i in people if i.person.channel == channel] for channel in Channel}
    # calling first goes before the invitation; the pack follows it
    first = kind == BriefingKind.INVITATION
    lost = [i for i in people if not i.person.is_reachable]
    by_phone = [i for i in people if (first and i.call_first) or i.person.channel == Channel.PHONE]
    calls = [i for i in by_phone if i not in lost]
    intermediaries = {each.person.intermediary_id for each in by[Channel.INTERMEDIARY]}
    mails = sum(1 for each in by[Channel.MAIL] if each not in lost) + len(intermediaries)
    return SendView(
        count=len(people),
        by_mail=len(by[Channel.MAIL]),
        mails=mails,
        letters=by[Channel.LETTER],
        to_call=calls,
        unreachable=lost,
        through=by[Channel.INTERMEDIARY],
        by_phone=by[Channel.PHONE],
        table=table_view(session),
        days=_days(session, kind),
        presses=_presses(session, kind, mails),
    )


def _presses(session: DialogueSession, kind: str, mails: int) -> list[Press]:
    """The words of the button: for no known choice what is true of each, then per choice."""
    moment = dates.when(suggested_send_at(session, kind), session.timezone)
    if not mails:
        return [
            Press("", _("Do this at the moment chosen")),
            Press(When.NOW, _("Put everything ready now")),
            Press(When.PLANNED, _("Put everything ready for %(moment)s") % {"moment": moment}),
            Press(When.OTHER, _("Put everything ready for the moment you chose")),
        ]
    words = {"count": mails, "moment": moment}
    chosen = ngettext(
        "Send %(count)d mail at the moment chosen", "Send %(count)d mails at the moment chosen", mails
    )
    now = ngettext("Send %(count)d mail now", "Send %(count)d mails now", mails)
    planned = ngettext(
        "Put %(count)d mail ready for %(moment)s", "Put %(count)d mails ready for %(moment)s", mails
    )
    other = ngettext(
        "Put %(count)d mail ready for the moment you chose",
        "Put %(count)d mails ready for the moment you chose",
        mails,
    )
    texts = {"": chosen, When.NOW: now, When.PLANNED: planned, When.OTHER: other}
    return [Press(when, text % words) for when, text in texts.items()]


def _days(session: DialogueSession, kind: str) -> list[Day]:
    """What people will get and when; the same moments `actions.planned` makes rows of."""
    is_pack = kind == BriefingKind.PACK
    title = _("Information pack") if is_pack else _("Invitation")
    sent = first_sent(session, kind)
    planned = session.briefings.filter(kind=kind, status=BriefingStatus.PLANNED).defer("content").first()
    leaves = planned.planned_for if planned else suggested_send_at(session, kind)
    if sent and sent.sent_at:
        leaves = sent.sent_at
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
