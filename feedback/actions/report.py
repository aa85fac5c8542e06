"""The report back: written, put ready, sent with PDF and mail, corrected in a new version (T28)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.documents.fonts import refuse_missing_glyphs
from dialoog.kernel.documents.pdf import render_pdf
from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from dialoog.kernel.outbox.post import Attachment
from dialoog.kernel.ui import dates
from feedback import mails
from feedback.lines import input_line
from feedback.models import AsAnnounced, Correction, Report, ReportCopy, ReportFile, ReportStatus
from feedback.people import told_people
from feedback.reading import Reading, Wished, digest_of, read
from feedback.telling import freeze, own_inputs, own_wishes
from sessions.actions.conclude import require_concluded
from sessions.actions.follow_up import publish_commitments
from sessions.actions.plan import move_session
from sessions.actions.reach import post_to
from sessions.engine.working_days import next_working_day
from sessions.mails import MailParts
from sessions.models import Decides, DialogueSession, Invitation, OutcomeKind, Status
from sessions.reach import Receiver, receiver
from sessions.reading import interface_language, language_name

CORRECTION_DAYS = 14
FIELDS = (
    "decided",
    "adoption",
    "as_announced",
    "as_announced_note",
    "names_kept",
    "missing",
    "late_reason",
    "changed",
    "next_news_on",
)


@transaction.atomic
def start_report(*, session: DialogueSession, by: Actor) -> Report:
    """The report being written: the one there is, or a new version that begins as the last one sent."""
    waiting = session.reports.waiting().first()
    if waiting is not None:
        return waiting
    last = session.reports.order_by("-version").first()
    kept = (
        {name: getattr(last, name) for name in FIELDS if name not in {"late_reason", "changed"}}
        if last
        else {}
    )
    report = Report.objects.create(
        session=session, version=last.version + 1 if last else 1, created_by_id=by.user_id, **kept
    )
    record("report_started", on=report, by=by, workspace=session.workspace, data={"version": report.version})
    return report


@transaction.atomic
def save_report(*, report: Report, fields: Mapping[str, Any], by: Actor) -> Report:
    """Save what is being written. Refused once it is put ready: take it back first."""
    values = {name: fields[name] for name in FIELDS if name in fields}
    if not Report.objects.filter(pk=report.pk, status=ReportStatus.DRAFT).update(**values):
        raise DomainError(_("This report is ready to go out. Take it back to change it."))
    report.refresh_from_db()
    record("report_saved", on=report, by=by, workspace=report.session.workspace)
    return report


@transaction.atomic
def send_report(*, report: Report, by: Actor, planned_for: datetime | None = None) -> Report:
    """Freeze the report and let it go out, now or at `planned_for`. Refuses what is not finished."""
    session = report.session
    now = clock.now()
    moment = max(planned_for or now, now)
    sent_on = moment.astimezone(ZoneInfo(session.timezone)).date()
    require_reportable(report, sent_on)
    report.corrections_by = sent_on + timedelta(days=CORRECTION_DAYS)
    frozen = freeze(report, sent_on)
    for language in languages_of(session):
        with translation.override(language):
            refuse_missing_glyphs(paper(read(frozen, language)))
    rows = Report.objects.filter(pk=report.pk, status=ReportStatus.DRAFT)
    if not rows.update(
        status=ReportStatus.PLANNED,
        planned_for=moment,
        corrections_by=report.corrections_by,
        content=frozen,
        digest=digest_of(frozen),
    ):
        raise DomainError(_("This report is on its way already."))
    report.refresh_from_db()
    data = {"version": report.version, "digest": report.digest}
    record("report_planned", on=report, by=by, workspace=session.workspace, data=data)
    transaction.on_commit(lambda: nudge(report.pk, moment))
    return report


@transaction.atomic
def take_back_report(*, report: Report, by: Actor) -> None:
    """Take back a report that has not left; what was written stays."""
    rows = Report.objects.filter(pk=report.pk, status=ReportStatus.PLANNED)
    if not rows.update(status=ReportStatus.DRAFT, planned_for=None, content=None, digest=""):
        raise DomainError(_("This report has left already. You can send a corrected version."))
    report.refresh_from_db()
    record("report_taken_back", on=report, by=by, workspace=report.session.workspace)


def deliver_report(*, report: Report) -> bool:
    """Render the PDF of each language once and post the mails. Safe to run twice; False when it is not time.

    Nothing is rendered inside a transaction; mails have keys, so a second run after a crash adds none.
    """
    if not _claim(report):
        return False
    report.refresh_from_db()
    session = report.session
    people = [receiver(invitation) for invitation in told_people(session)]
    files = {language: _file(report, language) for language in _languages(session, people)}
    with transaction.atomic():
        own = own_inputs(session)
        ReportCopy.objects.bulk_create(
            (
                ReportCopy(
                    report=report,
                    invitation=each.invitation,
                    language=each.language,
                    channel=each.channel,
                    inputs=own.get(each.invitation.pk, []),
                )
                for each in people
            ),
            ignore_conflicts=True,
            batch_size=400,
        )
        _post(report, people, files, own)
        _settle(report)
    return True


@transaction.atomic
def report_correction(*, report: Report, invitation: Invitation, text: str) -> Correction:
    """Somebody says that something in the report is not right. The same words twice are kept once."""
    if not text.strip():
        raise DomainError(_("Write what is not right."), field="text")
    same = Correction.objects.filter(report=report, invitation=invitation, text=text.strip()).first()
    if same is not None:
        return same
    correction = Correction.objects.create(
        report=report, invitation=invitation, text=text.strip(), said_at=clock.now()
    )
    by = Actor.guest(invitation.person_id)
    record("correction_said", on=correction, by=by, workspace=report.session.workspace)
    return correction


@transaction.atomic
def answer_correction(*, correction: Correction, answer: str, by: Actor) -> None:
    """Say what was done with a correction; the person reads it on their page."""
    if not answer.strip():
        raise DomainError(_("Write what you did with it."), field="answer")
    rows = Correction.objects.filter(pk=correction.pk)
    rows.update(answer=answer.strip(), handled_at=clock.now(), handled_by=by.user_id)
    record("correction_answered", on=correction, by=by, workspace=correction.report.session.workspace)


def require_reportable(report: Report, sent_on: date) -> None:
    """Refuse, in one sentence, what a report cannot go out without."""
    session = report.session
    require_concluded(session)
    if not report.decided.strip() and not session.outcomes.exists():
        raise DomainError(_("Say what was decided, or what came of it."), field="decided")
    if session.decides in {Decides.YES, Decides.ADVICE} and not report.as_announced:
        raise DomainError(_("Say whether it was decided as told beforehand."), field="as_announced")
    if report.as_announced in {AsAnnounced.NO, AsAnnounced.PARTLY} and not report.as_announced_note.strip():
        raise DomainError(
            _("Say what went differently from what was told beforehand."), field="as_announced_note"
        )
    if session.report_by and sent_on > session.report_by and not report.late_reason.strip():
        raise DomainError(
            _("This report comes later than promised. Say why; it stands in its first line."),
            field="late_reason",
        )
    if report.version > 1 and not report.changed.strip():
        raise DomainError(_("Say what changed since the last version."), field="changed")


def suggested_moment(session: DialogueSession) -> datetime:
    """The next working day, nine o'clock where the meeting was held."""
    zone = ZoneInfo(session.timezone)
    day = next_working_day(
        clock.now().astimezone(zone).date() + timedelta(days=1), session.workspace.is_day_off
    )
    return datetime.combine(day, time(9), zone)


def suggested_decided(session: DialogueSession) -> str:
    """A first sentence from the outcomes, for the organiser to change."""
    first = session.outcomes.filter(kind=OutcomeKind.DECISION).order_by("position", "pk").first()
    return first.text if first else ""


def languages_of(session: DialogueSession) -> list[str]:
    """Our languages in which somebody reads the report, that of the meeting always among them."""
    return _languages(session, [receiver(invitation) for invitation in told_people(session)])


def paper(reading: Reading) -> str:
    """The report as HTML for the printer, in the active language."""
    line = _("Report of %(day)s, version %(number)d") % {
        "day": dates.day(reading.sent_on) if reading.sent_on else "",
        "number": reading.version,
    }
    original = language_name(reading.original) if reading.original else ""
    return render_to_string(
        "pdf/report.html", {"reading": reading, "version_line": line, "original": original}
    )


def pdf_of(frozen: Mapping[str, Any], language: str) -> bytes:
    """The PDF of frozen content in one language: shareable, without any receiver."""
    reading = read(dict(frozen), language)
    with translation.override(language):
        html = paper(reading)
    identifier = f"{digest_of(dict(frozen))}:{language}"
    return render_pdf(
        html, identifier=identifier, title=str(reading.title) or reading.headline, language=language
    )


def nudge(report_id: int, moment: datetime) -> None:
    """Tell the worker, unless it is for later; then beat finds it."""
    from feedback.tasks import announce  # why: the tasks import this module

    if moment <= clock.now():
        announce(report_id)


def _claim(report: Report) -> bool:
    rows = Report.objects.filter(pk=report.pk, planned_for__lte=clock.now())
    # one that is being sent already was left by a worker that died: it is taken up again
    return bool(
        rows.filter(status__in=[ReportStatus.PLANNED, ReportStatus.SENDING]).update(
            status=ReportStatus.SENDING
        )
    )


def _languages(session: DialogueSession, people: list[Receiver]) -> list[str]:
    return sorted({interface_language(session.language), *(each.language for each in people)})


def _file(report: Report, language: str) -> ReportFile:
    known = report.files.filter(language=language).select_related("pdf").first()
    if known is not None:
        return known
    pdf = store.keep(pdf_of(report.content or {}, language), "application/pdf")
    made, _is_new = ReportFile.objects.get_or_create(report=report, language=language, defaults={"pdf": pdf})
    return made


def _post(
    report: Report, people: list[Receiver], files: dict[str, ReportFile], own: dict[int, list[int]]
) -> None:
    wishes = own_wishes(report.session)
    has_input = bool(wishes or (report.content or {})["contributions"])

    def parts(language: str, is_neutral: bool) -> MailParts:
        reading = read(report.content or {}, language)
        return mails.report(report.session, reading, is_neutral=is_neutral, has_input=has_input)

    attachments = {}
    for language, kept in files.items():
        with translation.override(language):
            name = _("report-%(number)d.pdf") % {"number": report.version}
        attachments[language] = Attachment(kept.pdf, name)
    post_to(
        session=report.session,
        receivers=people,
        kind="report",
        key=f"report:{report.version}",
        parts=parts,
        attachments=attachments,
        personal={each.invitation.pk: {mails.INPUT: _line(report, each, own, wishes)} for each in people},
    )


def _line(report: Report, each: Receiver, own: dict[int, list[int]], wishes: dict[int, list[Wished]]) -> str:
    pk = each.invitation.pk
    with translation.override(each.language):
        reading = read(report.content or {}, each.language, own.get(pk, []), wishes.get(pk, []))
        return input_line(reading, is_protected=each.invitation.person.is_protected)


def _settle(report: Report) -> None:
    session, now = report.session, clock.now()
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.SENT, sent_at=now)
    if session.status == Status.HELD:
        move_session(session=session, to=Status.REPORTED)
    numbers = [row["number"] for row in (report.content or {})["commitments"]]
    publish_commitments(session=session, version=report.version, numbers=numbers, by=Actor.system())
    data = {"version": report.version, "digest": report.digest}
    record("report_sent", on=report, by=Actor.system(), workspace=session.workspace, data=data)
