"""An answer on the guest page: kept once, refused with a sentence, never lost."""

from datetime import UTC, datetime, timedelta

import pytest

from dialoog.kernel import clock
from dialoog.kernel.audit.models import AuditEvent
from dialoog.portal.guest.tests.conftest import NOW
from dialoog.portal.guest.tests.phone import answer, url
from sessions.models import Answer, Clear, DateMode, DateOption, DialogueSession, Question, Via


def test_answer_is_kept_and_thanked_for(phone, invitation):
    response = answer(phone, invitation, follow=True, answer="yes", clear="yes")

    invitation.refresh_from_db()
    assert (invitation.answer, invitation.clear, invitation.via) == (Answer.YES, Clear.YES, Via.PAGE)
    assert "Thank you. Anna sees this." in response.content.decode()
    assert "You come on Tuesday 2 March 2027" in response.content.decode()


def test_answer_sent_twice_is_recorded_once(phone, invitation):
    for _attempt in range(2):
        answer(phone, invitation, answer="yes")

    verbs = [event.verb for event in AuditEvent.objects.on(invitation)]
    assert verbs == ["invitation_answered"]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"answer": "partly", "note": "only online"}, {"answer_note": "only online"}),
        ({"answer": "no", "decline_reasons": ["far", "date"]}, {"decline_reasons": ["date", "far"]}),
        ({"answer": "deputy", "deputy_name": "Noor"}, {"deputy_name": "Noor"}),
        ({"answer": "later", "know_on": "2027-02-01"}, {"know_on": datetime(2027, 2, 1, tzinfo=UTC).date()}),
    ],
)
def test_each_answer_keeps_what_belongs_to_it(phone, invitation, fields, kept):
    response = answer(phone, invitation, follow=True, **fields)

    invitation.refresh_from_db()
    assert response.status_code == 200
    assert {name: getattr(invitation, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("mode", "link", "offered"),
    [
        ("place", "", "Yes, for a part"),
        ("place", "https://talk.example.org/1", "Yes, partly or online"),
        ("both", "", "Yes, partly or online"),
        ("online", "https://talk.example.org/1", "Yes, for a part"),
    ],
)
def test_online_is_offered_only_where_somebody_can_take_part_online(phone, invitation, mode, link, offered):
    session = invitation.session
    type(session).objects.filter(pk=session.pk).update(place_mode=mode, online_link=link)

    page = phone.get(url("answer", invitation)).content.decode()

    assert offered in page
    assert page.count("Yes, for a part") + page.count("Yes, partly or online") == 1


def test_answer_without_choice_is_refused_and_keeps_the_question(phone, invitation):
    response = answer(phone, invitation, clear="question", question="Who pays the train?")

    assert response.status_code == 422
    assert "Please choose." in response.content.decode()
    assert "Who pays the train?" in response.content.decode()
    assert not Question.objects.exists()


def test_question_without_words_is_refused_whole(phone, invitation):
    response = answer(phone, invitation, answer="yes", clear="question")

    invitation.refresh_from_db()
    assert response.status_code == 422
    assert "Write your question" in response.content.decode()
    assert invitation.answer == ""


def test_words_without_a_tick_are_a_question(phone, invitation):
    answer(phone, invitation, answer="yes", clear="yes", question="Who pays the train?")

    assert [q.text for q in Question.objects.all()] == ["Who pays the train?"]


def test_form_of_somebody_else_is_refused_and_kept(phone, invitation, noor):
    response = phone.post(
        url("answer", invitation), {"person": noor.person_id, "answer": "no", "question": "For Noor"}
    )

    invitation.refresh_from_db()
    assert response.status_code == 422
    assert "This form is not of Daan Yilmaz" in response.content.decode()
    assert "For Noor" in response.content.decode()
    assert invitation.answer == ""


def test_form_posted_with_anothers_link_open_gives_the_words_back(open_link, invitation, noor):
    phone = open_link(noor.person)

    response = answer(phone, invitation, answer="no", question="My own words")

    invitation.refresh_from_db()
    assert response.status_code == 403
    assert "My own words" in response.content.decode()
    assert "Daan" not in response.content.decode()
    assert invitation.answer == ""


def test_late_answer_is_welcome_with_a_sentence(phone, invitation):
    with clock.at(NOW + timedelta(days=20)):
        page = phone.get(url("detail", invitation)).content.decode()
        answer(phone, invitation, answer="yes")

    invitation.refresh_from_db()
    assert "We asked for your answer before 5 February. It is still welcome." in page
    assert invitation.answer == Answer.YES


def test_dates_that_suit_are_ticked(phone, invitation, meeting):
    DialogueSession.objects.filter(pk=meeting.pk).update(
        date_mode=DateMode.POLL, starts_at=None, ends_at=None
    )
    options = [
        DateOption.objects.create(
            session=meeting,
            starts_at=datetime(2027, 3, day, 9, tzinfo=UTC),
            ends_at=datetime(2027, 3, day, 11, tzinfo=UTC),
        )
        for day in (2, 9)
    ]

    page = phone.get(url("detail", invitation)).content.decode()
    answer(phone, invitation, answer="yes", dates_ok=[options[1].pk])

    assert "Which dates suit you?" in page
    assert "Tuesday 9 March 2027, 10:00" in page
    assert list(invitation.dates_ok.all()) == [options[1]]
