"""The meeting itself: who was there, what came of it, who promised what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from sessions.actions import conclude, follow_up
from sessions.actions.hold import enter_held_session, hold_session, save_attendance, suggested_attendance
from sessions.actions.plan import plan_session, save_meeting
from sessions.models import (
    Answer,
    Attendance,
    Commitment,
    Contribution,
    DialogueSession,
    Invitation,
    Outcome,
    SessionAssignment,
    Status,
    Wish,
    WishKind,
)
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import Person

pytestmark = pytest.mark.django_db
DAY = datetime(2027, 3, 2, 9, tzinfo=UTC)
AFTER = DAY + timedelta(days=1)


@pytest.fixture
def by(anna):
    return Actor.user(anna)


@pytest.fixture
def session(workspace, anna) -> DialogueSession:
    """A meeting on 2 March to which three people were invited."""
    groups = ensure_groups(workspace)
    with clock.at(DAY - timedelta(days=40)):
        session = plan_session(workspace=workspace, by=anna)
        fields = {"title": "Materials", "starts_at": DAY, "ends_at": DAY + timedelta(hours=6)}
        save_meeting(session=session, fields=fields, by=anna, version=session.version)
        for name, answer in (("Femke", Answer.YES), ("Joost", Answer.NO), ("Nadia", "")):
            person = Person.objects.create(workspace=workspace, name=name, email=f"{name}@example.org")
            Invitation.objects.create(
                session=session,
                person=person,
                group=groups[0],
                answer=answer,
                answered_at=clock.now() if answer else None,
                sent_at=clock.now(),
            )
    DialogueSession.objects.filter(pk=session.pk).update(
        status=Status.INVITING, goal="a list", use_of_outcomes="a plan", influence="involve", decides="yes"
    )
    session.refresh_from_db()
    return session


@pytest.fixture
def held(session, by) -> DialogueSession:
    with clock.at(AFTER):
        hold_session(session=session, by=by)
    return session


def test_attendance_is_refused_before_the_start(session, by):
    with clock.at(DAY - timedelta(minutes=1)), pytest.raises(DomainError, match="not started yet"):
        save_attendance(session=session, attendance={}, note="", by=by)


def test_attendance_is_suggested_from_the_answer(session):
    rows = session.invitations.order_by("pk")

    assert [suggested_attendance(row) for row in rows] == [Attendance.PRESENT, Attendance.ABSENT, ""]


def test_attendance_is_saved_for_all_at_once(session, by):
    first, second, _third = session.invitations.order_by("pk")
    with clock.at(DAY):
        changed = save_attendance(
            session=session, attendance={first.pk: "online", second.pk: "absent"}, note=" Rain. ", by=by
        )

    assert changed == 2
    assert list(session.invitations.took_part()) == [first]
    session.refresh_from_db()
    assert session.held_note == "Rain."


def test_attendance_of_another_meeting_is_left_alone(session, workspace, anna, by):
    other = plan_session(workspace=workspace, by=anna)
    stranger = Invitation.objects.create(session=other, person=session.invitations.first().person)
    with clock.at(DAY):
        save_attendance(session=session, attendance={stranger.pk: "present"}, note="", by=by)

    stranger.refresh_from_db()
    assert stranger.attendance == ""


def test_database_refuses_unknown_attendance(session):
    with pytest.raises(IntegrityError), transaction.atomic():
        session.invitations.update(attendance="asleep")


def test_meeting_is_held_once(held, by):
    assert held.status == Status.HELD
    with clock.at(AFTER), pytest.raises(DomainError, match="cannot become"):
        hold_session(session=held, by=by)


def test_meeting_is_not_held_before_it_starts(session, by):
    with clock.at(DAY - timedelta(days=1)), pytest.raises(DomainError, match="not started yet"):
        hold_session(session=session, by=by)


def test_past_meeting_is_entered_with_who_was_there(workspace, anna, by):
    ensure_groups(workspace)
    person = Person.objects.create(workspace=workspace, name="Femke", email="f@example.org")
    with clock.at(AFTER):
        session = plan_session(workspace=workspace, by=anna)
        fields = {"title": "Before", "starts_at": DAY, "ends_at": DAY + timedelta(hours=2)}
        save_meeting(session=session, fields=fields, by=anna, version=1)
        with pytest.raises(DomainError, match="at least one person"):
            enter_held_session(session=session, people=[], by=by)
        enter_held_session(session=session, people=[person], by=by)

    session.refresh_from_db()
    assert (session.status, session.was_briefed, session.is_sent) == (Status.HELD, False, False)
    assert session.invitations.get().attendance == Attendance.PRESENT


def test_meeting_to_come_cannot_be_entered_as_held(session, by):
    with clock.at(DAY), pytest.raises(DomainError, match="is over"):
        enter_held_session(session=session, people=[], by=by)


def test_outcomes_change_places(held, by):
    with clock.at(AFTER):
        rows = [conclude.save_outcome(session=held, kind="risk", text=text, by=by) for text in "abc"]
        conclude.move_outcome(outcome=rows[2], up=True, by=by)
        conclude.move_outcome(outcome=rows[0], up=True, by=by)

    assert "".join(held.outcomes.order_by("position").values_list("text", flat=True)) == "acb"


def test_outcome_without_words_is_refused(held, by):
    with clock.at(AFTER), pytest.raises(ValidationError):
        conclude.save_outcome(session=held, kind="risk", text=" ", by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(session=held, kind="risk", text="")


def test_wishes_become_contributions_once_and_are_merged(held, by):
    people = list(held.invitations.order_by("pk"))
    for invitation in people[:2]:
        Wish.objects.create(session=held, kind=WishKind.AGENDA, text="Closer to us", invitation=invitation)

    assert conclude.contributions_from_wishes(session=held, by=by) == 2
    assert conclude.contributions_from_wishes(session=held, by=by) == 0
    merged = conclude.merge_contributions(
        contributions=list(held.contributions.all()), text="A place nearer by", by=by
    )
    assert Contribution.objects.get() == merged
    assert merged.wishes.count() == 2


def test_merging_one_is_refused(held, by):
    one = conclude.save_contribution(session=held, text="one", by=by)

    with pytest.raises(DomainError, match="at least two"):
        conclude.merge_contributions(contributions=[one], text="", by=by)


def test_database_refuses_rejection_without_reason(held, by):
    one = conclude.save_contribution(session=held, text="one", by=by)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=one.pk).update(response="not")


def test_finding_out_needs_a_date_before_reporting(held, by):
    one = conclude.save_contribution(session=held, text="one", by=by)
    conclude.respond_to_contributions(session=held, responses={one.pk: ("study", "", None)}, by=by)

    with pytest.raises(DomainError, match="needs a date"):
        conclude.require_concluded(held)


def commitment(session, by, **fields) -> Commitment:
    values = {"text": "Freeze orders", "owner_name": "Haverkamp", "due_on": date(2027, 6, 30), **fields}
    return follow_up.make_commitment(session=session, **values, by=by)


def test_commitments_are_numbered_and_the_organisers_own_carries_its_name(held, by):
    first, second = commitment(held, by), commitment(held, by, owner_name="", by_organiser=True)

    assert (first.number, second.number, second.owner_name) == (1, 2, "Home & Table")


def test_commitment_without_owner_is_refused(held, by):
    with pytest.raises(DomainError, match="who does what"):
        commitment(held, by, owner_name="")


def test_finished_commitment_is_finished(held, by):
    made = commitment(held, by)
    with clock.at(AFTER):
        with pytest.raises(DomainError, match="still to come"):
            follow_up.complete_commitment(commitment=made, done_on=date(2027, 3, 9), by=by)
        follow_up.complete_commitment(commitment=made, done_on=date(2027, 3, 3), by=by)
        with pytest.raises(DomainError, match="finished already"):
            follow_up.drop_commitment(commitment=made, reason="no", by=by)


def url(session, name, *args):
    return reverse(f"sessions:{name}", args=[session.workspace.slug, session.pk, *args])


def test_meeting_page_is_for_who_records(held, as_user, anna, chaima, romy, eva):  # noqa: PLR0917
    SessionAssignment.objects.create(session=held, user=chaima)

    users = {"anna": anna, "chaima": chaima, "romy": romy, "eva": eva}
    found = {who: as_user(user).get(url(held, "meeting_detail")).status_code for who, user in users.items()}
    assert found == {"anna": 200, "chaima": 200, "romy": 403, "eva": 404}


def test_facilitator_writes_down_without_seeing_who_said_what(held, as_user, chaima, by):
    SessionAssignment.objects.create(session=held, user=chaima)
    said = conclude.save_contribution(session=held, text="said", people=[held.invitations.first()], by=by)
    client = as_user(chaima)
    page = client.get(url(held, "contribution_edit", said.pk)).content.decode()
    client.post(url(held, "contribution_edit", said.pk), {"text": "said otherwise"})

    assert "Who said it" not in page
    said.refresh_from_db()
    assert (said.text, said.people.count()) == ("said otherwise", 1)


def test_attendance_page_saves_and_holds(session, as_user, anna):
    rows = session.invitations.order_by("pk")
    data = {f"p{row.pk}": "present" for row in rows} | {"held": "1"}
    with clock.at(AFTER):
        response = as_user(anna).post(url(session, "attendance_save"), data)

    assert response.status_code == 302
    session.refresh_from_db()
    assert session.status == Status.HELD
    assert session.invitations.took_part().count() == 3


def test_attendance_page_says_that_it_is_too_early(session, as_user, anna):
    with clock.at(DAY - timedelta(days=1)):
        response = as_user(anna).post(url(session, "attendance_save"), {"note": "typed already"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "The meeting has not started yet." in page
    assert "typed already" in page


def test_outcome_and_commitment_pages(held, as_user, anna):
    client = as_user(anna)
    with clock.at(AFTER):
        assert client.post(url(held, "outcome_new"), {"kind": "risk", "text": ""}).status_code == 422
        client.post(url(held, "outcome_new"), {"kind": "decision", "text": "Cotton", "figure": "4.3"})
        outcome = held.outcomes.get()
        client.post(url(held, "outcome_edit", outcome.pk), {"remove": "1"})
        bad = client.post(url(held, "commitment_new"), {"text": "Pilot", "due_on": "2027-05-01"})
        client.post(
            url(held, "commitment_new"), {"text": "Pilot", "due_on": "2027-02-20", "owner_name": "Bank"}
        )
        made = held.commitments.get()
        listed = client.get(reverse("sessions:commitment_list", args=[held.workspace.slug])).content.decode()
        done = {"done": "1", "done-done_on": "2027-03-02"}
        client.post(url(held, "commitment_edit", made.pk), done)

    assert bad.status_code == 422
    assert not held.outcomes.exists()
    assert "11 days late" in listed
    made.refresh_from_db()
    assert made.status == "done"


def test_lists_cost_the_same_for_one_and_three_rows(held, as_user, anna, by):
    client = as_user(anna)
    pages = [url(held, "meeting_detail"), reverse("sessions:commitment_list", args=[held.workspace.slug])]
    counts = []
    for _round in range(2):
        for text in "ab":
            conclude.save_contribution(session=held, text=text, by=by)
            commitment(held, by, text=text)
            with clock.at(AFTER):
                conclude.save_outcome(session=held, kind="risk", text=text, by=by)
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                client.get(page)
            counts.append(len(captured))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 20
