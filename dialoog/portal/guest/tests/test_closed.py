"""The guest page when nothing can be answered any more: begun, held, cancelled, withdrawn, replaced."""

from datetime import UTC, datetime

from dialoog.kernel import clock
from dialoog.portal.guest.tests.phone import answer, url
from sessions.actions.invite import replace_by_deputy, withdraw_invitation
from sessions.models import DialogueSession, Status


def test_after_the_start_the_page_is_closed_with_a_telephone_number(phone, invitation):
    with clock.at(datetime(2027, 3, 2, 9, 30, tzinfo=UTC)):
        page = phone.get(url("detail", invitation)).content.decode()
        response = answer(phone, invitation, answer="yes", question="Which floor?")

    invitation.refresh_from_db()
    assert "The meeting has started" in page
    assert "Call Anna: 070 555 01 01" in page
    assert response.status_code == 422
    assert "already started" in response.content.decode()
    assert "Which floor?" in response.content.decode()
    assert invitation.answer == ""


def test_on_the_day_itself_the_programme_and_the_rules_stay_at_hand(phone, invitation, meeting, send_pack):
    DialogueSession.objects.filter(pk=meeting.pk).update(rules="One speaks at a time.")
    send_pack(invitation)
    with clock.at(datetime(2027, 3, 2, 9, 30, tzinfo=UTC)):
        page = phone.get(url("detail", invitation)).content.decode()
        response = answer(phone, invitation, answer="no")

    invitation.refresh_from_db()
    assert "The meeting has started" in page
    assert 'id="programme"' in page
    assert "One speaks at a time." in page
    assert "Call Anna: 070 555 01 01" in page
    assert "Give your answer" not in page
    assert response.status_code == 422
    assert invitation.answer == ""


def test_cancelled_meeting_is_said_plainly(phone, invitation, meeting):
    DialogueSession.objects.filter(pk=meeting.pk).update(status=Status.CANCELLED)

    page = phone.get(url("detail", invitation)).content.decode()

    assert "This meeting is cancelled" in page
    assert "Will you be there?" not in page


def test_withdrawn_invitation_is_explained(phone, invitation, anna):
    withdraw_invitation(invitation=invitation, by=anna)

    response = phone.get(url("detail", invitation))

    assert response.status_code == 410
    assert "You are no longer invited to this meeting." in response.content.decode()
    assert "070 555 01 01" in response.content.decode()


def test_old_link_of_somebody_replaced_is_for_reading_only(phone, invitation, make_person, anna):
    replace_by_deputy(invitation=invitation, deputy=make_person("Noor Jansen"), by=anna)

    page = phone.get(url("detail", invitation)).content.decode()
    response = answer(phone, invitation, answer="yes")

    assert "Someone else comes in your place" in page
    assert "What you may expect" in page
    assert "Send your answer" not in page
    assert response.status_code == 422


def test_meeting_that_was_held_says_what_comes(phone, invitation, meeting):
    DialogueSession.objects.filter(pk=meeting.pk).update(status=Status.HELD)

    page = phone.get(url("detail", invitation)).content.decode()

    assert "The meeting is over" in page
    assert "By 16 March at the latest" in page
    assert "Send your answer" not in page
