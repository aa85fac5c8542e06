"""The words of the report itself that can be translated, beside those of the meeting."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from feedback.models import Report
from sessions.models import Commitment, Contribution, DialogueSession, Outcome, TextOwner
from sessions.queries import standings
from sessions.translations import Source, Standing, sources_of

FIELDS = {
    "changed": None,
    "late_reason": None,
    "decided": None,
    "adoption": None,
    "as_announced_note": _("What went differently"),
    "missing": None,
}


def sources_of_report(session: DialogueSession) -> list[Source]:
    """The texts of the report that is being written; none when the last one is on its way or sent."""
    report = session.reports.waiting().first()
    return of_report(report) if report is not None and report.is_draft else []


def of_report(report: Report) -> list[Source]:
    """The texts of one report."""
    return [
        Source(
            TextOwner.REPORT,
            "",
            name,
            "report",
            str(label)
            if label
            else capfirst(str(getattr(report._meta.get_field(name), "verbose_name", name))),
            getattr(report, name),
            1000,
        )
        for name, label in FIELDS.items()
        if getattr(report, name).strip()
    ]


def told_in(
    report: Report,
    outcomes: Iterable[Outcome],
    contributions: Iterable[Contribution],
    commitments: Iterable[Commitment],
) -> list[str]:
    """Every text of the organiser that stands in a report, whose translations are frozen with it."""
    session = report.session
    found = [getattr(report, name) for name in FIELDS]
    found += [session.title, session.adopter]
    found += [text for row in outcomes for text in (row.text, row.figure)]
    found += [text for row in contributions for text in (row.text, row.reason)]
    found += [text for row in commitments for text in (row.text, row.note)]
    return found


def report_standings(session: DialogueSession) -> list[Standing]:
    """Per language people read how far the translation of the report is."""
    return standings(session, lambda: [*sources_of(session), *sources_of_report(session)])
