"""Step 3, Invite: sent in time, by somebody who can be called, and answered."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from sessions.audience import ways_of
from sessions.models import Clear, DateMode, PlannedKind, PlannedMail, PlannedState, Status
from sessions.readiness.facts import ANNOUNCE, SessionFacts
from sessions.readiness.finding import Finding, Severity, State, StepItem, StepState, finder, step_name
from stakeholders.models import Channel

STEP = 3
_finding = finder(STEP, page="meeting")
LEAD = timedelta(days=21)


def contact(facts: SessionFacts) -> Finding | None:
    """T77: somebody signs the invitation."""
    if facts.session.contact_name.strip() or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "contact",
        Severity.BLOCKS,
        _("There is no contact person yet"),
        _("A mail from nobody gets no answer."),
        at="id_contact_name",
        minutes=1,
    )


def phone(facts: SessionFacts) -> Finding | None:
    """T77: and can be called."""
    session = facts.session
    if session.contact_phone.strip() or not session.contact_name.strip() or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "contact-phone",
        Severity.WARNS,
        _("There is no telephone number in the invitation"),
        _("Calling counts as an answer; for some people it is the only way."),
        at="id_contact_phone",
        minutes=1,
    )


def date(facts: SessionFacts) -> Finding | None:
    """A date, or dates to choose from."""
    session = facts.session
    if not facts.is_before_sending:
        return None
    if session.date_mode == DateMode.POLL and facts.date_options < 2:
        return _finding(
            facts,
            "date",
            Severity.BLOCKS,
            _("Give at least two dates to choose from"),
            _("Without them people cannot say when they can come."),
            at="id_option1_day",
            minutes=1,
        )
    if session.date_mode == DateMode.FIXED and session.starts_at is None:
        return _finding(
            facts,
            "date",
            Severity.BLOCKS,
            _("The date is missing"),
            _("Give a date and time, or let people choose one."),
            at="id_date_mode",
            minutes=1,
        )
    return None


def past(facts: SessionFacts) -> Finding | None:
    """Nobody is invited to a moment that has passed."""
    if not facts.is_before_sending or facts.days_to_go is None or not facts.session.has_started:
        return None
    return _finding(
        facts,
        "past",
        Severity.BLOCKS,
        _("The meeting lies in the past"),
        _("Choose another date, or enter it as a meeting that was held."),
        at="id_day",
        minutes=1,
    )


def answer_by(facts: SessionFacts) -> Finding | None:
    """T31: time to answer, before the meeting."""
    session = facts.session
    if not facts.is_before_sending:
        return None
    words = None
    if session.answer_by is None:
        words = _("Ask for an answer before a date"), _("A date gets answers, and plans the reminder.")
    elif facts.starts_on and session.answer_by >= facts.starts_on:
        words = (
            _("People may answer until after the meeting begins"),
            _("An earlier date leaves you time to make the programme from their answers."),
        )
    elif session.answer_by < facts.today:
        words = _("The date to answer by has passed"), _("Nobody could answer in time any more.")
    if words is None:
        return None
    return _finding(facts, "answer-by", Severity.WARNS, *words, at="id_answer_by", minutes=1)


def answers_for_pack(facts: SessionFacts) -> Finding | None:
    """T60: answers come in before the information pack is made from them."""
    last, made_on = facts.session.answer_by, facts.pack_due_on
    if not facts.is_before_sending or last is None or made_on is None or facts.starts_on is None:
        return None
    # on short notice they cannot but overlap, and a date after the meeting is said elsewhere
    if last <= made_on or last >= facts.starts_on or made_on < facts.today + (LEAD - ANNOUNCE):
        return None
    return _finding(
        facts,
        "answer-after-pack",
        Severity.WARNS,
        _("People may answer until %(last)s; the information pack goes out on %(made)s")
        % {"last": dates.day_month(last), "made": dates.day_month(made_on)},
        _("The programme in it is made from the answers; ask people to answer before that day."),
        at="id_answer_by",
        minutes=1,
    )


def lead_time(facts: SessionFacts) -> Finding | None:
    """T31: invited in time."""
    if not facts.is_before_sending or facts.days_to_go is None or facts.session.has_started:
        return None
    if facts.days_to_go >= LEAD.days:
        return None
    title = ngettext(
        "There is only %(count)d day left until the meeting",
        "There are only %(count)d days left until the meeting",
        facts.days_to_go,
    ) % {"count": facts.days_to_go}
    return _finding(
        facts,
        "T31",
        Severity.WARNS,
        title,
        _("People who must consult others need about three weeks; consider a later date."),
        at="id_day",
        minutes=1,
    )


def questions(facts: SessionFacts) -> Finding | None:
    """T66: nobody waits for an answer."""
    count = len(facts.open_questions)
    if not count or facts.session.status == Status.REPORTED:
        return None
    title = ngettext(
        "%(count)d question waits for an answer", "%(count)d questions wait for an answer", count
    ) % {"count": count}
    why = _("Somebody who asks and hears nothing reads the rest differently.")
    return _finding(
        facts, "T66", Severity.WARNS, title, why, name="sessions:question_list", mend=_("Answer"), minutes=3
    )


def deputies(facts: SessionFacts) -> Finding | None:
    """T38: who sends somebody else is helped at once (decisions.md 6)."""
    count = len(facts.deputies_waiting)
    if not count or not facts.is_inviting:
        return None
    title = ngettext("%(count)d person sends somebody else", "%(count)d people send somebody else", count) % {
        "count": count
    }
    why = _("Confirm who comes, so that they get the same information in time.")
    return _finding(
        facts, "deputies", Severity.WARNS, title, why, name="sessions:answer_list", mend=_("Confirm")
    )


def silence(facts: SessionFacts) -> Finding | None:
    """T10: after the date to answer by, some have not."""
    deadline = facts.session.answer_by
    if not facts.is_inviting or deadline is None or deadline >= facts.today or not facts.silent:
        return None
    count = len(facts.silent)
    title = ngettext("%(count)d person has not answered", "%(count)d people have not answered", count) % {
        "count": count
    }
    why = _("A call takes a minute, and you may fill in their answer.")
    return _finding(facts, "silent", Severity.HINTS, title, why, name="sessions:answer_list", minutes=5)


CHECKS = (contact, date, past, phone, answer_by, answers_for_pack, lead_time, questions, deputies, silence)


def state(facts: SessionFacts) -> StepState:
    """Where the invitation and its answers stand."""
    session = facts.session
    sent = len(facts.sent)
    open_answers = bool(facts.silent or facts.open_questions or facts.deputies_waiting)
    if not sent:
        whole = State.BUSY if session.status == Status.PLANNED else State.LATER
    elif facts.is_inviting and open_answers:
        whole = State.BUSY
    else:
        whole = State.DONE
    return StepState(STEP, step_name(STEP), whole, _line(facts), _items(facts, sent))


def _line(facts: SessionFacts) -> str:
    session = facts.session
    if not session.was_briefed:
        return _("No invitation was sent through Dialoog.")
    if facts.sent:
        given = len([row for row in facts.sent if row.answer])
        line = _("%(given)s of %(all)s answered.") % {"given": given, "all": len(facts.sent)}
        reminder = _planned(facts, PlannedKind.REMINDER)
        if reminder and facts.silent:
            day = dates.short_day(reminder.due_at, session.timezone)
            line += " " + _("The reminder goes on %(day)s.") % {"day": day}
        return line
    ready = next((row for row in facts.briefings if row.status == "planned"), None)
    if ready and session.status == Status.PLANNED:
        return _("Goes out on %(moment)s.") % {"moment": dates.when(ready.planned_for, session.timezone)}
    return _("A short personal invitation, with what people may expect.")


def _items(facts: SessionFacts, sent: int) -> list[StepItem]:
    out = State.DONE if sent else State.LATER
    items = [StepItem(out, _("Invitation sent"), _by_channel(facts) if sent else ""), *_calls(facts)]
    given = len([row for row in facts.sent if row.answer])
    of = _("%(part)s of %(whole)s") % {"part": given, "whole": sent} if sent else ""
    waits = State.LATER if not sent else State.DONE if given == sent else State.BUSY
    items.append(StepItem(waits, _("Answers"), of))
    clear = sum(1 for row in facts.sent if row.clear == Clear.YES)
    asked = len(facts.questions)
    if clear or asked:
        note = ngettext("%(yes)s yes, %(count)d question", "%(yes)s yes, %(count)d questions", asked) % {
            "yes": clear,
            "count": asked,
        }
        items.append(
            StepItem(State.BUSY if facts.open_questions else State.DONE, _("“Is this clear?”"), note)
        )
    reminder = next((row for row in facts.planned if row.kind == PlannedKind.REMINDER), None)
    if reminder:
        done = reminder.state == PlannedState.DONE
        day = dates.day_month(reminder.due_at, facts.session.timezone)
        note = day if done else _("%(day)s, by itself") % {"day": day}
        items.append(StepItem(State.DONE if done else State.LATER, _("One reminder"), note))
    return items


def _calls(facts: SessionFacts) -> list[StepItem]:
    """Who is called: before their mail, or because they are reached by telephone. Done when it was done."""
    rows = [row for row in facts.counted if row.call_first or row.person.channel == Channel.PHONE]
    if not rows or facts.session.status == Status.DRAFT:
        return []
    called = sum(1 for row in rows if row.called_at or row.answer)
    waits = State.DONE if called == len(rows) else State.BUSY if called or facts.sent else State.LATER
    note = _("%(part)s of %(whole)s") % {"part": called, "whole": len(rows)}
    return [StepItem(waits, _("People called"), note, "sessions:phone_list")]


def _by_channel(facts: SessionFacts) -> str:
    people = ((row.person.channel, row.person.intermediary_id, row.call_first) for row in facts.sent)
    by = ways_of(people)
    through = ngettext(
        "%(count)d through somebody they trust", "%(count)d through somebody they trust", by.through
    )
    parts = [
        (by.mails, ngettext("%(count)d mail", "%(count)d mails", by.mails)),
        (by.through, through),
        (by.letters, ngettext("%(count)d letter", "%(count)d letters", by.letters)),
    ]
    return ", ".join(text % {"count": count} for count, text in parts if count)


def _planned(facts: SessionFacts, kind: PlannedKind) -> PlannedMail | None:
    return next((r for r in facts.planned if r.kind == kind and r.state == PlannedState.PLANNED), None)
