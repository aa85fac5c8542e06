"""What the send screen shows: how many go which way, and what happens afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from sessions import wording
from sessions.actions.send import first_sent
from sessions.audience import audience
from sessions.engine.working_days import pack_on, reminder_on
from sessions.forms.send import SendForm, When
from sessions.models import (
    BriefingKind,
    BriefingStatus,
    Decides,
    DialogueSession,
    Invitation,
    PlannedKind,
    PlannedState,
)
from sessions.table_view import TableView, first_few, table_view
from stakeholders.models import Channel


@dataclass(frozen=True)
class Day:
    """A date on the line of what happens afterwards; `kind` is now, meet or "".

    `when` are the words in place of a day that is not known yet; `on` is then only its place on the line.
    """

    on: date
    title: str
    note: str = ""
    kind: str = ""
    when: str = ""


@dataclass(frozen=True)
class Press:
    """What the button does for one choice of the moment; `when` is "" where that choice is not known."""

    when: str
    text: str


@dataclass(frozen=True)
class SendView:
    """Counted from the people on the list: each once, by how they are reached."""

    count: int
    by_mail: list[Invitation]
    mails: int
    letters: list[Invitation]
    through: list[Invitation]
    by_phone: list[Invitation]
    unreachable: list[Invitation]
    # of all of these, whom the organiser calls before the mailing goes, which they get all the same
    called_first: list[Invitation]
    organisations: int
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
        letters = ngettext("%(count)d letter to print", "%(count)d letters to print", len(self.letters))
        ways = [
            (self.by_mail, _("%(count)d by mail")),
            (self.letters, letters),
            (self.through, _("%(count)d through someone they trust")),
            (self.by_phone, _("%(count)d to call")),
        ]
        return " · ".join(words % {"count": len(rows)} for rows, words in ways if rows)

    @property
    def called_sentence(self) -> str:
        """Who is called first; "" when nobody is."""
        if not self.called_first:
            return ""
        names = wording.joined(first_few([each.person.name for each in self.called_first]))
        return _("You call %(names)s first. The invitation goes out all the same.") % {"names": names}


def send_view(
    session: DialogueSession, kind: BriefingKind = BriefingKind.INVITATION, form: SendForm | None = None
) -> SendView:
    """Read once who gets this mailing, and count them by channel; it goes at the moment of the form."""
    form = form or SendForm(session=session, kind=kind)
    people = list(audience(session, kind).with_people().order_by("person__sort_key", "pk"))
    lost = [i for i in people if not i.person.is_reachable]
    reached = [i for i in people if i.person.is_reachable]
    by = {channel: [i for i in reached if i.person.channel == channel] for channel in Channel}
    # calling first goes before the invitation; the pack follows it
    first = kind == BriefingKind.INVITATION
    called = [i for i in reached if first and i.call_first and i.person.channel != Channel.PHONE]
    intermediaries = {each.person.intermediary_id for each in by[Channel.INTERMEDIARY]}
    mails = len(by[Channel.MAIL]) + len(intermediaries)
    return SendView(
        count=len(people),
        by_mail=by[Channel.MAIL],
        mails=mails,
        letters=by[Channel.LETTER],
        through=by[Channel.INTERMEDIARY],
        by_phone=by[Channel.PHONE],
        unreachable=lost,
        called_first=called,
        organisations=len({each.person.organisation_id for each in people} - {None}),
        table=table_view(session),
        days=_days(session, kind, _leaves(form, kind)),
        presses=_presses(form, mails),
    )


def _presses(form: SendForm, mails: int) -> list[Press]:
    """The words of the button: for no known choice what is true of each, then per choice."""
    zone = form.session.timezone
    moment, other_at = dates.when(form.suggested, zone), form.other()
    other_moment = dates.when(other_at, zone) if other_at else ""
    if not mails:
        on_other = _("Put everything ready for %(moment)s") % {"moment": other_moment}
        return [
            Press("", _("Do this at the moment chosen")),
            Press(When.NOW, _("Put everything ready now")),
            Press(When.PLANNED, _("Put everything ready for %(moment)s") % {"moment": moment}),
            Press(When.OTHER, on_other if other_at else _("Put everything ready for the moment you chose")),
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
    texts = {"": chosen, When.NOW: now, When.PLANNED: planned}
    presses = [Press(when, text % words) for when, text in texts.items()]
    at_other = planned % {**words, "moment": other_moment} if other_at else other % words
    return [*presses, Press(When.OTHER, at_other)]


def _leaves(form: SendForm, kind: str) -> datetime:
    """When this mailing went, or is ready to go, unless another moment is being chosen; else the form's."""
    sent = first_sent(form.session, kind)
    if sent and sent.sent_at:
        return sent.sent_at
    if form.is_bound:
        return form.moment()
    waiting = form.session.briefings.filter(kind=kind, status=BriefingStatus.PLANNED).defer("content").first()
    return waiting.planned_for if waiting else form.moment()


def _days(session: DialogueSession, kind: str, leaves: datetime) -> list[Day]:
    """What people will get and when; the same moments `actions.planned` makes rows of."""
    is_off = session.workspace.is_day_off
    is_pack = kind == BriefingKind.PACK
    title = _("Information pack") if is_pack else _("Invitation")
    days = [Day(timezone.localtime(leaves).date(), title, kind="now")]
    if session.answer_by and not is_pack:
        remind = reminder_on(session.answer_by, is_off)
        # who has had the invitation for less than a day is not reminded of it
        if remind > days[0].on:
            days.append(Day(remind, _("One reminder"), _("only who has not answered")))
        days.append(Day(session.answer_by, _("Please answer before")))
    if session.starts_at:
        starts = timezone.localtime(session.starts_at).date()
        if not is_pack:
            pack = pack_on(starts, session.answer_by, is_off)
            note = _("programme from the answers; you see it first")
            days.append(Day(pack, _("Information pack"), note))
        days.append(Day(starts, _("The meeting"), kind="meet"))
        days.append(_questions(session))
    if session.decides == Decides.ADVICE and session.adopts_by:
        who = capfirst(wording.decider(session))
        days.append(
            Day(session.adopts_by, _("%(who)s decides") % {"who": who}, _("on this day at the latest"))
        )
    if session.report_by:
        note = _("this date stands in the invitation")
        days.append(Day(session.report_by, _("You tell what has happened"), note))
    first = days[0].on
    return sorted((day for day in days if day.on >= first), key=lambda day: day.on)


def _questions(session: DialogueSession) -> Day:
    """The questions afterwards, which guests read about on their page; who plans them stands above us."""
    title, note = _("A few questions about how it was"), _("with one reminder")
    kept = session.planned_mails.exclude(state__in=(PlannedState.CANCELLED, PlannedState.MISSED))
    row = kept.filter(kind=PlannedKind.FEEDBACK).first()
    if row is not None:
        return Day(timezone.localtime(row.due_at).date(), title, note)
    ends = session.ends_at or session.starts_at
    assert ends is not None
    return Day(timezone.localtime(ends).date(), title, note, when=_("afterwards"))
