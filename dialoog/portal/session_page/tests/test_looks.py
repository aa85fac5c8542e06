"""Home and the page of a meeting in a real browser: no axe violation, no sideways scroll, two widths."""

import pytest

from dialoog.kernel import clock
from dialoog.testing.factories import (
    answer,
    ask,
    invite,
    make_commitment,
    make_outcome,
    make_sent_session,
    make_session,
    make_wish,
)
from sessions.models import Answer, DialogueSession, PlannedMail, SetAside, Status
from stakeholders.models import SeedGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busy(workspace) -> DialogueSession:
    """A meeting with answers of every kind, a question, wishes, mails to come and a point put aside."""
    session = make_sent_session(workspace=workspace, decides="advice")
    replies = [Answer.YES, Answer.PARTLY, Answer.LATER, Answer.NO, None]
    for group in (SeedGroup.COMPANIES, SeedGroup.NGOS, SeedGroup.WORKERS):
        for reply in replies:
            row = invite(session=session, group=group)
            if reply:
                answer(invitation=row, answer=reply)
    ask(invitation=row)
    make_wish(session=session, invitation=row)
    make_commitment(session=session)
    for kind, state in (("reminder", "planned"), ("pack", "blocked"), ("rules_due", "missed")):
        PlannedMail.objects.create(
            session=session, kind=kind, state=state, due_at=clock.now(), late_after=clock.now()
        )
    SetAside.objects.create(session=session, check_id="T66", reason="We called.", at=clock.now())
    return session


def test_home_and_meeting_look_right(live_server, page, signed_in, looks_right, busy):
    signed_in(busy.workspace.members.get(), live_server.url)
    draft = make_session(workspace=busy.workspace)
    held = make_sent_session(workspace=busy.workspace, days=-3, status=Status.HELD)
    make_outcome(session=held)
    url = busy.workspace.url
    pages = {
        "home": url("portal:home"),
        "session": url("portal:session_detail", busy.pk),
        "session-draft": url("portal:session_detail", draft.pk),
        "session-held": url("portal:session_detail", held.pk),
        "finding": url("portal:finding_detail", busy.pk, "T66"),
    }

    for name, address in pages.items():
        page.goto(live_server.url + address)
        looks_right(name)
