"""A published commitment changes only together with those it touches (T53)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import (
    invite,
    make_commitment,
    make_organisation,
    make_person,
    make_promised_session,
    make_proposal,
)
from sessions.actions import follow_up
from sessions.actions.conclude import save_contribution
from sessions.actions.forget import forget_person
from sessions.actions.propose import (
    answer_proposal,
    carry_out_proposal,
    propose_commitment_change,
    withdraw_proposal,
)
from sessions.models import (
    Attendance,
    ChangeProposal,
    Commitment,
    PlannedKind,
    PlannedMail,
    ProposalAnswer,
    ProposalKind,
    ProposalState,
    ProposalView,
    SessionAssignment,
    Status,
    Via,
)
from sessions.proposals import agreed_by, tally, touched
from stakeholders.models import Channel, Mode

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 20, 9, tzinfo=UTC)
NEW_DAY = date(2027, 7, 18)
AGREED, RATHER_NOT = ProposalView.AGREED, ProposalView.RATHER_NOT


@pytest.fixture(autouse=True)
def _march():
    with clock.at(NOW):
        yield


@pytest.fixture
def by(anna):
    return Actor.user(anna)


@pytest.fixture
def session(workspace):
    """Reported back, with Femke of the mill, Joost who said something, Nadia, and W1 behind Sunita."""
    session = make_promised_session(workspace=workspace, days=-18, status=Status.REPORTED)
    mill = make_organisation(workspace=workspace, name="Mill")
    sunita = make_person(workspace=workspace, name="Sunita")
    hidden = {"channel": Channel.INTERMEDIARY, "intermediary": sunita, "participation_mode": Mode.PSEUDONYM}
    for name, fields in {
        "Femke": {"organisation": mill},
        "Joost": {"neutral_mail": True},
        "Nadia": {},
        "W1": hidden,
    }.items():
        person = make_person(workspace=workspace, name=name, **fields)
        invite(session=session, person=person, attendance=Attendance.PRESENT, sent_at=NOW)
    return session


def of(session, name):
    return session.invitations.select_related("session__dialogue__workspace", "person").get(person__name=name)


@pytest.fixture
def commitment(session, by) -> Commitment:
    """The mill's own, published, answering what Joost and W1 said."""
    said = save_contribution(
        session=session, text="Less haste", people=[of(session, "Joost"), of(session, "W1")], by=by
    )
    made = make_commitment(
        session=session,
        text="Freeze orders",
        due_on=date(2027, 6, 30),
        owner=of(session, "Femke").person.organisation,
        published_at=NOW,
        told_in=1,
    )
    made.contributions.add(said)
    return made


@pytest.fixture
def proposal(commitment, by) -> ChangeProposal:
    return propose_commitment_change(
        commitment=commitment, kind=ProposalKind.MOVE, to=NEW_DAY, reason="The looms come late", by=by
    )


def say(proposal, name, answer, **values):
    row = of(proposal.commitment.session, name)
    return answer_proposal(
        proposal=proposal, invitation=row, answer=answer, by=Actor.guest(row.person_id), **values
    )


def verbs():
    return list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))


def test_those_it_touches_are_the_promisers_and_who_said_what_it_answers(commitment, session):
    own = make_commitment(session=session, by_organiser=True)

    assert [row.person.name for row in touched(commitment)] == ["Femke", "Joost", "W1"]
    assert [row.person.name for row in touched(own)] == ["Femke", "Joost", "Nadia", "W1"]


def test_a_published_commitment_is_not_editable(commitment, by):
    values = {"text": "Other", "owner_name": "Mill", "due_on": NEW_DAY}
    with pytest.raises(DomainError, match="People know this"):
        follow_up.change_commitment(commitment=commitment, **values, by=by)
    with pytest.raises(DomainError, match="People know this"):
        follow_up.drop_commitment(commitment=commitment, reason="no", by=by)

    commitment.refresh_from_db()
    assert (commitment.text, commitment.status) == ("Freeze orders", "running")


def test_what_nobody_knows_is_edited_freely_and_needs_no_proposal(session, by):
    session.status = Status.HELD
    session.save()
    made = follow_up.make_commitment(session=session, text="A", owner_name="Bank", due_on=NEW_DAY, by=by)

    values = {"text": "B", "owner_name": "Bank", "due_on": date(2027, 8, 1)}
    follow_up.change_commitment(commitment=made, **values, by=by)

    assert (made.text, made.due_on, made.first_due_on) == ("B", date(2027, 8, 1), date(2027, 8, 1))
    with pytest.raises(DomainError, match="simply change"):
        propose_commitment_change(commitment=made, kind=ProposalKind.DROP, reason="No money", by=by)


def test_what_is_promised_after_the_report_is_known_at_once(session, by):
    made = follow_up.make_commitment(session=session, text="A", owner_name="Bank", due_on=NEW_DAY, by=by)

    assert (made.published_at, made.told_in) == (NOW, None)


def test_one_mail_to_each_of_them_and_a_neutral_one_where_that_is_safer(proposal):
    mails = {mail.to_name: mail for mail in OutgoingMail.objects.filter(body__kind="proposal")}

    assert sorted(mails) == ["Femke", "Joost", "Sunita"]
    assert mails["Femke"].body.subject == "Something promised may change: please answer before 27 March"
    assert "The looms come late" in mails["Femke"].body.text
    assert mails["Joost"].body.subject == "A message from Anna de Boer"
    assert "looms" not in mails["Joost"].body.text + mails["Joost"].body.html
    row = PlannedMail.objects.get(kind=PlannedKind.PROPOSAL)
    assert (row.count, row.state, row.subject_id) == (3, "done", proposal.pk)


def test_answers_are_counted_and_the_change_is_carried_out_after_the_term(proposal, commitment, by):
    say(proposal, "Femke", AGREED)
    say(proposal, "Joost", RATHER_NOT, reason="Then we lose a season")
    with pytest.raises(DomainError, match="until 27 March"):
        carry_out_proposal(proposal=proposal, by=by)

    with clock.at(NOW + timedelta(days=8)):
        carry_out_proposal(proposal=proposal, by=by)

    commitment = Commitment.objects.with_changes().get(pk=commitment.pk)
    assert (commitment.first_due_on, commitment.due_on) == (date(2027, 6, 30), NEW_DAY)
    assert commitment.note == "The looms come late"
    assert agreed_by(commitment) == "agreed by 1 of 3"
    counts = tally(proposal.answers.all())
    assert counts.sentence == "3 people were asked: 1 agreed, 1 rather not, 1 did not answer."
    assert verbs()[-4:] == [
        "commitment_change_proposed",
        "proposal_answered",
        "proposal_answered",
        "proposal_carried_out",
    ]


def test_when_everybody_answered_nobody_waits_for_the_term(proposal, commitment, by):
    for name in ("Femke", "Joost", "W1"):
        say(proposal, name, AGREED)

    carry_out_proposal(proposal=proposal, by=by)

    commitment.refresh_from_db()
    assert commitment.due_on == NEW_DAY


@pytest.mark.parametrize(
    ("kind", "to", "field", "value"),
    [
        (ProposalKind.WORDS, "Freeze half of the orders", "text", "Freeze half of the orders"),
        (ProposalKind.DROP, None, "status", "dropped"),
    ],
)
def test_other_words_and_an_end_go_the_same_way(commitment, by, kind, to, field, value):  # noqa: PLR0917
    proposal = propose_commitment_change(commitment=commitment, kind=kind, to=to, reason="No money", by=by)
    with clock.at(NOW + timedelta(days=8)):
        carry_out_proposal(proposal=proposal, by=by)

    commitment.refresh_from_db()
    assert (getattr(commitment, field), commitment.note) == (value, "No money")


def test_the_same_answer_twice_is_recorded_once_and_another_replaces_it(proposal):
    for _attempt in range(2):
        say(proposal, "Femke", AGREED)
    say(proposal, "Femke", RATHER_NOT, reason="On second thoughts")

    assert proposal.answers.exclude(answer="").get().answer == RATHER_NOT
    assert verbs().count("proposal_answered") == 2


def test_refused_with_a_sentence(proposal, commitment, by):
    with pytest.raises(DomainError, match="Say why you would rather not"):
        say(proposal, "Femke", RATHER_NOT, reason=" ")
    with pytest.raises(DomainError, match="not asked"):
        say(proposal, "Nadia", AGREED)
    with pytest.raises(DomainError, match="being asked already"):
        propose_commitment_change(commitment=commitment, kind=ProposalKind.DROP, reason="x", by=by)
    withdraw_proposal(proposal=proposal, by=by)
    with pytest.raises(DomainError, match="settled meanwhile"):
        say(proposal, "Femke", AGREED)
    with pytest.raises(DomainError, match="settled already"):
        withdraw_proposal(proposal=proposal, by=by)
    for kind, to, why, words in (
        (ProposalKind.MOVE, commitment.due_on, "x", "another date"),
        (ProposalKind.WORDS, commitment.text, "x", "other words"),
        (ProposalKind.MOVE, NEW_DAY, " ", "Say why"),
    ):
        with pytest.raises(DomainError, match=words):
            propose_commitment_change(commitment=commitment, kind=kind, to=to, reason=why, by=by)


def test_done_meanwhile_makes_the_question_needless(proposal, commitment, by):
    follow_up.complete_commitment(commitment=commitment, done_on=NOW.date(), by=by)

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN
    assert not OutgoingMail.objects.filter(body__kind="proposal", status="pending").exists()


def test_the_erased_leave_their_number_and_no_words(proposal):
    row = say(proposal, "Joost", RATHER_NOT, reason="Then we lose a season")

    forget_person(person=row.invitation.person)

    row.refresh_from_db()
    assert (row.answer, row.reason) == (RATHER_NOT, "")


# --- pages


def at(session, name, *args):
    return session.workspace.url(f"sessions:{name}", session.pk, *args)


def test_organiser_proposes_writes_down_and_carries_out(as_user, anna, commitment, session):
    client = as_user(anna)
    posted = {"move": "1", "move-due_on": "2027-07-18", "move-reason": "The looms come late"}
    before = client.get(at(session, "commitment_edit", commitment.pk)).content.decode()
    client.post(at(session, "proposal_new", commitment.pk), posted)
    proposal = commitment.proposals.get()
    answers = at(session, "proposal_answer", proposal.pk)
    whom = str(of(session, "Joost").pk)
    bad = client.post(answers, {"whom": whom, "answer": "rather_not", "via": "phone"})
    good = {"whom": whom, "answer": "rather_not", "reason": "A season", "via": "phone", "said_by": "His wife"}
    client.post(answers, good)
    page = client.get(at(session, "commitment_edit", commitment.pk)).content.decode()
    early = client.post(at(session, "proposal_settle", proposal.pk), {"carry_out": "1"}, follow=True)
    with clock.at(NOW + timedelta(days=8)):
        for _window in range(2):
            late = client.post(at(session, "proposal_settle", proposal.pk), {"carry_out": "1"}, follow=True)

    assert "These 3 people are asked" in before
    assert bad.status_code == 422
    assert "Say why they would rather not" in bad.content.decode()
    row = ProposalAnswer.objects.get(invitation=whom, proposal=proposal)
    assert (row.via, row.said_by, row.recorded_by) == (Via.PHONE, "His wife", anna)
    assert "His wife" in page
    assert "Wait for that" in early.content.decode()
    assert "settled already" in late.content.decode()
    commitment.refresh_from_db()
    assert commitment.due_on == NEW_DAY
    assert "Agreed by 0 of 3" in client.get(at(session, "meeting_detail")).content.decode()


def test_a_proposal_that_says_nothing_is_given_back(as_user, anna, commitment, session):
    answer = as_user(anna).post(
        at(session, "proposal_new", commitment.pk), {"words": "1", "words-text": "Half", "words-reason": ""}
    )

    assert answer.status_code == 422
    assert "Half</textarea>" in answer.content.decode()
    assert not ChangeProposal.objects.exists()


def test_proposals_are_of_who_reports(as_user, chaima, romy, eva, proposal, session, commitment):  # noqa: PLR0917
    SessionAssignment.objects.create(session=session, user=chaima)
    pages = [
        at(session, "proposal_new", commitment.pk),
        at(session, "proposal_answer", proposal.pk),
        at(session, "proposal_settle", proposal.pk),
    ]
    for user, expected in ((chaima, 403), (romy, 403), (eva, 404)):
        assert {as_user(user).post(page).status_code for page in pages} == {expected}
    seen = as_user(chaima).get(at(session, "commitment_edit", commitment.pk)).content.decode()
    assert "Joost" not in seen
    assert "3 people were asked" in seen


def test_proposal_of_another_meeting_is_not_found(as_user, anna, workspace, proposal):
    other = make_promised_session(workspace=workspace)

    assert as_user(anna).post(at(other, "proposal_settle", proposal.pk)).status_code == 404


def test_commitment_pages_cost_the_same_for_one_and_three(as_user, anna, session, by):
    client, counts = as_user(anna), []
    for rounds in (1, 2):
        for _each in range(rounds):
            made = make_commitment(session=session, published_at=NOW)
            make_proposal(commitment=made)
        for page in (
            session.workspace.url("sessions:commitment_list"),
            at(session, "commitment_edit", made.pk),
        ):
            client.get(page)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            counts.append(len(captured))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 25
