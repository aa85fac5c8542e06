"""What several pages read of sessions: who may see which, answers per group, and what waits for an answer."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.prepared import Prepared
from dialoog.kernel.ui.figures import STATES
from dialoog.kernel.workspaces.models import Membership
from dialoog.kernel.workspaces.policy import Role
from sessions.models import (
    CHECKED,
    Answer,
    BriefingKind,
    BriefingStatus,
    DateOption,
    DecisionProcedure,
    DialogueSession,
    Invitation,
    Method,
    Question,
)
from sessions.models.session import SessionQuerySet
from sessions.translations import (
    Readers,
    Source,
    Standing,
    needed_by,
    readers,
    sources_of,
    told_with,
    translations_of,
)
from stakeholders.models import Person, StakeholderGroup

# what the guest page promises, and `actions.forget` does
KEPT = timedelta(days=365)
NEEDS_KEPT = timedelta(days=7)

_STATES = {
    Answer.YES: "comes",
    Answer.PARTLY: "partly",
    Answer.LATER: "later",
    # until somebody is confirmed in their place, it is not known who comes
    Answer.DEPUTY: "later",
    Answer.NO: "no",
}


@dataclass(frozen=True)
class GroupAnswers:
    """The standing invitations of one group: those replaced or withdrawn do not count twice."""

    group: StakeholderGroup | None
    rows: Sequence[Invitation]

    @property
    def label(self) -> str:
        return self.group.label if self.group else _("Without a group")

    @property
    def shape(self) -> str:
        return self.group.shape if self.group else "frame"

    @property
    def states(self) -> list[str]:
        """As drawn, in the order of the legend."""
        return sorted((state_of(row) for row in self.rows), key=STATES.index)

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.states)

    @property
    def invited(self) -> int:
        return len(self.rows)

    @property
    def coming(self) -> int:
        return self.counts["comes"] + self.counts["partly"]

    @property
    def sentence(self) -> str:
        """“4 come, 1 knows later, 2 do not come, 2 not answered yet”, only what there is."""
        return sentence_of(self.counts)


@dataclass(frozen=True)
class PolledDate:
    """One date people may choose: how many can come, per group in the order of the groups."""

    option: DateOption
    per_group: list[int]

    @property
    def total(self) -> int:
        return sum(self.per_group)


def visible_sessions(membership: Membership) -> SessionQuerySet:
    """The sessions of the workspace; a facilitator sees only the assigned ones (decisions.md 7)."""
    sessions = DialogueSession.objects.for_workspace(membership.workspace)
    if membership.role == Role.FACILITATOR:
        return sessions.filter(assignments__user=membership.user_id)
    return sessions


def session_or_404(membership: Membership, pk: int) -> DialogueSession:
    """The session this member may see, with what every page of it reads."""
    session = visible_sessions(membership).with_workspace().filter(pk=pk).first()
    if session is None:
        raise Http404
    return session


def answer_rows(session: DialogueSession) -> list[Invitation]:
    """Every invitation that was not withdrawn, by group and name, with all an answer shows. One query."""
    rows = session.invitations.open().with_people()
    rows = rows.select_related("recorded_by", "replaces__person", "replaced_by__person")
    return list(rows.order_by("group__position", "group_id", "person__sort_key", "pk"))


def is_replaced(invitation: Invitation) -> bool:
    """Whether somebody comes in this person's place. Reads `answer_rows`."""
    deputy = getattr(invitation, "replaced_by", None)
    return deputy is not None and not deputy.is_withdrawn


def state_of(invitation: Invitation) -> str:
    """The answer as one of the five drawn states."""
    return _STATES[Answer(invitation.answer)] if invitation.answer else "open"


def by_group(rows: Iterable[Invitation]) -> list[GroupAnswers]:
    """The standing rows of `answer_rows`, per group in the order given."""
    groups: dict[StakeholderGroup | None, list[Invitation]] = {}
    for row in rows:
        if not is_replaced(row):
            groups.setdefault(row.group, []).append(row)
    return [GroupAnswers(group, members) for group, members in groups.items()]


def sentence_of(counts: Counter[str]) -> str:
    """Counts of the five states in words, without those that are nought."""
    come = counts["comes"] + counts["partly"]
    words = {
        "comes": ngettext("%(count)d comes", "%(count)d come", come) % {"count": come},
        "later": ngettext("%(count)d knows later", "%(count)d know later", counts["later"])
        % {"count": counts["later"]},
        "no": ngettext("%(count)d does not come", "%(count)d do not come", counts["no"])
        % {"count": counts["no"]},
        "open": ngettext("%(count)d not answered yet", "%(count)d not answered yet", counts["open"])
        % {"count": counts["open"]},
    }
    present = {"comes": come, "later": counts["later"], "no": counts["no"], "open": counts["open"]}
    return ", ".join(words[name] for name, number in present.items() if number)


def coverage(groups: Sequence[GroupAnswers], procedure: DecisionProcedure | None) -> list[str]:
    """Where the table is thinner than meant, in words (T10, T20). Empty while nobody answered."""
    found = []
    if not any(row.answer for group in groups for row in group.rows):
        return []
    for group in groups:
        words = {"group": group.label, "coming": group.coming, "invited": group.invited}
        if not group.coming and not group.counts["open"] and not group.counts["later"]:
            found.append(_("%(group)s: nobody comes. Others would speak about them.") % words)
        elif group.coming * 2 < group.invited and group.counts["no"]:
            found.append(
                _("%(group)s: %(coming)d of %(invited)d come, fewer than half. Others would speak for them.")
                % words
            )
    found += _quorum(groups, procedure)
    return found


def _quorum(groups: Sequence[GroupAnswers], procedure: DecisionProcedure | None) -> list[str]:
    if procedure is None or not procedure.quorum or procedure.method == Method.LATER:
        return []
    coming = [row for group in groups for row in group.rows if row.is_coming]
    parties = {row.person.organisation_id or f"person {row.person_id}" for row in coming}
    if len(parties) >= procedure.quorum:
        return []
    return [
        _("The rules ask for %(quorum)d organisations; so far %(coming)d come.")
        % {"quorum": procedure.quorum, "coming": len(parties)}
    ]


def polled_dates(session: DialogueSession, groups: Sequence[GroupAnswers]) -> list[PolledDate]:
    """Each date that may be chosen, with how many of each group can come. Two queries."""
    group_of = {row.pk: n for n, group in enumerate(groups) for row in group.rows}
    able: dict[int, list[int]] = {}
    pairs = Invitation.dates_ok.through.objects.filter(dateoption__session=session)
    for option_id, invitation_id in pairs.values_list("dateoption_id", "invitation_id"):
        if invitation_id in group_of:
            counts = able.setdefault(option_id, [0] * len(groups))
            counts[group_of[invitation_id]] += 1
    options = session.date_options.order_by("starts_at")
    return [PolledDate(option, able.get(option.pk, [0] * len(groups))) for option in options]


def was_checked(session: DialogueSession, user_id: int) -> bool:
    """Whether this person looked at the invitation as it is now, and went on."""
    seen = session.drafts.filter(user=user_id, screen=CHECKED, base_version=session.version)
    is_seen: bool = seen.exists()
    return is_seen


def kept_until(session: DialogueSession) -> date | None:
    """Until when somebody's name and answers are kept because of this meeting; None while it has no date."""
    last = session.report_by or (session.ends_at.date() if session.ends_at else None)
    return last + KEPT if last else None


_MEETINGS_OF = Prepared(
    lambda person: DialogueSession.objects.filter(invitations__person_id=person).only("report_by", "ends_at")
)


def person_kept_until(person: Person) -> date | None:
    """Until when somebody is kept by all their meetings; None for nobody who was invited, or no date yet."""
    days = [kept_until(session) for session in _MEETINGS_OF(person=person.pk)]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None


def waiting_questions(session: DialogueSession) -> int:
    """How many questions nobody has answered yet."""
    return Question.objects.filter(session=session, answered_at=None).count()


def counted_wishes(session: DialogueSession) -> dict[str, int]:
    """How many wishes there are, and how many of them have neither a place nor an answer."""
    open_ones = Q(agenda_item=None, response="")
    return session.wishes.aggregate(all=Count("pk"), open=Count("pk", filter=open_ones))


def readers_of(session: DialogueSession) -> list[Readers]:
    """Who is invited and reads another of our languages than the organiser wrote in. One query."""
    rows = session.invitations.open().select_related("person__intermediary")
    wanted = ("session_id", "group_id", "person__language", "person__intermediary__language")
    return readers(session, rows.only(*wanted))


def standings(session: DialogueSession, sources: Callable[[], Sequence[Source]]) -> list[Standing]:
    """Per language that is read how far the translation of these texts is; they are read only when one is."""
    found = readers_of(session)
    if not found:
        return []
    stored, texts = translations_of(session), sources()
    return [stored.standing(needed_by(texts, them), them.language, them.people) for them in found]


def mailing_standings(session: DialogueSession, kind: str) -> list[Standing]:
    """The same for all that people read in a mailing."""
    return standings(session, lambda: told_with(kind, sources_of(session)))


def planned_moment(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> datetime | None:
    """When a mailing goes out that is ready and waits for its moment."""
    waiting = session.briefings.filter(kind=kind, status=BriefingStatus.PLANNED).only("planned_for").first()
    return waiting.planned_for if waiting else None


def around(session: DialogueSession, tab: str) -> dict[str, Any]:
    """What every page between the invitation and the day shows around itself: the way to its neighbours."""
    wishes = counted_wishes(session)
    tabs = [
        ("answers", "sessions:answer_list", _("Answers"), 0),
        ("questions", "sessions:question_list", _("Questions"), waiting_questions(session)),
        ("wishes", "sessions:wish_list", _("Wishes"), wishes["open"]),
        ("agenda", "sessions:agenda_edit", _("Programme"), 0),
    ]
    if session.is_sent and not session.is_closed:
        tabs.append(("change", "sessions:change_choose", _("Something changes"), 0))
    if readers_of(session):
        tabs.append(("translations", "portal:translation_edit", _("Translations"), 0))
    return {"nav": "sessions", "session": session, "tab": tab, "tabs": tabs, "wish_counts": wishes}
