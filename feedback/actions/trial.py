"""The report to oneself before it goes out: mail and PDF as one chosen person will get them."""

from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.documents.fonts import refuse_missing_glyphs
from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from dialoog.kernel.outbox.post import Attachment, Envelope, keep_body, post
from dialoog.kernel.workspaces.models import User
from feedback import mails
from feedback.actions.report import paper, pdf_of
from feedback.lines import input_line
from feedback.models import Report
from feedback.people import told_people
from feedback.reading import read
from feedback.telling import freeze, own_inputs, own_wishes
from sessions.actions.planned import announce
from sessions.mails import NAME
from sessions.models import Invitation
from sessions.reach import receiver, sender_of


def report_to_myself(*, report: Report, invitation: Invitation, by: User) -> None:
    """Mail a colleague what this person would get, marked as a test. A second click adds none."""
    each = receiver(invitation)
    frozen = freeze(report, clock.today(report.session.timezone))
    with translation.override(each.language):
        refuse_missing_glyphs(paper(read(frozen, each.language)))
    minute = f"{clock.now():%Y%m%d%H%M}"
    if not announce("feedback.report_to_myself", report.pk, invitation.pk, by.pk, minute):
        raise DomainError(_("The test could not be sent just now. Try again in a minute."))


def post_trial(*, report: Report, invitation_id: int, by: User, minute: str) -> None:
    """Render and post what `report_to_myself` asked for."""
    session = report.session
    each = receiver(told_people(session).get(pk=invitation_id))
    pk, frozen = each.invitation.pk, freeze(report, clock.today(session.timezone))
    wishes = own_wishes(session, invitation=each.invitation).get(pk, [])
    reading = read(frozen, each.language, own_inputs(session).get(pk, []), wishes)
    parts = mails.report(
        session,
        reading,
        is_neutral=each.is_neutral,
        has_input=bool(wishes or frozen["contributions"]),
        is_test=True,
    )
    with translation.override(each.language):
        name = _("report-%(number)d.pdf") % {"number": report.version}
        line = input_line(reading, is_protected=each.invitation.person.is_protected)
    # who has a neutral mail gets no file that says what it is about; here it would be seen as they see it
    pdf = [] if each.is_neutral else [store.keep(pdf_of(frozen, each.language), "application/pdf")]
    body = keep_body(
        workspace=session.workspace,
        kind="report_test",
        language=each.language,
        subject=parts.subject,
        html=parts.html,
        text=parts.text,
        attachments=[Attachment(file, name) for file in pdf],
    )
    envelope = Envelope(
        key=f"session:{session.pk}:test:report:{report.pk}:{pk}:user:{by.pk}:{minute}",
        body=body,
        to_email=by.email,
        to_name=by.name,
        from_name=sender_of(session).shown(is_neutral=each.is_neutral),
        reply_to=session.contact_email,
        recipient=f"user:{by.pk}",
        personal={NAME: each.owner.name, mails.INPUT: line},
    )
    post(workspace=session.workspace, envelope=envelope)
