"""The guest page with the information pack: programme, what changed, preparation."""

from datetime import timedelta

from dialoog.portal.guest.tests.conftest import NOW
from dialoog.portal.guest.tests.phone import answer, sent, url
from sessions.models import AgendaItem, BriefingChange, ChangeSize, Wish


def test_programme_says_how_many_asked_and_whether_you_did(phone, invitation, send_pack, meeting, noor):
    send_pack(invitation)
    tables, marks = AgendaItem.objects.get(position=1), AgendaItem.objects.get(position=3)
    for who, item in ((invitation, tables), (noor, tables), (None, marks)):
        Wish.objects.create(session=meeting, kind="agenda", text="x", invitation=who, agenda_item=item)

    page = phone.get(url("detail", invitation)).content.decode()

    assert "This is what 2 March looks like" in page
    assert "asked by you and 1 other" in page
    assert "asked by 1 person" in page
    assert "<time>10:10</time>" in page
    assert "Noor" not in page


def test_programme_thanks_once_its_questions_are_answered(phone, invitation, send_pack):
    answer(phone, invitation, answer="yes")
    send_pack(invitation)
    before = phone.get(url("detail", invitation)).content.decode()

    every = {"rules_answer": "agree", "mandate": "binding", "knowledge": "2"}
    phone.post(url("preparation", invitation), sent(invitation, **every))
    after = phone.get(url("detail", invitation)).content.decode()

    assert "questions for you (2 minutes)" in before
    assert "for you (" not in after
    assert '<a class="btn" href="#before">Change your answers</a>' in after


def test_programme_asks_what_is_still_open(phone, invitation, send_pack):
    answer(phone, invitation, answer="yes")
    send_pack(invitation)

    phone.post(url("preparation", invitation), sent(invitation, rules_answer="agree", knowledge="2"))

    assert "1 question for you (1 minute)" in phone.get(url("detail", invitation)).content.decode()


def test_what_changed_is_told_and_a_promise_asks_for_a_receipt(phone, invitation, send_pack, meeting):
    send_pack(invitation)
    BriefingChange.objects.create(
        session=meeting,
        field="place",
        size=ChangeSize.TYPO,
        old="De Burg",
        new="De Brug",
        made_at=NOW + timedelta(days=1),
    )
    BriefingChange.objects.create(
        session=meeting,
        field="procedure",
        size=ChangeSize.PROMISE,
        old="",
        new="Eleven of sixteen organisations must take part",
        made_at=NOW + timedelta(days=2),
    )

    page = phone.get(url("detail", invitation)).content.decode()
    phone.post(url("receipt", invitation), sent(invitation, clear="yes"))
    after = phone.get(url("detail", invitation)).content.decode()

    assert "adapted on 24 January" in page
    assert "De Burg</s> De Brug" in page
    assert "Is this change clear?" in page
    assert "Is this change clear?" not in after


def test_preparation_is_kept_and_shown_again(phone, invitation, send_pack):
    send_pack(invitation)

    phone.post(
        url("preparation", invitation),
        sent(
            invitation,
            rules_answer="agree",
            mandate="consult",
            knowledge="0",
            needs=["food", "travel"],
            needs_note="no nuts",
        ),
    )

    page = phone.get(url("detail", invitation)).content.decode()
    invitation.refresh_from_db()
    assert (invitation.rules_answer, invitation.mandate, invitation.knowledge) == ("agree", "consult", 0)
    assert invitation.needs == ["food", "travel"]
    assert "no nuts" in page
    assert "We erase this on 9 March." in page


def test_rather_otherwise_needs_words(phone, invitation, send_pack):
    send_pack(invitation)

    response = phone.post(
        url("preparation", invitation), sent(invitation, rules_answer="otherwise", needs_note="no nuts")
    )

    assert response.status_code == 422
    assert "Write what you would change." in response.content.decode()
    assert "no nuts" in response.content.decode()


def test_calendar_and_paper_carry_no_name(phone, invitation, send_pack):
    send_pack(invitation)

    calendar = phone.get(url("calendar", invitation))
    paper = phone.get(url("paper", invitation))

    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"METHOD:PUBLISH" in calendar.content
    assert b"Daan" not in calendar.content
    assert paper.content == b"%PDF-1.7 everything on paper"
