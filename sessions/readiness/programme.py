"""Step 4, Programme: made from the answers, with rules that were announced."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from sessions import wording
from sessions.models import BriefingKind, BriefingStatus, Form, Method, PlannedKind, RulesAnswer
from sessions.readiness.facts import ANNOUNCE, SessionFacts
from sessions.readiness.finding import Finding, Severity, State, StepItem, StepState, finder, step_name

STEP = 4
_finding = finder(STEP, page="decision")
SOON = timedelta(days=28)
NEEDS_LEADER = 10
_CHANGE = "sessions:change_edit"


@dataclass(frozen=True)
class Piece:
    """One part of complete information (T32), and the page on which it is filled in."""

    name: str
    present: bool
    mended_on: str


def procedure(facts: SessionFacts) -> Finding | None:
    """T21: the procedure has every part, or a date on which it will come."""
    if not facts.decides_something or not facts.is_under_way or facts.has_rules:
        return None
    if facts.procedure is not None and facts.procedure.method == Method.LATER:
        return None
    if facts.procedure is None:
        title = _("Say how is decided, or when people hear the rules")
    else:
        title = _("The rules for deciding are not complete")
    why = _("Who hears the rules only at the table does not know what their voice counts for.")
    return _finding(facts, "T21", Severity.WARNS, title, why, minutes=3)


def announced(facts: SessionFacts) -> Finding | None:
    """T22: the rules come two weeks before the meeting, and by the day that was promised."""
    rules = facts.procedure
    if rules is None or rules.method != Method.LATER or rules.rules_on is None or not facts.is_under_way:
        return None
    day = dates.day_month(rules.rules_on)
    if rules.rules_on < facts.today:
        title = _("People would get the rules by %(day)s") % {"day": day}
        why = _("That day has passed; without announced rules nothing can be decided.")
    elif facts.starts_on and rules.rules_on > facts.starts_on - ANNOUNCE:
        title = _("The rules come on %(day)s, too close to the meeting") % {"day": day}
        why = _("Two weeks give people time to ask and to consult others.")
    elif facts.is_inviting and rules.rules_on <= facts.today + ANNOUNCE:
        title = _("The rules are due by %(day)s") % {"day": day}
        why = _("Only after that can anything be advised or decided at the meeting.")
    else:
        return None
    return _finding(facts, "T22", Severity.WARNS, title, why, mend=_("Write the rules"), minutes=5)


def late_announcement(facts: SessionFacts) -> Finding | None:
    """T22: complete rules stood in something that was sent, two weeks before."""
    if not facts.decides_something or not facts.has_rules or not facts.is_inviting:
        return None
    if facts.days_to_go is None or facts.days_to_go > ANNOUNCE.days or facts.pack_is_out:
        return None
    return _finding(
        facts,
        "T22-late",
        Severity.WARNS,
        _("The rules for deciding stand in no information pack yet"),
        _("What was not announced two weeks before should not be decided that day."),
        name="sessions:pack_look",
    )


def vote_without_rules(facts: SessionFacts) -> Finding | None:
    """T22: the programme asks for a decision that nobody announced."""
    votes = any(item.form == Form.VOTE for item in facts.agenda)
    if not votes or not facts.is_under_way or (facts.decides_something and facts.has_rules):
        return None
    return _finding(
        facts,
        "T22-vote",
        Severity.WARNS,
        _("The programme has a decision without rules"),
        _("Announce how is decided, or take this part off the programme."),
        name="sessions:agenda_edit",
        at="day",
        minutes=3,
    )


def agenda(facts: SessionFacts) -> Finding | None:
    """T60: a programme, once answers have come and the day is near."""
    if facts.agenda or not facts.is_inviting or facts.days_to_go is None or facts.days_to_go > SOON.days:
        return None
    return _finding(
        facts,
        "agenda",
        Severity.WARNS,
        _("There is no programme yet"),
        _("It goes along with the information pack, two weeks before the meeting."),
        name="sessions:agenda_edit",
        minutes=10,
    )


def pack(facts: SessionFacts) -> Finding | None:
    """T31: the information pack leaves two weeks before."""
    due, waiting = facts.pack_due_on, (BriefingStatus.PLANNED, BriefingStatus.SENDING, BriefingStatus.SENT)
    if not facts.is_inviting or due is None or due > facts.today:
        return None
    if facts.briefing(BriefingKind.PACK, *waiting):
        return None
    return _finding(
        facts,
        "T31-pack",
        Severity.WARNS,
        _("The information pack was due on %(day)s") % {"day": dates.day_month(due)},
        _("Late information leaves people no time to read it or to consult others."),
        name="sessions:pack_look",
        minutes=5,
    )


def completeness(facts: SessionFacts) -> list[Piece]:
    """T32: the five things people expect beforehand, with programme, participants and procedure."""
    session = facts.session
    asked = all(row.what_we_ask.strip() for row in facts.invited_groups)
    return [
        Piece(_("goal"), bool(session.goal.strip()), _CHANGE),
        Piece(_("use of the outcome"), bool(session.use_of_outcomes.strip()), _CHANGE),
        Piece(_("what you ask of people"), bool(facts.invited_groups) and asked, "sessions:invite_table"),
        Piece(_("how much say they have"), bool(session.influence), _CHANGE),
        Piece(_("date of the report"), session.report_by is not None, _CHANGE),
        Piece(_("programme"), bool(facts.agenda), "sessions:agenda_edit"),
        Piece(_("who comes"), bool(facts.counted), "sessions:answer_list"),
        Piece(
            _("how is decided"),
            bool(session.decides) and (not facts.decides_something or facts.has_rules),
            "sessions:invite_decision",
        ),
    ]


def complete(facts: SessionFacts) -> Finding | None:
    """T32: what the information pack still lacks, in the three weeks before it leaves."""
    due = facts.pack_due_on
    if not facts.is_inviting or facts.pack_is_out or due is None or due - timedelta(days=21) > facts.today:
        return None
    missing = [piece for piece in completeness(facts) if not piece.present]
    if not missing:
        return None
    names = wording.joined([piece.name for piece in missing])
    return _finding(
        facts,
        "T32",
        Severity.HINTS,
        _("The information is not complete: %(missing)s") % {"missing": names},
        _("Whole information, once, is better than parts that keep coming."),
        # on the pack's own screen this stands too, so it leads to where the first of them is mended
        name=missing[0].mended_on,
        args=(facts.session.pk, "promise") if missing[0].mended_on == _CHANGE else (),
        minutes=5,
    )


def rules_of_conduct(facts: SessionFacts) -> Finding | None:
    """T95: rules of conduct, before the pack."""
    if facts.session.rules.strip() or not facts.is_inviting:
        return None
    near = facts.days_to_go is not None and facts.days_to_go <= SOON.days
    return _finding(
        facts,
        "T95",
        Severity.WARNS if near else Severity.HINTS,
        _("Propose rules of conduct"),
        _("People agree to them beforehand, so that at the table anybody may point to them."),
        name="sessions:agenda_edit",
        at="conduct",
        minutes=3,
    )


def other_rules(facts: SessionFacts) -> Finding | None:
    """T95: somebody wants other rules."""
    count = sum(1 for row in facts.counted if row.rules_answer == RulesAnswer.OTHERWISE)
    if not count or not facts.is_inviting:
        return None
    title = ngettext(
        "%(count)d person wants other rules of conduct",
        "%(count)d people want other rules of conduct",
        count,
    ) % {"count": count}
    why = _("Talk about it before the day; rules hold when everybody can live with them.")
    return _finding(
        facts, "T95-other", Severity.WARNS, title, why, name="sessions:answer_list", mend=_("Read"), minutes=5
    )


def mandate(facts: SessionFacts) -> Finding | None:
    """T36: asked of people, never guessed: the second mailing asks it."""
    if not facts.decides_something or not facts.is_inviting:
        return None
    if not facts.pack_is_out:
        return _finding(
            facts,
            "T36",
            Severity.HINTS,
            _("Whether people may decide is asked with the information pack"),
            _("You need not fill it in for them; you will see their answers here."),
            name="sessions:answer_list",
            mend=_("See the answers"),
            minutes=1,
        )
    count = sum(1 for row in facts.coming if not row.mandate)
    if not count:
        return None
    title = ngettext(
        "%(count)d person has not said whether they may decide",
        "%(count)d people have not said whether they may decide",
        count,
    ) % {"count": count}
    why = _("Who must consult at home cannot be asked for a yes at the table.")
    mend = _("See the answers")
    return _finding(
        facts, "T36-open", Severity.HINTS, title, why, name="sessions:answer_list", mend=mend, minutes=5
    )


def wishes(facts: SessionFacts) -> Finding | None:
    """T60: what people asked for got a place or an answer."""
    count = len(facts.open_wishes)
    if not count or not facts.is_inviting or not facts.agenda:
        return None
    title = ngettext(
        "%(count)d wish has no place in the programme and no answer",
        "%(count)d wishes have no place in the programme and no answer",
        count,
    ) % {"count": count}
    why = _("Who sees what became of their wish speaks again.")
    return _finding(facts, "T60", Severity.HINTS, title, why, name="sessions:wish_list", minutes=5)


def needs(facts: SessionFacts) -> Finding | None:
    """T39: what people need in order to take part."""
    count = sum(1 for row in facts.counted if row.needs or row.needs_note.strip())
    if not count or not facts.is_inviting:
        return None
    title = ngettext(
        "%(count)d person needs something in order to take part",
        "%(count)d people need something in order to take part",
        count,
    ) % {"count": count}
    why = _("Arrange it before the day, and put this aside once it is arranged.")
    return _finding(
        facts, "needs", Severity.WARNS, title, why, name="sessions:answer_list", mend=_("See what"), minutes=5
    )


def leader(facts: SessionFacts) -> Finding | None:
    """T15: a larger talk is led by somebody."""
    if facts.session.facilitator.strip() or not facts.is_inviting or len(facts.coming) <= NEEDS_LEADER:
        return None
    return _finding(
        facts,
        "T15",
        Severity.HINTS,
        _("Who leads the talk?"),
        _("With more than ten people somebody has to see to it that everybody is heard."),
        name="sessions:agenda_edit",
        at="id_facilitator",
    )


CHECKS = (
    procedure,
    announced,
    late_announcement,
    vote_without_rules,
    agenda,
    pack,
    needs,
    other_rules,
    rules_of_conduct,
    complete,
    wishes,
    mandate,
    leader,
)

# what is still to be said beside the pack, on its own screens
BESIDE_PACK = tuple(check for check in CHECKS if check not in {pack, late_announcement})


def state(facts: SessionFacts) -> StepState:
    """Where the programme stands."""
    items = [StepItem(_agenda_state(facts), _("Topics from the answers"), _wishes_note(facts))]
    if facts.decides_something:
        items.append(_rules_item(facts))
    agreed = State.DONE if facts.session.rules.strip() else State.LATER
    yes = sum(1 for row in facts.counted if row.rules_answer == RulesAnswer.AGREE)
    note = _("%(count)s agreed") % {"count": yes} if yes else ""
    items.append(StepItem(agreed, _("Rules of conduct"), note))
    packed = State.DONE if facts.pack_is_out else State.LATER
    due = _pack_day(facts)
    page = "sessions:pack_look" if facts.is_inviting else ""
    items.append(StepItem(packed, _("Information pack"), dates.day_month(due) if due else "", page))
    if facts.pack_is_out or facts.is_past:
        whole = State.DONE
    elif facts.agenda or facts.wishes:
        whole = State.BUSY
    else:
        whole = State.LATER
    return StepState(STEP, step_name(STEP), whole, _line(facts), items)


def _line(facts: SessionFacts) -> str:
    parts = []
    if facts.wishes:
        count = len(facts.wishes)
        parts.append(
            ngettext("%(count)d wish came in.", "%(count)d wishes came in.", count) % {"count": count}
        )
    due = _pack_day(facts)
    if facts.pack_is_out and due:
        parts.append(_("The information pack went out on %(day)s.") % {"day": dates.day_month(due)})
    elif due and facts.is_under_way:
        parts.append(_("The information pack goes out on %(day)s.") % {"day": dates.day_month(due)})
    return " ".join(parts) or _("Made from what people ask for, with rules everybody knows.")


def _pack_day(facts: SessionFacts) -> date | None:
    out = facts.briefing(BriefingKind.PACK)
    if out and out.sent_at:
        return out.sent_at.astimezone(facts.zone).date()
    planned = next((row for row in facts.planned if row.kind == PlannedKind.PACK), None)
    return planned.due_at.astimezone(facts.zone).date() if planned else facts.pack_due_on


def _agenda_state(facts: SessionFacts) -> State:
    if facts.agenda:
        return State.BUSY if facts.open_wishes else State.DONE
    return State.BUSY if facts.wishes else State.LATER


def _wishes_note(facts: SessionFacts) -> str:
    count = len(facts.wishes)
    return ngettext("%(count)d wish", "%(count)d wishes", count) % {"count": count} if count else ""


def _rules_item(facts: SessionFacts) -> StepItem:
    if facts.has_rules:
        return StepItem(State.DONE, _("How is decided"))
    if facts.procedure is not None and facts.procedure.rules_on:
        note = _("by %(day)s") % {"day": dates.day_month(facts.procedure.rules_on)}
        return StepItem(State.BUSY, _("How is decided"), note)
    return StepItem(State.LATER, _("How is decided"))
