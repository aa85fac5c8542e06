"""What guests see and send, by the bodies that their page mounts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from feedback.actions.report import deliver_report, save_report, send_report, start_report
from feedback.models import Correction, Incoming, Participation
from feedback.tests.conftest import AFTER_CLOSING, DAY, NEXT_MORNING
from sessions.actions.conclude import respond_to_contributions, save_contribution
from sessions.models import Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("feedback.tests.guest_urls")]


@pytest.fixture
def guest(people) -> Invitation:
    return people[0]


def feedback_url(invitation):
    return f"/g/feedback/{invitation.pk}/"


def test_guest_reads_who_reads_it_before_the_questions(client, guest):
    with clock.at(NEXT_MORNING):
        page = client.get(feedback_url(guest)).content.decode()

    assert page.index("apart from your name") < page.index("1. I knew the goal")
    assert page.count('class="lik"') == 16
    assert "Your group is: Companies." in page
    assert "only after 10 March" in page


def test_guest_chooses_faces_for_ten_questions(client, guest):
    with clock.at(NEXT_MORNING):
        page = client.get(feedback_url(guest) + "?faces=1").content.decode()

    assert page.count('class="lik faces"') == 10
    assert page.count('<svg class="face"') == 50


def test_guest_sends_once_and_is_thanked_twice(client, guest):
    data = {"person": guest.person_id, "TR4": "5", "IN1": "0", "different": "Hold it in Zwolle"}
    with clock.at(NEXT_MORNING):
        first = client.post(feedback_url(guest), data)
        second = client.post(feedback_url(guest), data, follow=False)
        page = client.get(feedback_url(guest)).content.decode()

    assert (first.status_code, second.status_code) == (302, 302)
    assert Participation.objects.count() == Incoming.objects.count() == 1
    assert "We have your answers" in page
    assert 'class="lik"' not in page


def test_empty_form_is_sent_back(client, guest):
    with clock.at(NEXT_MORNING):
        response = client.post(feedback_url(guest), {"person": guest.person_id})

    assert response.status_code == 422
    assert "Answer at least one question" in response.content.decode()


@pytest.mark.parametrize("header", ["0", "1"])
def test_form_of_another_or_without_proof_saves_nothing(client, guest, people, header):
    person = people[1].person_id if header == "0" else guest.person_id
    with clock.at(NEXT_MORNING):
        response = client.post(
            feedback_url(guest), {"person": person, "TR4": "5"}, headers={"X-Refused": header}
        )

    assert response.status_code == 422
    assert 'value="5"' in response.content.decode()
    assert not Participation.objects.exists()


def test_answer_after_closing_is_told_kindly(client, guest):
    with clock.at(AFTER_CLOSING):
        page = client.get(feedback_url(guest)).content.decode()
        client.post(feedback_url(guest), {"person": guest.person_id, "TR4": "5"})

    assert "The questions are closed" in page
    assert not Participation.objects.exists()


def test_who_was_not_there_is_not_asked(client, guest):
    Invitation.objects.exclude(pk=guest.pk).update(attendance="present")
    Invitation.objects.filter(pk=guest.pk).update(attendance="absent")

    with clock.at(NEXT_MORNING):
        assert client.get(feedback_url(guest)).status_code == 404


def test_sending_costs_few_queries(client, guest):
    data = {"person": guest.person_id, "TR4": "5"}
    with clock.at(NEXT_MORNING), CaptureQueriesContext(connection) as captured:
        client.post(feedback_url(guest), data)

    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 11


def test_guest_reads_own_input_first_and_says_what_is_not_right(client, guest, held, anna):
    by = Actor.user(anna)
    with clock.at(DAY + timedelta(days=5)):
        mine = save_contribution(session=held, text="Late changes", people=[guest], by=by)
        theirs = save_contribution(session=held, text="Publish names", by=by)
        responses = {mine.pk: ("adopted", "", None), theirs.pk: ("not", "No mandate", None)}
        respond_to_contributions(session=held, responses=responses, by=by)
        report = start_report(session=held, by=by)
        fields = {"decided": "Six materials", "as_announced": "yes"}
        send_report(report=save_report(report=report, fields=fields, by=by), by=by)
        deliver_report(report=report)
        page = client.get(f"/g/report/{guest.pk}/").content.decode()
        sent = client.post(f"/g/report/{guest.pk}/", {"person": guest.person_id, "text": "It was five."})
        pdf = client.get(f"/g/report/{guest.pk}/pdf/")

    assert page.index("Decided: Six materials") < page.index("Late changes") < page.index("Publish names")
    assert "Only you see that this comes from you." in page
    assert sent.status_code == 302
    assert Correction.objects.get().text == "It was five."
    assert pdf.headers["Content-Type"] == "application/pdf"


def test_no_report_yet_is_not_found(client, guest):
    assert client.get(f"/g/report/{guest.pk}/").status_code == 404


def test_a_step_that_is_not_on_the_form_is_refused_and_the_rest_stays_ticked(client, guest):
    with clock.at(NEXT_MORNING):
        response = client.post(feedback_url(guest), {"person": guest.person_id, "TR4": "4", "IN1": "9"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose one of the steps that are shown." in page
    assert page.count(" checked") == 1
    assert not Incoming.objects.exists()
