"""Briefing people: what is refused, what is frozen, who gets what, and what a dead process leaves."""

import pytest

from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import invite, make_promised_session
from sessions.actions.brief import (
    plan_briefing,
)
from sessions.actions.send import send_briefing
from sessions.models import BriefingCopy, BriefingStatus, Status
from stakeholders.models import SeedGroup

GROUPS = [SeedGroup.COMPANIES, SeedGroup.NGOS, SeedGroup.UNIONS]


def send_all(briefing):
    steps = 0
    while send_briefing(briefing.pk):
        steps += 1
    briefing.refresh_from_db()
    return steps


def keys_of(workspace):
    return set(OutgoingMail.objects.filter(workspace=workspace).values_list("key", flat=True))


@pytest.fixture
def session(workspace, anna):
    return make_promised_session(workspace=workspace, contact=anna, days=60)


def test_a_briefing_goes_out_whole(session, workspace, anna):
    invitation = invite(session=session)

    briefing = plan_briefing(session=session, by=anna)
    session.refresh_from_db()
    assert session.status == Status.PLANNED

    send_all(briefing)

    session.refresh_from_db()
    invitation.refresh_from_db()
    copy = BriefingCopy.objects.get()
    assert briefing.status == BriefingStatus.SENT
    assert session.status == Status.INVITING
    assert invitation.sent_at is not None
    assert copy.file.pdf.media_type == "application/pdf"
    mail = OutgoingMail.objects.get()
    assert mail.key == f"session:{session.pk}:briefing:{briefing.pk}:person:{invitation.person_id}"
    assert mail.from_name == "Anna de Boer (Home & Table)"
    assert mail.reply_to == "anna@example.org"
    assert [each.filename for each in mail.body.attachments.order_by("position")] == [
        "information.pdf",
        "meeting.ics",
    ]
