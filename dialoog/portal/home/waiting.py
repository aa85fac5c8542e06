"""What waits for somebody: one small function per kind of work, each at most one query."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from dialoog.kernel.workspaces.policy import Permission
from dialoog.portal.home.rows import Rows
from feedback.models import Questionnaire, Report, ReportStatus
from sessions.actions.letters import letters_waiting
from sessions.models import DialogueSession, Invitation, Question, Status
from sessions.readiness.facts import ANNOUNCE
from stakeholders.models import Channel

AT_MOST = 6
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, why now, where, and about how many minutes. A low `urgency` comes first."""

    title: str
    note: str
    action: str
    url: str
    minutes: int
    urgency: int
    # where the button posts to when it does the thing itself; the title still leads to `url`
    does: str = ""


def waiting(rows: Rows) -> list[Todo]:
    """What this member can do today, the most pressing first; at most a handful."""
    found = [todo for permission, read in _KINDS if rows.may(permission) for todo in read(rows)]
    return sorted(found, key=lambda todo: todo.urgency)[:AT_MOST]


def questions(rows: Rows) -> list[Todo]:
    """Questions nobody answered."""
    asked = Question.objects.filter(session__in=rows.ids, answered_at=None).select_related(
        "invitation__person"
    )
    asked = asked.only("session", "text", "asked_at", "invitation__person__name")
    return [
        Todo(
            _("%(name)s has a question") % {"name": row.invitation.person.name},
            _("“%(text)s” Asked on %(day)s.")
            % {"text": Truncator(row.text).chars(110), "day": dates.short_day(row.asked_at, rows.zone)},
            _("Answer"),
            rows.url("sessions:question_edit", row.session_id, row.pk),
            minutes=5,
            urgency=10,
        )
        for row in asked.order_by("asked_at", "pk")[:AT_MOST]
    ]


def deputies(rows: Rows) -> list[Todo]:
    """Who sends somebody else, that still has to be confirmed (decisions.md 6)."""
    sends = Invitation.objects.sending_somebody().filter(session__in=rows.coming_ids)
    return [
        Todo(
            _("%(name)s sends somebody else") % {"name": row.person.name},
            _("Confirm %(deputy)s, who then gets the same information.") % {"deputy": row.deputy_name}
            if row.deputy_name
            else _("Ask who comes, so that they get the same information."),
            _("Confirm"),
            rows.url("sessions:answer_edit", row.session_id, row.pk),
            minutes=3,
            urgency=20,
        )
        for row in sends.select_related("person")
        .only("session", "deputy_name", "person__name")
        .order_by("answered_at", "pk")[:AT_MOST]
    ]


def calls(rows: Rows) -> list[Todo]:
    """People to call before their mail goes, and people who are reached by telephone."""
    by_phone = Q(person__channel=Channel.PHONE, sent_at__isnull=False)
    people = Invitation.objects.open().filter(
        Q(call_first=True) | by_phone, session__in=rows.open_ids, called_at=None, answer=""
    )
    return [
        Todo(
            _("Call %(name)s") % {"name": row.person.name},
            _("On %(phone)s. You may fill in the answer.") % {"phone": row.person.phone}
            if row.person.phone
            else _("You may fill in the answer."),
            _("Call sheet"),
            rows.url("sessions:phone_list", row.session_id),
            minutes=5,
            urgency=30,
        )
        for row in people.select_related("person")
        .only("session", "person__name", "person__phone")
        .order_by("created_at", "pk")[:AT_MOST]
    ]


def letters(rows: Rows) -> list[Todo]:
    """Letters that were put ready and not printed, of meetings still to come."""
    titles = {row.pk: str(row) for row in rows.sessions}
    copies = letters_waiting(rows.coming_ids)
    counts = copies.values_list("briefing__session").annotate(count=Count("pk")).order_by("briefing__session")
    return [
        Todo(
            ngettext(
                "Print %(count)d letter for “%(title)s”", "Print %(count)d letters for “%(title)s”", count
            )
            % {"count": count, "title": titles[session_id]},
            _("One print file, with a code and your telephone number on each."),
            _("Open the print file"),
            rows.url("sessions:letter_list", session_id),
            minutes=5,
            urgency=25,
            does=rows.url("sessions:letter_print", session_id),
        )
        for session_id, count in counts
    ]


def rules(rows: Rows) -> list[Todo]:
    """Rules for deciding that were promised for a day that comes near (T22)."""
    return [
        Todo(
            _("Send the rules for deciding"),
            _("Promised to everybody by %(day)s.") % {"day": dates.day_month(row.rules_on)},
            _("Write them"),
            rows.url("sessions:invite_decision", row.session_id),
            minutes=10,
            urgency=5 if row.rules_on < rows.today else 35,
        )
        for row in rows.rules
        if row.rules_on and row.rules_on <= rows.today + ANNOUNCE
    ]


def packs(rows: Rows) -> list[Todo]:
    """Information packs that go within a week and are not ready (T31)."""
    found = []
    for session in rows.sessions:
        due = rows.pack_due(session)
        if due is None or session.pk in rows.packs or due > rows.today + SOON:
            continue
        words = {"day": dates.day_month(due), "title": session}
        late = due < rows.today
        found.append(
            Todo(
                _("Look at the information pack"),
                _("“%(title)s”. It was due on %(day)s.") % words
                if late
                else _("“%(title)s”. It goes to everybody on %(day)s.") % words,
                _("See the pack"),
                rows.url("sessions:pack_look", session.pk),
                minutes=10,
                urgency=6 if late else 40,
            )
        )
    return found


def held(rows: Rows) -> list[Todo]:
    """Meetings that are over and of which nothing was written down."""
    return [
        Todo(
            _("Write down how “%(title)s” went") % {"title": session},
            _("Who was there and what came of it is best known today."),
            _("Write down"),
            rows.url("sessions:meeting_detail", session.pk),
            minutes=10,
            urgency=15,
        )
        for session in rows.sessions
        if session.status == Status.INVITING and session.has_ended
    ]


def reports(rows: Rows) -> list[Todo]:
    """Reports back that are due, late, or can be written now that the answers are in (T28)."""
    over = {row.pk: row for row in rows.sessions if row.status == Status.HELD}
    if not over:
        return []
    closed = Questionnaire.objects.filter(session__in=over, closed_at__isnull=False)
    closed_ids = set(closed.values_list("session_id", flat=True))
    ready = Report.objects.filter(session__in=over).exclude(status=ReportStatus.DRAFT)
    ready_ids = set(ready.values_list("session_id", flat=True))
    todos = (_report(rows, row, pk in closed_ids) for pk, row in over.items() if pk not in ready_ids)
    return [todo for todo in todos if todo]


def commitments(rows: Rows) -> list[Todo]:
    """Commitments past their date, in one line (T51)."""
    late = [row for row in rows.commitments if row.due_on < rows.today]
    if not late:
        return []
    count = len(late)
    title = ngettext(
        "%(count)d commitment is past its date", "%(count)d commitments are past their date", count
    ) % {"count": count}
    note = _("%(who)s, %(day)s. Ask how it stands.") % {
        "who": late[0].owner_name,
        "day": dates.day_month(late[0].due_on),
    }
    return [
        Todo(
            title, note, _("See the commitments"), rows.url("sessions:commitment_list"), minutes=5, urgency=50
        )
    ]


_KINDS = (
    (Permission.SEE_PEOPLE, questions),
    (Permission.SEE_PEOPLE, deputies),
    (Permission.SEE_PEOPLE, calls),
    (Permission.INVITE, letters),
    (Permission.INVITE, rules),
    (Permission.INVITE, packs),
    (Permission.RECORD, held),
    (Permission.REPORT, reports),
    (Permission.REPORT, commitments),
)


def _report(rows: Rows, session: DialogueSession, answers_are_in: bool) -> Todo | None:
    promised = session.report_by
    if promised is not None and promised < rows.today:
        note, urgency = _("It was promised by %(day)s.") % {"day": dates.day_month(promised)}, 1
    elif promised is not None and promised <= rows.today + SOON:
        note, urgency = _("Promised by %(day)s at the latest.") % {"day": dates.day_month(promised)}, 12
    elif answers_are_in:
        note, urgency = _("The answers about how people found it are in."), 45
    else:
        return None
    title = _("Report back on “%(title)s”") % {"title": session}
    return Todo(title, note, _("Write the report"), rows.url("feedback:report_edit", session.pk), 20, urgency)
