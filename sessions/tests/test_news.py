"""What waits for the contact person is told once a working day, in numbers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialoog.kernel import clock
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import answer, ask, invite, make_promised_session
from sessions.actions.news import tell_news
from sessions.models import Answer, Question

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ZONE = ZoneInfo("Europe/Amsterdam")
TUESDAY = datetime(2027, 1, 12, 9, 5, tzinfo=ZONE)


@pytest.fixture
def invitation(workspace):
    return invite(session=make_promised_session(workspace=workspace, status="inviting"))


def told():
    return list(OutgoingMail.objects.filter(body__kind="news").select_related("body").order_by("pk"))


def test_a_question_is_told_in_numbers_and_without_its_words(invitation):
    with clock.at(TUESDAY - timedelta(hours=1)):
        ask(invitation=invitation, text="Who pays my train from Bundi?")

    with clock.at(TUESDAY):
        tell_news()

    (mail,) = told()
    assert mail.to_email == invitation.session.contact_email
    assert "1 question waits for your answer." in mail.body.text
    for private in ("Bundi", invitation.person.name):
        assert private not in mail.body.text + mail.body.html + mail.body.subject


def test_it_is_told_once_and_again_only_when_something_came_in(invitation):
    with clock.at(TUESDAY - timedelta(hours=1)):
        ask(invitation=invitation)
    for hours in (0, 1, 24):
        with clock.at(TUESDAY + timedelta(hours=hours)):
            tell_news()
    assert len(told()) == 1

    with clock.at(TUESDAY + timedelta(hours=30)):
        answer(invitation=invitation, answer=Answer.DEPUTY, deputy_name="Noor")
        tell_news()
    with clock.at(TUESDAY + timedelta(days=2)):
        tell_news()

    assert ["1 person sends somebody else." in mail.body.text for mail in told()] == [False, True]


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2027, 1, 12, 8, 55, tzinfo=ZONE), id="before nine"),
        pytest.param(datetime(2027, 1, 16, 11, 0, tzinfo=ZONE), id="on a Saturday"),
    ],
)
def test_nobody_is_told_outside_working_hours(invitation, moment):
    with clock.at(moment - timedelta(hours=1)):
        ask(invitation=invitation)

    with clock.at(moment):
        assert tell_news() == 0


def test_what_was_answered_meanwhile_is_not_told(invitation):
    with clock.at(TUESDAY - timedelta(hours=1)):
        ask(invitation=invitation)
    Question.objects.update(answer="We do.", answered_at=TUESDAY - timedelta(minutes=5))

    with clock.at(TUESDAY):
        assert tell_news() == 0
