"""The checks of all layers, and the six steps with what feedback knows (decisions.md 29)."""

from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from feedback.models import Correction, Participation, Questionnaire, Report
from sessions.models import DialogueSession, Status
from sessions.readiness import registry
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import Finding, FindingList, Severity, State, StepItem, StepState

STEP = 6


@dataclass(frozen=True)
class WholeFacts(SessionFacts):
    """The facts of a session with its questionnaire, report and what people say is not right in it."""

    questionnaires: list[Questionnaire]
    given: dict[int, int]
    reports: list[Report]
    corrections: list[Correction]

    @classmethod
    def whole(cls, session: DialogueSession) -> Self:
        """Read all of it, with a fixed number of queries."""
        questionnaires = Questionnaire.objects.filter(session=session).defer("items")
        given = Participation.objects.filter(questionnaire__session=session).values_list("questionnaire")
        reports = Report.objects.filter(session=session).defer("content").order_by("version")
        return cls.of(
            session,
            questionnaires=list(questionnaires.order_by("opens_at", "pk")),
            given=dict(given.annotate(Count("pk")).order_by("questionnaire")),
            reports=list(reports),
            corrections=list(Correction.objects.filter(report__session=session, handled_at=None)),
        )

    @property
    def closed_questionnaire(self) -> Questionnaire | None:
        return next((row for row in self.questionnaires if row.is_closed), None)


def results(facts: WholeFacts) -> Finding | None:
    """T5: how people found it, once the questions have closed."""
    if facts.session.status != Status.HELD or facts.closed_questionnaire is None:
        return None
    return Finding(
        "T5",
        STEP,
        Severity.HINTS,
        _("The answers about how people found it are in"),
        _("Read them before you write the report; they belong in it."),
        "feedback:results",
        (facts.session.pk,),
        mend=_("See the results"),
        minutes=5,
    )


def corrections(facts: WholeFacts) -> Finding | None:
    """T108: somebody says that the report is not right."""
    count = len(facts.corrections)
    if not count:
        return None
    title = ngettext(
        "%(count)d person says that something in the report is not right",
        "%(count)d people say that something in the report is not right",
        count,
    ) % {"count": count}
    why = _("Answer them; a report that was put right is believed.")
    args = (facts.session.pk,)
    return Finding("T108", STEP, Severity.WARNS, title, why, "feedback:report_edit", args, minutes=5)


CHECKS: tuple[registry.Check, ...] = (*registry.CHECKS, results, corrections)


def findings(facts: WholeFacts) -> FindingList:
    """What is open, by the checks of every layer."""
    return registry.open_findings(facts.session, facts=facts, checks=CHECKS)


def steps(facts: WholeFacts) -> list[StepState]:
    """The six steps; the last one tells of the questions and the report too."""
    states = registry.step_states(facts.session, facts=facts)
    last = states[-1]
    more = [item for item in (_questions(facts), _report(facts)) if item]
    return [*states[:-1], replace(last, items=[*more, *last.items])]


def _questions(facts: WholeFacts) -> StepItem | None:
    row = next(iter(facts.questionnaires), None)
    if row is None:
        return None
    note = _("%(part)s of %(whole)s") % {"part": facts.given.get(row.pk, 0), "whole": row.asked}
    state = State.DONE if row.is_closed else State.BUSY if row.is_opened else State.LATER
    return StepItem(state, _("How people found it"), note if row.asked else "")


def _report(facts: WholeFacts) -> StepItem | None:
    row = next(iter(reversed(facts.reports)), None)
    if row is None:
        return None
    if row.sent_at:
        day = dates.day_month(row.sent_at, facts.session.timezone)
        return StepItem(State.DONE, _("Report sent"), day, "feedback:report_detail")
    return StepItem(State.BUSY, _("Report"), row.get_status_display())
