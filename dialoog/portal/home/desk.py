"""What one member sees at home: what waits, what comes in, what is next and what was promised."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.outbox.models import MailStatus
from dialoog.kernel.ui import dates
from dialoog.kernel.workspaces.policy import Permission
from dialoog.portal.home.rows import Rows, local_day
from dialoog.portal.home.waiting import Todo, waiting
from dialoog.portal.session_page.page import emblem_of
from sessions.models import BriefingStatus, DialogueSession, PlaceMode, Status
from sessions.queries import GroupAnswers, by_group

PROMISED = 6
TITLE = 60
NOT_DELIVERED = (MailStatus.FAILED, MailStatus.UNCERTAIN)
COUNTED = 100


@dataclass(frozen=True)
class Promised:
    """A day somebody is counting on."""

    on: date
    text: str
    note: str
    late: bool


@dataclass(frozen=True)
class Refused:
    """Mails that did not arrive, in one line."""

    count: int
    name: str
    url: str


@dataclass(frozen=True)
class Leaving:
    """A mailing that goes by itself at its moment."""

    at: datetime
    kind: str
    session: DialogueSession
    url: str
    take_back_url: str


class Desk(Rows):
    """The home of one member in one workspace."""

    # --- what waits

    @property
    def greeting(self) -> str:
        hour = self.now.astimezone(self.zone).hour
        if 4 <= hour < 12:
            words, named = _("Good morning"), _("Good morning, %(name)s")
        elif 12 <= hour < 18:
            words, named = _("Good afternoon"), _("Good afternoon, %(name)s")
        else:
            words, named = _("Good evening"), _("Good evening, %(name)s")
        return named % {"name": self.user.first_name} if self.user.name else words

    @property
    def summary(self) -> str:
        """How much there is and about how long it takes."""
        if not self.todos and self.begun:
            return _("Nothing has to be done today. You may go on with what you began.")
        if not self.todos:
            return _("Nothing needs you today.")
        count, minutes = len(self.todos), sum(todo.minutes for todo in self.todos)
        things = ngettext("%(count)d thing needs you today.", "%(count)d things need you today.", count)
        return f"{things % {'count': count}} {_about(minutes)}"

    @property
    def emblem(self) -> list[tuple[str, int]]:
        return emblem_of(self.seats)

    @cached_property
    def todos(self) -> list[Todo]:
        return waiting(self)

    @cached_property
    def begun(self) -> DialogueSession | None:
        """The newest draft this member began themselves; those of colleagues are theirs to go on with."""
        return next((row for row in self.drafts if row.created_by_id == self.user.pk), None)

    @cached_property
    def refused(self) -> Refused | None:
        """Mails that did not arrive; the outbox has the rest."""
        if not self.may(Permission.MAILS):
            return None
        rows = self.workspace.mails.filter(status__in=NOT_DELIVERED).order_by("-due_at", "-pk")
        names = list(rows.values_list("to_name", "to_email")[:COUNTED])
        if not names:
            return None
        return Refused(len(names), names[0][0] or names[0][1], self.url("outbox:mail_list"))

    # --- what leaves by itself

    @cached_property
    def leaving(self) -> list[Leaving]:
        """Mailings that are ready and wait for their moment, the nearest first."""
        if not self.may(Permission.INVITE):
            return []
        sessions = {row.pk: row for row in self.sessions}
        return [
            Leaving(
                at=row.planned_for,
                kind=row.get_kind_display(),
                session=sessions[row.session_id],
                url=self.url("portal:session_detail", row.session_id),
                take_back_url=self.url("sessions:briefing_take_back", row.session_id, row.pk),
            )
            for row in self.mailings
            if row.status == BriefingStatus.PLANNED
        ]

    # --- the next meeting

    @cached_property
    def groups(self) -> list[GroupAnswers]:
        return by_group([row for row in self.seats if row.sent_at])

    @property
    def answers_note(self) -> str:
        """“18 of 24, 7 days left”."""
        rows = [row for group in self.groups for row in group.rows]
        note = _("%(part)s of %(whole)s") % {"part": sum(1 for row in rows if row.answer), "whole": len(rows)}
        deadline = self.upcoming.answer_by if self.upcoming else None
        left = (deadline - self.today).days if deadline else -1
        if left < 0:
            return note
        days = ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
        return f"{note}, {days}"

    @property
    def upcoming_day(self) -> str:
        session = self.upcoming
        return dates.day(session.starts_at, session.timezone) if session and session.starts_at else ""

    @property
    def upcoming_number(self) -> str:
        """The day of the month, as the card prints it large."""
        session = self.upcoming
        return str(local_day(session.starts_at, session).day) if session and session.starts_at else ""

    @property
    def upcoming_line(self) -> str:
        """How far away the next meeting is, and who comes."""
        session = self.upcoming
        if session is None or session.starts_at is None:
            return ""
        days = (local_day(session.starts_at, session) - self.today).days
        come = sum(group.coming for group in self.groups)
        away = _("It is today.")
        if days > 0:
            away = ngettext("In %(count)d day.", "In %(count)d days.", days) % {"count": days}
        people = ngettext("%(count)d person comes.", "%(count)d people come.", come) % {"count": come}
        return f"{away} {people}"

    # --- what was promised

    @cached_property
    def promised(self) -> list[Promised]:
        """Dates people were told, the nearest first."""
        found: list[Promised] = []
        rules = {row.session_id: row.rules_on for row in self.rules}
        for session in self.sessions:
            found += self._promised_of(session, rules.get(session.pk))
        found += [
            Promised(row.due_on, Truncator(row.text).chars(TITLE), row.owner_name, row.due_on < self.today)
            for row in self.commitments
        ]
        return sorted(found, key=lambda row: row.on)[:PROMISED]

    def _promised_of(self, session: DialogueSession, rules_on: date | None) -> list[Promised]:
        if session.status not in {Status.PLANNED, Status.INVITING, Status.HELD}:
            return []
        pack = self.pack_due(session)
        place = session.place_known_on if session.place_mode == PlaceMode.OPEN else None
        days = [
            (place, _("The place")),
            (rules_on, _("Rules for deciding")),
            (pack if pack and session.pk not in self.packs else None, _("Information pack")),
            (session.report_by, _("What happened with their input")),
        ]
        title = Truncator(str(session)).chars(TITLE)
        return [Promised(day, text, title, day < self.today) for day, text in days if day]


def _about(minutes: int) -> str:
    if minutes < 10:
        return _("That takes a few minutes.")
    if minutes < 25:
        return _("Together about a quarter of an hour.")
    if minutes < 45:
        return _("Together about half an hour.")
    return _("Together about an hour.")
