"""Somebody stands for the promise, by a mailed link and without an account."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from dialoog.kernel import clock, tokens
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.message import Mould
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.ui import dates
from dialoog.testing.factories import make_briefing, make_promised_session
from sessions.actions.endorse import (
    answer_endorsement,
    ask_endorsement,
    check_endorsements,
    reference_of,
    still_counts,
    withdraw_endorsement,
)
from sessions.models import Endorsement, Status
from sessions.telling import live


@pytest.fixture
def session(workspace, anna):
    return make_promised_session(workspace=workspace, contact=anna)


@pytest.fixture
def asked(session, anna):
    return ask_endorsement(
        session=session, name="Gerard Zijlstra", function="chair", email="g@example.org", by=anna
    )


@pytest.fixture
def address(asked):
    return reverse("endorsement_answer", args=[tokens.make_token(reference_of(asked))])


def test_the_mail_leads_to_the_page_and_keeps_no_token(asked, address):
    mail = OutgoingMail.objects.get()

    assert address.encode() in Mould(mail.body).cast(mail).replace(b"=\r\n", b"")
    assert address not in mail.body.html + str(mail.personal)
    assert mail.body.subject.startswith("Do you agree with this promise?")


def test_looking_changes_nothing_and_agreeing_puts_the_name_in_the_invitation(
    client, session, asked, address
):
    page = client.get(address)
    asked.refresh_from_db()
    assert "You help make the outcome." in page.content.decode()
    assert asked.agreed is None

    done = client.post(address, {"answer": "agree", "note": ""}, follow=True)

    assert "Thank you. You stand for this promise." in done.content.decode()
    endorsed = live(session, "en", kind="invitation").endorsed
    assert endorsed.startswith("Agreed by Gerard Zijlstra, chair on ")
    assert OutgoingMail.objects.filter(body__kind="endorsement_answered").count() == 1


def test_not_yet_needs_words_and_reaches_the_organiser(client, asked, address):
    empty = client.post(address, {"answer": "comment", "note": ""})
    assert empty.status_code == 422
    assert "Write what should change." in empty.content.decode()

    client.post(address, {"answer": "comment", "note": "Name the budget."})

    asked.refresh_from_db()
    assert asked.agreed is False
    told = OutgoingMail.objects.get(body__kind="endorsement_answered")
    assert "Name the budget." in told.body.text


@pytest.mark.parametrize(
    ("agreed", "status", "page"),
    [
        (True, Status.DRAFT, "invite/look/"),
        (True, Status.INVITING, "invite/look/"),
        (False, Status.DRAFT, "invite/promise/"),
        (False, Status.INVITING, "change/promise/"),
    ],
)
def test_the_organiser_is_led_to_the_screen_where_it_goes_on(session, asked, agreed, status, page):
    if status == Status.INVITING:
        make_briefing(session=session, sent_at=clock.now())
    type(session).objects.filter(pk=session.pk).update(status=status)
    asked.session.refresh_from_db()

    answer_endorsement(endorsement=asked, agreed=agreed, note="Name the budget.")

    body = OutgoingMail.objects.get(body__kind="endorsement_answered").body
    address = f"{settings.BASE_URL}/w/{session.workspace.slug}/sessions/{session.pk}/{page}"
    assert re.findall(r"http://[^\s#]+", body.text) == [address]
    assert address in body.html


def test_an_agreement_that_no_longer_counts_leads_to_where_it_is_asked_again(session, asked):
    answer_endorsement(endorsement=asked, agreed=True)
    session.goal = "something else"
    session.save()

    check_endorsements(session=session)

    body = OutgoingMail.objects.get(body__kind="endorsement_void").body
    page = session.workspace.url("sessions:invite_look", session.pk)
    assert f"{settings.BASE_URL}{page}#h-endorse" in body.text


def test_answering_twice_counts_once(asked):
    answer_endorsement(endorsement=asked, agreed=True)

    with pytest.raises(DomainError, match="answered already"):
        answer_endorsement(endorsement=asked, agreed=False, note="no")


def test_a_withdrawn_request_is_explained(client, asked, address, anna):
    withdraw_endorsement(endorsement=asked, by=anna)

    page = client.get(address)

    assert page.status_code == 200
    assert "took this request back" in page.content.decode()
    assert OutgoingMail.objects.get().status == "cancelled"
    assert client.post(address, {"answer": "agree", "note": ""}).status_code == 422


def test_a_promise_that_changed_meanwhile_cannot_be_agreed_with(client, session, asked, address):
    session.goal = "something else"
    session.save()

    assert "The promise has changed" in client.get(address).content.decode()
    client.post(address, {"answer": "agree", "note": ""})
    asked.refresh_from_db()
    assert asked.agreed is None


def test_an_unknown_token_is_not_found(client, db):
    assert client.get(reverse("endorsement_answer", args=["nothing"])).status_code == 404


def test_asking_again_replaces_the_question(session, anna, asked):
    again = ask_endorsement(session=session, name="Gerard", email="G@example.org", by=anna)

    asked.refresh_from_db()
    assert asked.withdrawn_at is not None
    assert Endorsement.objects.filter(withdrawn_at=None).get() == again


def test_an_empty_promise_asks_nobody(workspace, anna):
    empty = make_promised_session(workspace=workspace, contact=anna, goal="")

    with pytest.raises(DomainError, match="Write first"):
        ask_endorsement(session=empty, name="G", email="g@example.org", by=anna)


def test_mail_and_page_say_what_went_wrong_last_time(client, workspace, anna):
    session = make_promised_session(
        workspace=workspace, contact=anna, last_time="nobody heard what was done. Now you read it in June"
    )
    asked = ask_endorsement(session=session, name="Gerard", email="g@example.org", by=anna)
    sentence = "Last time nobody heard what was done. Now you read it in June."

    page = client.get(reverse("endorsement_answer", args=[tokens.make_token(reference_of(asked))]))

    body = OutgoingMail.objects.get().body
    assert sentence in page.content.decode()
    assert sentence in body.html
    assert sentence in body.text


def test_an_agreement_to_an_earlier_text_looks_like_what_it_is(client, session, asked, address):
    answer_endorsement(endorsement=asked, agreed=True)
    session.goal = "something else"
    session.save()

    page = client.get(address).content.decode()

    day = dates.day_month(clock.now(), session.timezone)
    assert f"You agreed on {day}, to an earlier text" in page
    assert "Your name no longer stands in what people get." in page
    assert "You stand for this promise" not in page
    assert "What people may expect now" in page


def test_what_the_circles_mean_is_said(client, asked, address):
    """The left one is who decides, as in the sentence beside it and on the paper."""
    page = client.get(address).content.decode()

    assert "The left circle: The board. The right circle: the people at the table." in page


def test_the_page_shows_what_the_people_invited_read(client, asked, address):
    page = client.get(address).content.decode()

    assert "This is what the people invited read:" in page
    assert "<dt>Influence</dt>" in page
    assert "<dt>You hear from us</dt>" in page
    assert "Their" not in page
    assert "They hear" not in page


def test_mail_and_page_say_when_the_invitation_is_planned(client, session, asked, address, anna):
    planned = "The invitation is planned for"
    assert planned not in client.get(address).content.decode()
    assert planned not in OutgoingMail.objects.get(body__kind="endorse").body.text
    moment = clock.now() + timedelta(days=2)
    make_briefing(session=session, planned_for=moment)

    ask_endorsement(session=session, name="Petra", email="p@example.org", by=anna)

    said = f"{planned} {dates.when(moment, session.timezone)}."
    body = OutgoingMail.objects.get(body__kind="endorse", to_email="p@example.org").body
    for words in (client.get(address).content.decode(), body.text, body.html):
        assert said in words


def test_every_page_of_an_endorser_leads_to_the_other_language(client, anna, asked, address):
    nowhere = reverse("endorsement_answer", args=["nothing"])
    for page in (address, nowhere):
        assert 'href="?language=nl"' in client.get(page).content.decode()
        dutch = client.get(f"{page}?language=nl").content.decode()
        assert '<html lang="nl"' in dutch
        assert 'href="?language=en"' in dutch

    withdraw_endorsement(endorsement=asked, by=anna)
    assert 'href="?language=nl"' in client.get(address).content.decode()


def test_the_language_stays_when_somebody_agrees(client, asked, address):
    done = client.post(f"{address}?language=nl", {"answer": "agree", "note": ""}, follow=True)

    assert '<html lang="nl"' in done.content.decode()
    asked.refresh_from_db()
    assert asked.agreed is True


def test_the_organiser_sees_that_an_agreement_was_to_an_earlier_text(session, asked, as_user, anna):
    answer_endorsement(endorsement=asked, agreed=True)
    page = session.workspace.url("sessions:invite_look", session.pk)
    day = dates.day_month(clock.now(), session.timezone)
    assert f"Gerard Zijlstra agreed on {day}<" in as_user(anna).get(page).content.decode()

    session.goal = "something else"
    session.save()

    words = as_user(anna).get(page).content.decode()
    assert f"Gerard Zijlstra agreed on {day}, to an earlier text" in words
    assert "Ask again if you want the name below it." in words


@pytest.mark.parametrize("name", ["goal", "out_of_scope", "confidentiality", "last_time"])
def test_an_agreement_stands_for_all_that_was_read(session, asked, name):
    answer_endorsement(endorsement=asked, agreed=True)
    assert still_counts(asked, session)

    setattr(session, name, "public" if name == "confidentiality" else "something else")

    assert not still_counts(asked, session)
