"""What the page of a meeting shows, computed once from its facts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dialoog.kernel.ui import dates
from dialoog.kernel.ui.shapes import shape
from dialoog.kernel.workspaces.models import Membership
from dialoog.kernel.workspaces.policy import Permission
from dialoog.portal.session_page import checks
from dialoog.portal.session_page.checks import WholeFacts
from sessions import wording
from sessions.audience import ways_of
from sessions.models import (
    Answer,
    Briefing,
    BriefingChange,
    BriefingKind,
    BriefingStatus,
    DateMode,
    DialogueSession,
    Invitation,
    PlaceMode,
    PlannedKind,
    PlannedState,
    Status,
    Wish,
    WishKind,
)
from sessions.queries import GroupAnswers, by_group, sentence_of, was_checked
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import FindingList, State, StepState, link_if_any
from stakeholders.models import StakeholderGroup

LARGEST_EMBLEM = 12
PROGRAMME_FROM = 35
TOPICS = 5
CHANGES = 5


@dataclass(frozen=True)
class Link:
    """Words and where they lead."""

    text: str
    url: str


@dataclass(frozen=True)
class Fact:
    """One of the four facts below the head."""

    term: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Phase:
    """Steps that belong together."""

    name: str
    steps: list[StepState]


@dataclass(frozen=True)
class Topic:
    """What people asked for, with the groups that did."""

    text: str
    groups: list[StakeholderGroup]


@dataclass(frozen=True)
class Mail:
    """A mail that goes by itself."""

    on: date
    label: str
    note: str
    status: str = ""
    kind: str = ""


@dataclass(frozen=True)
class SessionPage:
    """The page of one meeting for one member."""

    facts: WholeFacts
    membership: Membership

    @property
    def session(self) -> DialogueSession:
        return self.facts.session

    @property
    def sees_people(self) -> bool:
        return self.membership.may(Permission.SEE_PEOPLE)

    @property
    def may_plan(self) -> bool:
        return self.membership.may(Permission.PLAN)

    @property
    def may_invite(self) -> bool:
        return self.membership.may(Permission.INVITE)

    # --- head

    @property
    def status(self) -> Link:
        """The pill: its words, and its kind in place of an address."""
        if self.waiting and self.waiting.planned_for <= self.facts.now:
            return Link(_("Going out now"), "dark")
        if self.waiting:
            moment = dates.when(self.waiting.planned_for, self.session.timezone)
            return Link(_("Planned for %(moment)s") % {"moment": moment}, "dark")
        words = {
            Status.DRAFT: (_("Being prepared"), "dark"),
            Status.PLANNED: (_("Ready to go out"), "dark"),
            Status.INVITING: (_("Invitations sent"), "dark"),
            Status.HELD: (pgettext("meeting", "Held"), "dark"),
            Status.REPORTED: (pgettext("meeting", "Reported back"), "done"),
            Status.CANCELLED: (pgettext("meeting", "Cancelled"), "stop"),
        }
        return Link(*words[Status(self.session.status)])

    @property
    def waiting(self) -> Briefing | None:
        """The invitations that wait for their moment; until then they can be taken back."""
        if self.session.status != Status.PLANNED:
            return None
        return self.facts.briefing(BriefingKind.INVITATION, BriefingStatus.PLANNED)

    @property
    def countdown(self) -> str:
        """How far away it is, in words."""
        days = self.facts.days_to_go
        if self.session.status == Status.CANCELLED or days is None:
            return ""
        if days > 1:
            return ngettext("%(count)d day to go", "%(count)d days to go", days) % {"count": days}
        near = {1: _("tomorrow"), 0: _("today"), -1: _("yesterday")}
        if days in near:
            return near[days]
        return ngettext("%(count)d day ago", "%(count)d days ago", -days) % {"count": -days}

    @property
    def goal(self) -> str:
        """The goal as a sentence, whole in the language it was written in."""
        with translation.override(self.session.language):
            return wording.goal_sentence(self.session.goal)

    @property
    def action(self) -> Link | None:
        """The one thing to do now."""
        wanted = _action(self.facts, self.membership.user_id)
        if wanted is None or not self.membership.may(wanted[2]):
            return None
        text, name, _permission = wanted
        url = link_if_any(self.membership.workspace.slug, name, self.session.pk)
        return Link(text, url) if url else None

    @property
    def emblem(self) -> list[tuple[str, int]]:
        return emblem_of(self.facts.counted)

    @property
    def strip(self) -> list[Fact]:
        return [_when(self.facts), _where(self.session), _coming(self.facts), _report(self.facts)]

    # --- body

    @cached_property
    def steps(self) -> list[StepState]:
        return checks.steps(self.facts)

    @property
    def phases(self) -> list[Phase]:
        return [
            Phase(pgettext("phase", "Prepare"), self.steps[:4]),
            Phase(pgettext("phase", "Hold"), self.steps[4:5]),
            Phase(pgettext("phase", "Follow up"), self.steps[5:]),
        ]

    @property
    def steps_note(self) -> str:
        counts = Counter(step.state for step in self.steps)
        words = {
            State.DONE: _("%(count)s done"),
            State.BUSY: _("%(count)s busy"),
            State.LATER: _("%(count)s later"),
        }
        return ", ".join(word % {"count": counts[state]} for state, word in words.items() if counts[state])

    @property
    def open_step(self) -> int:
        """The step that stands open: the first one somebody is busy with, else the first to come."""
        if self.session.status == Status.CANCELLED:
            return 0
        for wanted in (State.BUSY, State.LATER):
            for step in self.steps:
                if step.state == wanted:
                    return step.number
        return 0

    @cached_property
    def findings(self) -> FindingList:
        return checks.findings(self.facts)

    @cached_property
    def answers(self) -> list[GroupAnswers]:
        return by_group(self.facts.counted)

    @property
    def has_answers(self) -> bool:
        return bool(self.facts.sent)

    @property
    def answers_note(self) -> str:
        counts: Counter[str] = Counter()
        for group in self.answers:
            counts += group.counts
        return sentence_of(counts)

    @property
    def wishes(self) -> list[Wish]:
        return [wish for wish in self.facts.wishes if wish.kind == WishKind.AGENDA]

    @property
    def topics(self) -> list[Topic]:
        """What people asked for, wishes with the same place together. Only for who may read them."""
        if not self.sees_people:
            return []
        loose = [wish for wish in self.wishes if wish.agenda_item_id is None]
        placed: dict[int, list[Wish]] = defaultdict(list)
        for wish in self.wishes:
            if wish.agenda_item_id is not None:
                placed[wish.agenda_item_id].append(wish)
        titles = {item.pk: item.title for item in self.facts.agenda}
        shared = sorted(placed.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        topics = [Topic(wish.text, _asked_by([wish])) for wish in loose]
        topics += [Topic(titles[pk], _asked_by(wishes)) for pk, wishes in shared]
        return topics[:TOPICS]

    @property
    def mails(self) -> list[Mail]:
        rows = [row for row in self.facts.planned if row.state != PlannedState.CANCELLED]
        kinds = {PlannedState.BLOCKED: "busy", PlannedState.MISSED: "stop", PlannedState.DONE: "done"}
        return [
            Mail(
                row.due_at.astimezone(self.facts.zone).date(),
                row.get_kind_display(),
                _to_whom(self.facts, row.kind, row.count if row.state == PlannedState.DONE else None),
                row.get_state_display() if row.state in kinds else "",
                kinds.get(PlannedState(row.state), ""),
            )
            for row in rows
        ]

    @cached_property
    def changes(self) -> list[BriefingChange]:
        """What became different after it was sent, newest first."""
        return list(self.session.changes.order_by("-made_at", "-pk")[:CHANGES])


def emblem_of(invitations: list[Invitation]) -> list[tuple[str, int]]:
    """The groups of a session with the number of organisations of each, for its mark."""
    parties: dict[str, set[str]] = defaultdict(set)
    for row in invitations:
        if row.group:
            organisation = row.person.organisation_id
            parties[row.group.shape].add(f"o{organisation}" if organisation else f"p{row.person_id}")
    sizes = sorted(((len(names), key) for key, names in parties.items()), reverse=True)
    return [(shape(key).key, size) for size, key in sizes[:LARGEST_EMBLEM]]


def next_screen(facts: SessionFacts, user_id: int) -> str:
    """The screen on which the invitation goes on."""
    session = facts.session
    if not session.title or (session.starts_at is None and session.date_mode == DateMode.FIXED):
        return "sessions:invite_meeting"
    if not (session.goal and session.use_of_outcomes and session.influence and session.decides):
        return "sessions:invite_promise"
    if facts.decides_something and facts.procedure is None:
        return "sessions:invite_decision"
    if not facts.counted:
        return "sessions:invite_people"
    if any(not row.what_we_ask or not row.why_you for row in facts.invited_groups):
        return "sessions:invite_table"
    return "sessions:invite_send" if was_checked(session, user_id) else "sessions:invite_look"


def _action(facts: WholeFacts, user_id: int) -> tuple[str, str, Permission] | None:
    session = facts.session
    if session.status == Status.DRAFT:
        return _("Go on with the invitation"), next_screen(facts, user_id), Permission.PLAN
    if session.status == Status.PLANNED:
        return _("See when it goes out"), "sessions:invite_send", Permission.INVITE
    if session.status == Status.INVITING and session.has_started:
        return _("Write down the meeting"), "sessions:meeting_detail", Permission.RECORD
    if session.status == Status.INVITING:
        return _before_the_day(facts)
    if session.status == Status.HELD:
        return _("Write the report"), "feedback:report_edit", Permission.REPORT
    if session.status == Status.REPORTED:
        return _("Read the report"), "feedback:report_detail", Permission.SEE
    return None


def _before_the_day(facts: WholeFacts) -> tuple[str, str, Permission]:
    days = facts.days_to_go
    many = facts.sent and len(facts.silent) * 2 <= len(facts.sent)
    if not facts.agenda and days is not None and (many or days <= PROGRAMME_FROM // 2):
        return _("Make the programme"), "sessions:agenda_edit", Permission.PLAN
    due = facts.pack_due_on
    if facts.agenda and not facts.pack_is_out and due and due - timedelta(days=7) <= facts.today:
        if facts.briefing(BriefingKind.PACK, BriefingStatus.PLANNED):
            return _("See when it goes out"), "sessions:pack_send", Permission.INVITE
        return _("Prepare the information pack"), "sessions:pack_look", Permission.INVITE
    return _("See the answers"), "sessions:answer_list", Permission.SEE_PEOPLE


def _when(facts: SessionFacts) -> Fact:
    session = facts.session
    if session.date_mode == DateMode.POLL:
        count = facts.date_options
        note = ngettext("%(count)d date to choose from", "%(count)d dates to choose from", count)
        return Fact(_("When"), _("People choose"), note % {"count": count})
    if session.starts_at is None or session.ends_at is None:
        return Fact(_("When"), _("Not settled yet"))
    zone = session.timezone
    value = f"{dates.short_day(session.starts_at, zone)}, {dates.clock(session.starts_at, zone)}"
    last = session.ends_at.astimezone(facts.zone).date()
    if last != facts.starts_on:
        return Fact(_("When"), value, _("until %(moment)s") % {"moment": dates.short_day(last)})
    return Fact(_("When"), value, _("until %(moment)s") % {"moment": dates.clock(session.ends_at, zone)})


def _where(session: DialogueSession) -> Fact:
    if session.place_mode == PlaceMode.ONLINE:
        return Fact(_("Where"), _("Online"))
    if session.place_mode == PlaceMode.OPEN or not session.place.strip():
        known = session.place_known_on
        note = _("known by %(day)s") % {"day": dates.day_month(known)} if known else ""
        return Fact(_("Where"), _("Not settled yet"), note)
    first, _comma, rest = session.place.partition(",")
    parts = [rest.strip(), _("or online") if session.place_mode == PlaceMode.BOTH else ""]
    return Fact(_("Where"), first.strip(), ", ".join(part for part in parts if part))


def _coming(facts: SessionFacts) -> Fact:
    if facts.took_part:
        of = _("of %(count)s invited") % {"count": len(facts.counted)}
        return Fact(_("Took part"), str(len(facts.took_part)), of)
    if not facts.sent:
        count = len(facts.counted)
        people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
        return Fact(_("On the list"), people, _("not invited yet") if count else "")
    value = _("%(part)s of %(whole)s") % {"part": len(facts.coming), "whole": len(facts.sent)}
    count = len(facts.silent)
    note = ngettext("%(count)d has not answered", "%(count)d have not answered", count) % {"count": count}
    return Fact(_("Coming"), value, note if count else _("everybody answered"))


def _report(facts: WholeFacts) -> Fact:
    sent = next((row for row in facts.reports if row.sent_at), None)
    zone = facts.session.timezone
    if sent and sent.sent_at:
        return Fact(_("Reported back"), dates.short_day(sent.sent_at, zone), _promised_for(facts))
    promised = facts.session.report_by
    if promised is None:
        return Fact(_("Report by"), _("No date yet"))
    if promised < facts.today and facts.is_over:
        return Fact(_("Report by"), dates.short_day(promised), _("this day has passed"))
    first = facts.briefing(BriefingKind.INVITATION)
    note = (
        _("promised on %(day)s") % {"day": dates.day_month(first.sent_at, zone)}
        if first and first.sent_at
        else ""
    )
    return Fact(_("Report by"), dates.short_day(promised), note)


def _promised_for(facts: SessionFacts) -> str:
    promised: date | None = facts.session.report_by
    return _("promised by %(on)s") % {"on": dates.day_month(promised)} if promised else ""


def _asked_by(wishes: list[Wish]) -> list[StakeholderGroup]:
    """The groups that asked, each once; a wish without a name names no group."""
    groups = {
        wish.invitation.group.pk: wish.invitation.group
        for wish in wishes
        if wish.invitation and wish.invitation.group
    }
    return sorted(groups.values(), key=lambda group: (group.position, group.pk))


def _to_whom(facts: WholeFacts, kind: str, count: int | None) -> str:
    if kind in {PlannedKind.REPORT_DUE, PlannedKind.COMMITMENT_DUE, PlannedKind.RULES_DUE}:
        return _("to the contact person")
    if kind in {PlannedKind.REMINDER, PlannedKind.FEEDBACK_REMINDER}:
        count = _still_silent(facts, kind) if count is None else count
        if count is None:
            return _("only to who has not answered")
        return _("only to who has not answered: %(count)s") % {"count": count}
    if kind == PlannedKind.INVITATION:
        count = _mails(facts.sent if count is not None else facts.counted)
    elif kind == PlannedKind.PACK or count is None:
        count = _mails([row for row in facts.counted if row.answer != Answer.NO])
    else:
        return ngettext("to %(count)d person", "to %(count)d people", count) % {"count": count}
    return ngettext("%(count)d mail", "%(count)d mails", count) % {"count": count}


def _mails(people: Sequence[Invitation]) -> int:
    """How many mails go to these people: one each, and one to everybody through whom some are reached."""
    by = ways_of((row.person.channel, row.person.intermediary_id, row.call_first) for row in people)
    return by.mails + by.intermediaries


def _still_silent(facts: WholeFacts, kind: str) -> int | None:
    """How many mails a reminder would be today; unknown while nobody was asked."""
    if kind == PlannedKind.REMINDER:
        return _mails(facts.silent) if facts.sent else None
    asked = next((row for row in facts.questionnaires if row.asked), None)
    return asked.asked - facts.given.get(asked.pk, 0) if asked else None
