"""Three sizes of change after sending, and bad news."""

from datetime import timedelta

import icalendar
import pytest

from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import invite, make_promised_session
from sessions.actions.brief import plan_briefing
from sessions.actions.change import (
    change_programme,
    correct_typo,
    propose_change,
    tell_cancelled,
    tell_now,
    tell_withdrawn,
    untold_changes,
)
from sessions.actions.endorse import answer_endorsement, ask_endorsement
from sessions.actions.plan import StaleSession
from sessions.actions.send import send_briefing
from sessions.calendar import session_calendar
from sessions.models import BriefingChange, BriefingCopy, ChangeSize, Clear
from sessions.telling import live


@pytest.fixture
def session(workspace, anna):
    session = make_promised_session(workspace=workspace, contact=anna)
    invite(session=session)
    invite(session=session)
    endorsement = ask_endorsement(session=session, name="Gerard", email="gerard@example.org", by=anna)
    answer_endorsement(endorsement=endorsement, agreed=True)
    send(plan_briefing(session=session, by=anna))
    session.refresh_from_db()
    return session


def send(briefing):
    while send_briefing(briefing.pk):
        pass


def reading(session):
    return live(session, "en", kind="invitation")


def sequence(session):
    entry = icalendar.Calendar.from_ical(session_calendar(session, reading(session)))
    return entry.walk("VEVENT")[0]["SEQUENCE"]


def test_a_typo_keeps_the_old_text_and_sends_nothing(session, anna):
    before = OutgoingMail.objects.count()

    correct_typo(
        session=session, fields={"goal": "a list of raw materials."}, by=anna, version=session.version
    )

    change = BriefingChange.objects.get()
    assert change.size == ChangeSize.TYPO
    assert "we take on first" in change.old
    assert change.new == "At the end we have together a list of raw materials."
    assert OutgoingMail.objects.count() == before
    assert reading(session).endorsed.startswith("Agreed by Gerard")


def test_a_moved_meeting_waits_for_the_next_mail_and_moves_the_calendar(session, anna):
    before, first = OutgoingMail.objects.count(), sequence(session)
    moved = {
        "starts_at": session.starts_at + timedelta(days=1),
        "ends_at": session.ends_at + timedelta(days=1),
    }

    change_programme(session=session, fields=moved, by=anna, version=session.version, reason="The hall.")

    assert [change.field for change in untold_changes(session)] == ["when"]
    assert OutgoingMail.objects.count() == before
    assert sequence(session) == first + 1


def test_a_change_can_be_told_at_once(session, anna):
    change_programme(session=session, fields={"place": "Online"}, by=anna, version=session.version)

    send(tell_now(session=session, by=anna))

    mail = OutgoingMail.objects.filter(body__subject__startswith="Something changed").first()
    assert "It is now: Online" in mail.body.text
    assert untold_changes(session) == []


def test_a_changed_promise_goes_to_everybody_and_asks_a_new_receipt(session, anna):
    invitation = session.invitations.first()
    session.invitations.filter(pk=invitation.pk).update(clear=Clear.YES)

    briefing = propose_change(
        session=session,
        fields={"influence": "consult"},
        by=anna,
        version=session.version,
        reason="The board asked for it.",
    )
    send(briefing)

    invitation.refresh_from_db()
    mails = OutgoingMail.objects.filter(key__contains=f":briefing:{briefing.pk}:")
    assert briefing.version == 2
    assert mails.count() == 2
    assert invitation.clear == ""
    text = mails.first().body.text
    assert "It was: You help make the outcome." in text
    assert "It is now: You give your view." in text
    assert "Why: The board asked for it." in text
    assert BriefingCopy.objects.filter(invitation=invitation).count() == 2


def test_who_agreed_to_another_promise_does_not_stand_in_it(session, anna):
    assert reading(session).endorsed

    propose_change(
        session=session, fields={"influence": "consult"}, by=anna, version=session.version, reason="Board."
    )

    assert reading(session).endorsed == ""
    told = OutgoingMail.objects.get(body__kind="endorsement_void")
    assert told.to_email == "anna@example.org"


def test_a_change_of_promise_needs_a_reason_and_a_difference(session, anna):
    with pytest.raises(DomainError, match="Say why"):
        propose_change(session=session, fields={"goal": "x"}, by=anna, version=session.version, reason=" ")
    with pytest.raises(DomainError, match="Nothing is different"):
        propose_change(session=session, fields={}, by=anna, version=session.version, reason="Because.")
    session.refresh_from_db()
    assert not BriefingChange.objects.exists()


def test_the_second_of_two_savers_is_told(session, anna):
    version = session.version
    correct_typo(session=session, fields={"goal": "one."}, by=anna, version=version)

    with pytest.raises(StaleSession):
        change_programme(session=session, fields={"place": "two"}, by=anna, version=version)


def test_before_sending_there_is_nothing_to_propose(workspace, anna):
    draft = make_promised_session(workspace=workspace, contact=anna)

    with pytest.raises(DomainError, match="Nothing has been sent yet"):
        correct_typo(session=draft, fields={"goal": "x"}, by=anna, version=draft.version)


def test_an_end_before_the_start_is_refused(session, anna):
    with pytest.raises(DomainError, match="end after it starts"):
        change_programme(
            session=session, fields={"ends_at": session.starts_at}, by=anna, version=session.version
        )


def test_a_cancelled_meeting_is_told_with_a_cancelling_entry(session, anna):
    assert tell_cancelled(session=session, by=anna, reason="The hall burnt down") == 2

    mail = OutgoingMail.objects.filter(body__kind="cancelled").first()
    entry = store.read(mail.body.attachments.get().file_id)
    assert b"METHOD:CANCEL" in entry
    assert "The hall burnt down." in mail.body.text


def test_a_withdrawn_invitation_is_told_to_that_person_only(session, anna):
    invitation = session.invitations.first()

    assert tell_withdrawn(invitation=invitation, by=anna) == 1

    assert OutgoingMail.objects.get(body__kind="withdrawn").to_email == invitation.person.email
