"""A change of something promised on the page of who it touches, and the answer to a question by mail."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import make_commitment
from sessions.actions.propose import carry_out_proposal, propose_commitment_change
from sessions.actions.respond import answer_question
from sessions.models import DialogueSession, ProposalKind, Question, Status, Via
from stakeholders.models import Person

MARCH = datetime(2027, 3, 20, 9, tzinfo=UTC)


@pytest.fixture
def proposal(meeting, invitation, noor, workers, anna):
    """Put to everybody in March: Daan, Noor, W1 to W3."""
    DialogueSession.objects.filter(pk=meeting.pk).update(status=Status.REPORTED)
    with clock.at(MARCH):
        made = make_commitment(session=meeting, published_at=MARCH, due_on=date(2027, 6, 30))
        made.session.refresh_from_db()
        yield propose_commitment_change(
            commitment=made,
            kind=ProposalKind.MOVE,
            to=date(2027, 7, 18),
            reason="The looms come late",
            by=Actor.user(anna),
        )


def url(invitation, proposal):
    return reverse("portal:guest_proposal", args=[invitation.pk, proposal.pk])


def test_link_leads_to_what_asks_their_view_and_the_answer_is_kept(phone, invitation, proposal):
    address = url(invitation, proposal)
    opened = phone.get(reverse("portal:guest_detail", args=[invitation.pk]), follow=True)
    for _attempt in range(2):
        phone.post(address, {"person": invitation.person_id, "answer": "agreed"})
    after = phone.get(reverse("portal:guest_detail", args=[invitation.pk]), follow=True)

    page = opened.content.decode()
    assert opened.redirect_chain == [(address, 302)]
    assert "The looms come late" in page
    assert "30 June" in page.partition("</s>")[0]
    assert "18 July" in page.partition("</s>")[2]
    assert "Answer of <b>Daan Yilmaz</b>" in page
    assert [row.via for row in proposal.answers.exclude(answer="")] == [Via.PAGE]
    assert address not in [where for where, _status in after.redirect_chain]


def test_rather_not_without_a_reason_and_forms_of_others_are_given_back(
    phone, open_link, invitation, proposal
):
    address, mine = url(invitation, proposal), {"person": invitation.person_id}
    strict = open_link(invitation.person, Client(enforce_csrf_checks=True))

    nothing = phone.post(address, mine)
    silent = phone.post(address, mine | {"answer": "rather_not"})
    others = phone.post(address, {"person": invitation.person_id + 1, "answer": "agreed"})
    unproved = strict.post(address, mine | {"answer": "agreed"})

    codes = [answer.status_code for answer in (nothing, silent, others, unproved)]
    assert codes == [422, 422, 422, 403]
    assert "Say why you would rather not" in silent.content.decode()
    assert not proposal.answers.exclude(answer="").exists()


def test_who_was_not_asked_finds_nothing(phone, invitation, noor, proposal):
    proposal.answers.filter(invitation=invitation).delete()

    assert phone.get(url(invitation, proposal)).status_code == 404
    assert phone.get(url(noor, proposal)).status_code == 404
    assert Client().get(url(invitation, proposal)).status_code == 404


def test_two_tabs_the_second_is_told_that_it_is_settled(phone, invitation, proposal, anna):
    with clock.at(MARCH + timedelta(days=8)):
        carry_out_proposal(proposal=proposal, by=Actor.user(anna))
        late = phone.post(url(invitation, proposal), {"person": invitation.person_id, "answer": "agreed"})
        page = phone.get(url(invitation, proposal)).content.decode()

    assert late.status_code == 422
    assert "settled meanwhile" in late.content.decode()
    assert "This is how it became" in page
    assert "5 people were asked: 0 agreed, 0 rather not, 5 did not answer." in page


def test_intermediary_passes_on_what_each_says_and_others_never_read_it(  # noqa: PLR0917
    open_link, phone, sunita, workers, meeting, invitation, proposal
):
    through, row = open_link(sunita), workers[0]
    address = reverse("portal:intermediary_proposal", args=[meeting.pk, row.pk, proposal.pk])
    page = through.get(reverse("portal:intermediary_detail", args=[meeting.pk])).content.decode()
    through.post(
        address, {"person": row.person_id, "answer": "rather_not", "reason": "We wait three years now"}
    )
    other = through.get(
        reverse("portal:intermediary_proposal", args=[meeting.pk, invitation.pk, proposal.pk])
    )

    assert address in page
    assert proposal.answers.get(invitation=row).via == Via.INTERMEDIARY
    assert other.status_code == 404
    seen = phone.get(url(invitation, proposal)).content.decode()
    assert "three years" not in seen
    assert "W1" not in seen


def test_page_costs_little(phone, invitation, proposal):
    phone.get(url(invitation, proposal))
    with CaptureQueriesContext(connection) as captured:
        page = phone.get(url(invitation, proposal))

    assert len(captured) <= 8
    assert len(page.content) < 40_000


# --- the answer to a question


def ask(phone, invitation, **fields):
    address = reverse("portal:guest_question", args=[invitation.pk])
    phone.post(address, {"person": invitation.person_id, "question": "May I bring a colleague?", **fields})
    return Question.objects.get(invitation=invitation)


def answer(question, anna, words="Yes, gladly"):
    return answer_question(question=question, answer=words, for_everyone=True, by=anna)


def test_answer_is_mailed_once_and_only_to_who_asked(phone, invitation, noor, anna, meeting):
    question = ask(phone, invitation, mail_me="on")

    for words in ("Yes, gladly", "Yes, one"):
        answer(question, anna, words)

    mail = OutgoingMail.objects.get(body__kind="question_answered")
    assert (mail.to_name, mail.personal["answer"]) == ("Daan Yilmaz", "Yes, gladly")
    assert "May I bring" not in mail.body.text + mail.body.html + mail.body.subject


def test_no_mail_without_the_tick(phone, invitation, anna):
    answer(ask(phone, invitation), anna)

    assert not OutgoingMail.objects.filter(body__kind="question_answered").exists()


@pytest.mark.parametrize("neutral", [False, True])
def test_tick_is_the_guests_own_and_a_neutral_mail_says_nothing(open_link, invitation, anna, neutral):
    Person.objects.filter(pk=invitation.person_id).update(neutral_mail=neutral)
    person = Person.objects.get(pk=invitation.person_id)
    phone = open_link(person)
    phone.post(reverse("portal:guest_answer", args=[invitation.pk]), {"person": person.pk, "answer": "yes"})
    page = phone.get(reverse("portal:guest_detail", args=[invitation.pk])).content.decode()

    assert "Mail me the answer" in page
    assert 'name="mail_me" id="ask-mail_me">' in page
    answer(ask(phone, invitation, mail_me="on"), anna)
    mail = OutgoingMail.objects.get(body__kind="question_answered")
    assert (mail.body.subject == "A message from Anna de Boer") is neutral


def test_through_the_intermediary_it_says_that_there_is_an_answer_and_nothing_more(
    open_link, sunita, workers, meeting, anna
):
    phone, row = open_link(sunita), workers[0]
    address = reverse("portal:intermediary_question", args=[meeting.pk])
    phone.post(address, {"person": row.person_id, "question": "Who pays the day?", "mail_me": "on"})

    answer(Question.objects.get(), anna, "The farm pays")

    mail = OutgoingMail.objects.get(body__kind="question_answered")
    assert mail.to_name == "Sunita Devi"
    assert "farm" not in f"{mail.personal} {mail.body.text}"
