"""One page for all people reached through one person."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from dialoog.kernel.audit.models import AuditEvent
from sessions.models import DialogueSession, Question, Status, Via


@pytest.fixture
def sunitas(open_link, sunita, workers):
    """Sunita's phone."""
    return open_link(sunita)


def url(meeting, name="detail"):
    return reverse(f"portal:intermediary_{name}", args=[meeting.pk])


def tap(phone, meeting, row, answer="yes", **kwargs):
    return phone.post(url(meeting, "answer"), {"person": row.person_id, "answer": answer}, **kwargs)


def test_link_of_an_intermediary_leads_to_the_page_of_all(sunitas, meeting):
    assert sunitas.get(reverse("portal:guest_list"))["Location"] == url(meeting)


def test_protection_stands_before_anything_is_asked(sunitas, meeting):
    page = sunitas.get(url(meeting)).content.decode().partition("</ol></div>")[2]

    order = ["First: what protects them", "They sign nothing.", "Read this aloud", "You may say no."]
    order += ["Tap the answers", "W1", "Does somebody have a question?", "Forget this phone"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "3 people of the group" in page


def test_the_sentence_about_influence_is_shown_as_what_the_people_invited_hear(sunitas, meeting):
    """It says “you” to them, so it never stands bare behind “their”."""
    page = sunitas.get(url(meeting)).content.decode()

    top = page.partition('<dl class="ten">')[2].partition("</dl>")[0]
    assert "What they hear about their influence" in top
    assert "“You help make the outcome. The board adopts it, or puts in writing why not." in top
    assert top.partition("“")[2].partition("”</dd>")[1]


def test_one_tap_saves_for_that_person_only(sunitas, sunita, meeting, workers):
    response = tap(sunitas, meeting, workers[1], "later", follow=True)

    answers = []
    for row in workers:
        row.refresh_from_db()
        answers.append((row.answer, row.via))
    event = AuditEvent.objects.on(workers[1]).get()
    assert answers == [("", ""), ("later", Via.INTERMEDIARY), ("", "")]
    assert (event.actor_kind, event.actor_id) == ("guest", sunita.pk)
    assert "Saved for W2." in response.content.decode()
    assert "1 of 3 done" in response.content.decode()


def test_tapping_twice_is_recorded_once_and_can_be_changed(sunitas, meeting, workers):
    for _attempt in range(2):
        tap(sunitas, meeting, workers[0])
    page = sunitas.get(url(meeting) + f"?change={workers[0].pk}").content.decode()
    tap(sunitas, meeting, workers[0], "no")

    workers[0].refresh_from_db()
    assert "Change W1" not in page
    assert AuditEvent.objects.on(workers[0]).count() == 2
    assert workers[0].answer == "no"


def test_person_of_another_intermediary_is_not_here(sunitas, meeting, make_person, invite, workers):
    marleen = make_person("Marleen Smit")
    other = invite(make_person("X1", channel="intermediary", intermediary=marleen))

    page = sunitas.get(url(meeting)).content.decode()
    tapped = tap(sunitas, meeting, other)
    asked = sunitas.post(url(meeting, "question"), {"person": other.person_id, "question": "?"})

    other.refresh_from_db()
    assert (tapped.status_code, asked.status_code) == (403, 403)
    assert "X1" not in re.findall(r"\w+", page)
    assert other.answer == ""


def test_guest_who_passes_on_for_nobody_has_no_such_page(phone, meeting, workers):
    assert phone.get(url(meeting)).status_code == 404
    assert Client().get(url(meeting)).status_code == 404


def test_question_of_one_of_them(sunitas, meeting, workers):
    for _attempt in range(2):
        sunitas.post(
            url(meeting, "question"), {"person": workers[2].person_id, "question": "Is there shade?"}
        )

    question = Question.objects.get()
    assert (question.invitation, question.text) == (workers[2], "Is there shade?")


def test_question_without_person_keeps_the_words(sunitas, meeting):
    response = sunitas.post(url(meeting, "question"), {"question": "Is there shade?"})

    assert response.status_code == 422
    assert "Please choose." in response.content.decode()
    assert "Is there shade?" in response.content.decode()


def test_taps_without_proof_never_act(open_link, sunita, meeting, workers):
    strict = open_link(sunita, Client(enforce_csrf_checks=True))

    response = tap(strict, meeting, workers[0])

    workers[0].refresh_from_db()
    assert response.status_code == 403
    assert "nothing is saved yet" in response.content.decode()
    assert workers[0].answer == ""


def test_closed_meeting_takes_no_taps(sunitas, meeting, workers):
    DialogueSession.objects.filter(pk=meeting.pk).update(status=Status.CANCELLED)

    page = sunitas.get(url(meeting)).content.decode()
    response = tap(sunitas, meeting, workers[0])

    assert "Answers can no longer be changed here." in page
    assert response.status_code == 422
    assert "has been cancelled" in response.content.decode()


@pytest.mark.parametrize("status", [Status.HELD, Status.CANCELLED])
def test_after_the_meeting_nothing_is_read_aloud_any_more(sunitas, meeting, workers, status):
    DialogueSession.objects.filter(pk=meeting.pk).update(status=status)

    page = sunitas.get(url(meeting)).content.decode()

    assert "Read this aloud" not in page
    assert "Tap the answers" not in page
    assert "You may say no." not in page
    assert "Their answers" in page
    assert "They sign nothing." in page


def test_page_asks_few_queries(sunitas, meeting, workers, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        sunitas.get(url(meeting))
