"""What people hear back, gathered from the database: a report frozen as facts, and what one person asked."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation

from feedback.actions.questionnaire import cluster_labels, cluster_shapes
from feedback.figures import Results, figures
from feedback.models import Moment, Questionnaire, RemarkState, Report
from feedback.reading import Reading, Wished, beside
from feedback.translations import told_in
from sessions.models import Commitment, DialogueSession, Endorsement
from sessions.proposals import last_change, open_proposal, tally
from sessions.reading import INTERFACE
from sessions.telling import Said
from sessions.translations import translations_of


def freeze(report: Report, sent_on: date) -> dict[str, Any]:
    """The facts of a report as JSON: no source of any contribution, no receiver."""
    session = report.session
    outcomes = list(session.outcomes.order_by("position", "pk"))
    contributions = list(session.contributions.order_by("position", "pk"))
    commitments = list(session.commitments.order_by("number").with_changes())
    ours = told_in(report, outcomes, contributions, commitments)
    translations = translations_of(session)
    questionnaire = Questionnaire.objects.filter(session=session, moment=Moment.AFTER).first()
    return {
        "version": report.version,
        "language": session.language,
        "translations": {
            code: translations.among(ours, code) for code in INTERFACE if code != session.language
        },
        "title": session.title,
        "held_on": _iso(_day_of(session)),
        "organisation": session.workspace.name,
        "contact": [session.contact_name, session.contact_phone, session.contact_email],
        "decided": report.decided,
        "decides": session.decides,
        "adoption": report.adoption,
        "adopter": session.adopter.strip(),
        "adopts_by": _iso(session.adopts_by),
        "outcomes": [{"kind": row.kind, "text": row.text, "figure": row.figure} for row in outcomes],
        "contributions": [
            {
                "id": row.pk,
                "text": row.text,
                "response": row.response,
                "reason": row.reason,
                "answer_on": _iso(row.answer_on),
            }
            for row in contributions
        ],
        "as_announced": report.as_announced,
        "as_announced_note": report.as_announced_note,
        "names_kept": report.names_kept,
        "missing": report.missing,
        "report_by": _iso(session.report_by),
        "sent_on": sent_on.isoformat(),
        "late_reason": report.late_reason,
        "was_briefed": session.was_briefed,
        "commitments": [_commitment(row) for row in commitments],
        "feedback": _frozen_results(questionnaire),
        "quotes": _quotes(questionnaire),
        "changed": report.changed,
        "corrections_by": _iso(report.corrections_by),
        "next_news_on": _iso(report.next_news_on),
        "endorsed": _endorsement(session),
    }


def with_standing(reading: Reading, session: DialogueSession, today: date) -> Reading:
    """The same with how each commitment stands today beside what people were told."""
    told = {each.number for each in reading.pledges}
    rows = session.commitments.order_by("number").with_changes()
    shown = [row for row in rows if row.is_published or row.number in told]
    say = Said(session, reading.language)
    return beside(reading, [_commitment(row) | _being_asked(row) for row in shown], today, say)


def results_of(questionnaire: Questionnaire | None) -> Results | None:
    """The figures for an organiser's page, in the active language; None before they are counted."""
    return figures(_frozen_results(questionnaire))


def own_inputs(session: DialogueSession) -> dict[int, list[int]]:
    """Per invitation the ids of contributions that are theirs: as a source, or through a wish."""
    found: dict[int, set[int]] = {}
    pairs = [
        *session.contributions.filter(people__isnull=False).values_list("people", "pk"),
        *session.contributions.filter(wishes__invitation__isnull=False).values_list(
            "wishes__invitation", "pk"
        ),
    ]
    for invitation_id, contribution_id in pairs:
        found.setdefault(invitation_id, set()).add(contribution_id)
    return {pk: sorted(ids) for pk, ids in found.items()}


def own_wishes(session: DialogueSession, **narrowed: Any) -> dict[int, list[Wished]]:
    """Per invitation what was asked for beforehand and did not become a contribution, placed ones first."""
    rows = session.wishes.filter(invitation__isnull=False, contributions__isnull=True, **narrowed)
    said = [(code, Said(session, code)) for code in INTERFACE]
    found: dict[int, list[Wished]] = {}
    for row in rows.select_related("agenda_item").order_by("agenda_item__position", "kind", "pk"):
        title = row.agenda_item.title if row.agenda_item else ""
        part, response = ({code: say(text.strip()) for code, say in said} for text in (title, row.response))
        found.setdefault(row.invitation_id or 0, []).append(Wished(row.text, part, response))
    return {pk: sorted(wishes, key=lambda wish: not any(wish.part.values())) for pk, wishes in found.items()}


def _commitment(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "text": row.text,
        "owner": row.owner_name,
        "shape": row.owner.group.shape if row.owner and row.owner.group else "",
        "by_organiser": row.by_organiser,
        "due_on": row.due_on.isoformat(),
        "first_due_on": row.first_due_on.isoformat(),
        "status": row.status,
        "done_on": _iso(row.done_on),
        "note": row.note,
        "made_on": row.created_at.astimezone(ZoneInfo(row.session.timezone)).date().isoformat(),
        "tally": _tally(row),
    }


def _tally(row: Commitment) -> list[int]:
    """Asked, agreed, objected: what those said whom its last change touched."""
    last = last_change(row)
    counts = tally(last.answers.all()) if last else None
    return [counts.asked, counts.agreed, counts.objected] if counts else []


def _being_asked(row: Commitment) -> dict[str, Any]:
    """What is being put to people at this moment; a report does not freeze a question."""
    asked = open_proposal(row)
    if asked is None:
        return {}
    return {
        "asked": {
            "text": asked.new_text,
            "due_on": _iso(asked.new_due_on),
            "reason": asked.reason,
            "answer_by": asked.answer_by.isoformat(),
        }
    }


def _frozen_results(questionnaire: Questionnaire | None) -> dict[str, Any] | None:
    if questionnaire is None or questionnaire.results is None:
        return None
    session, names = questionnaire.session, {}
    for code in INTERFACE:
        with translation.override(code):
            names[code] = cluster_labels(session)
    shapes = cluster_shapes(session)
    keys = list(shapes)
    return {
        **questionnaire.results,
        "clusters": [
            {"id": str(pk), "names": {code: names[code][pk] for code in INTERFACE}, "shapes": shapes[pk]}
            for pk in keys
        ],
    }


def _quotes(questionnaire: Questionnaire | None) -> list[str]:
    if questionnaire is None or not questionnaire.is_closed:
        return []
    rows = questionnaire.remarks.filter(state=RemarkState.QUOTED, may_quote=True).order_by("pk")
    return list(rows.values_list("text", flat=True))


def _endorsement(session: DialogueSession) -> list[str]:
    row = (
        Endorsement.objects.filter(session=session, agreed=True, withdrawn_at=None)
        .order_by("-answered_at")
        .first()
    )
    if row is None or row.answered_at is None:
        return []
    name = ", ".join(part for part in (row.name, row.function) if part)
    return [name, row.answered_at.date().isoformat()]


def _day_of(session: DialogueSession) -> date | None:
    moment: datetime | None = session.starts_at
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(session.timezone)).date()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
