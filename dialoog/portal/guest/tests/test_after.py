"""After the meeting: the questions and the report stand on the same page, inside the same frame."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from feedback.actions.questionnaire import open_questionnaire, prepare_questionnaire
from feedback.actions.report import deliver_report, save_report, send_report, start_report
from feedback.models import Correction, Participation
from sessions.actions.conclude import save_outcome
from sessions.actions.hold import hold_session
from sessions.actions.respond import respond
from sessions.models import Answer

NEXT_MORNING = datetime(2027, 3, 3, 8, tzinfo=UTC)


def url(name, invitation):
    return reverse(f"portal:guest_{name}", args=[invitation.pk])


@pytest.fixture
def asked(invitation, workers, meeting, anna):
    """The morning after, with the questions open."""
    for row in (invitation, workers[0]):
        respond(invitation=row, answer=Answer.YES, by=Actor.guest(row.person_id))
    with clock.at(NEXT_MORNING):
        hold_session(session=meeting, by=Actor.user(anna))
        open_questionnaire(questionnaire=prepare_questionnaire(session=meeting), by=Actor.user(anna))
        yield invitation


def test_link_leads_to_the_questions(phone, asked):
    response = phone.get(url("detail", asked), follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [(url("feedback", asked), 302)]
    assert "How was 2 March for you?" in page
    assert "Form of <b>Daan Yilmaz</b>" in page
    assert "Anna de Boer" in page


def test_questions_are_answered_once_and_the_page_stays(phone, asked):
    for _attempt in range(2):
        phone.post(url("feedback", asked), {"person": asked.person_id, "different": "More time"})

    page = phone.get(url("detail", asked)).content.decode()
    assert Participation.objects.filter(invitation=asked).count() == 1
    assert "The meeting is over" in page
    assert "How was it for you?" not in page


def test_questions_without_proof_or_of_somebody_else_are_refused(open_link, phone, asked):
    strict = open_link(asked.person, Client(enforce_csrf_checks=True))

    unproved = strict.post(url("feedback", asked), {"person": asked.person_id, "different": "More time"})
    others = phone.post(url("feedback", asked), {"person": asked.person_id + 1, "different": "Less time"})

    assert (unproved.status_code, others.status_code) == (403, 422)
    assert "More time" in unproved.content.decode()
    assert "Less time" in others.content.decode()
    assert not Participation.objects.exists()


def test_report_is_not_here_before_there_is_one(phone, asked):
    assert phone.get(url("report", asked)).status_code == 404
    assert phone.get(url("report_paper", asked)).status_code == 404


def test_report_comes_in_the_place_of_the_page(phone, asked, meeting, anna):
    by = Actor.user(anna)
    save_outcome(session=meeting, kind="decision", text="Cotton", figure="4.3", by=by)
    fields = {"decided": "six materials we tackle together", "as_announced": "yes", "names_kept": True}
    report = save_report(report=start_report(session=meeting, by=by), fields=fields, by=by)
    send_report(report=report, by=by)
    deliver_report(report=report)

    response = phone.get(url("detail", asked), follow=True)
    phone.post(url("report", asked), {"person": asked.person_id, "text": "My name is wrong"})
    paper = phone.get(url("report_paper", asked))

    assert response.redirect_chain == [(url("report", asked), 302)]
    assert "six materials we tackle together" in response.content.decode()
    assert url("report_paper", asked) in response.content.decode()
    assert [correction.text for correction in Correction.objects.all()] == ["My name is wrong"]
    assert paper.content.startswith(b"%PDF")


def test_intermediary_tells_how_it_was_for_each(open_link, sunita, workers, asked, meeting):
    phone = open_link(sunita)
    address = reverse("portal:intermediary_feedback", args=[meeting.pk, workers[0].pk])

    page = phone.get(reverse("portal:intermediary_detail", args=[meeting.pk])).content.decode()
    form = phone.get(address + "?faces=1").content.decode()
    phone.post(address, {"person": workers[0].person_id, "different": "More shade"})
    after = phone.get(reverse("portal:intermediary_detail", args=[meeting.pk])).content.decode()
    others = phone.get(reverse("portal:intermediary_feedback", args=[meeting.pk, asked.pk]))

    assert f"{address}?faces=1" in page
    assert "Form of <b>W1</b>" in form
    assert Participation.objects.filter(invitation=workers[0]).count() == 1
    assert address not in after
    assert others.status_code == 404
