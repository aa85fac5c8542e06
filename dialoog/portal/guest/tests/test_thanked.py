"""The guest page once answered: wishes, questions, one’s own data."""

import json

import pytest

from dialoog.portal.guest.tests.conftest import NOW
from dialoog.portal.guest.tests.phone import answer, sent, url
from sessions.actions.respond import answer_question
from sessions.models import Question, Wish, WishKind
from stakeholders.models import Person


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "😀" * 300, "مرحبا بكم جميعا", "a\x00b", "<script>alert(1)</script>", "\ud800"]
)
def test_any_text_is_taken_or_refused_in_a_sentence(phone, invitation, text):
    answer(phone, invitation, answer="yes")
    typed = text.encode("utf-8", "replace").decode()

    response = phone.post(url("wishes", invitation), sent(invitation, agenda=typed), follow=True)

    assert response.status_code in {200, 422}
    if len(typed) > 5000:
        assert "at most 5000" in response.content.decode()
    else:
        assert "\x00" not in Wish.objects.get().text
    assert "<script>" not in response.content.decode()


def test_wishes_are_kept_changed_and_shown_again(phone, invitation):
    answer(phone, invitation, answer="yes")
    for text in ("Cotton", "Cotton and rattan"):
        phone.post(url("wishes", invitation), sent(invitation, agenda=text, last_time=""))

    page = phone.get(url("detail", invitation)).content.decode()
    assert [(w.kind, w.text, w.invitation_id) for w in Wish.objects.all()] == [
        (WishKind.AGENDA, "Cotton and rattan", invitation.pk)
    ]
    assert "Cotton and rattan" in page


def test_wish_without_name_points_at_nobody_and_is_kept_once(phone, invitation):
    answer(phone, invitation, answer="yes")
    phone.post(url("wishes", invitation), sent(invitation, agenda="Cotton"))
    for _attempt in range(2):
        phone.post(url("wishes", invitation), sent(invitation, agenda="Cotton", without_name="on"))

    assert [(w.text, w.invitation_id) for w in Wish.objects.all()] == [("Cotton", None)]


def test_own_data_names_the_language_as_its_speakers_do(phone, invitation):
    Person.objects.filter(pk=invitation.person_id).update(language="nl")

    page = phone.get(url("data", invitation)).content.decode()

    assert "Nederlands</dd>" in page
    assert ">nl</dd>" not in page


def test_answers_to_questions_are_private_or_for_everybody(phone, invitation, meeting, noor, anna):
    for who, text, everybody in (
        (invitation, "Mine?", False),
        (noor, "Secret?", False),
        (noor, "Open?", True),
    ):
        question = Question.objects.create(session=meeting, invitation=who, text=text, asked_at=NOW)
        answer_question(question=question, answer=f"About {text}", for_everyone=everybody, by=anna)

    page = phone.get(url("detail", invitation)).content.decode()

    assert "About Mine?" in page
    assert "About Open?" in page
    assert "Secret?" not in page
    assert "Noor" not in page


def test_call_me_and_questions_reach_the_organiser_once(phone, invitation):
    answer(phone, invitation, answer="yes")
    for _attempt in range(2):
        phone.post(url("call", invitation), sent(invitation, number="06 555 01 02"))
        phone.post(url("question", invitation), sent(invitation, question="Is there a lift?"))

    texts = sorted(question.text for question in Question.objects.all())
    assert texts == ["Is there a lift?", "Please call me: 06 555 01 02"]


def test_own_data_as_list_and_json_and_request_to_erase(phone, invitation, workspace):
    answer(phone, invitation, answer="yes")

    page = phone.get(url("data", invitation)).content.decode()
    kept = json.loads(phone.get(url("data", invitation) + "?format=json").content)
    for _attempt in range(2):
        phone.post(url("data", invitation), sent(invitation))

    assert "daan@example.org" in page
    assert kept["Your answer"] == "Yes"
    assert [question.text for question in Question.objects.all()] == ["Please erase what you keep about me."]
    assert [mail.to_email for mail in workspace.mails.all()] == ["anna@example.org"]
