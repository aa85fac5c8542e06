"""What is checked of the answers, and after the meeting of record and report."""

from datetime import timedelta

from dialoog.kernel import clock
from dialoog.testing.factories import answer, ask, invite, make_commitment, make_outcome, make_sent_session
from sessions.models import Answer, Attendance, Contribution, Status
from sessions.readiness.registry import open_findings
from sessions.tests.readiness.conftest import fresh, ids, put


def test_place_that_shuts_out_a_group(sent):
    first, *_others = sent.invitations.order_by("pk")
    group = first.group_id
    answer(invitation=first, answer=Answer.NO, decline_reasons=["far"])
    found = open_findings(fresh(sent)).find(f"T9:{group}")
    assert found.title == "1 of the group “Companies” does not come: too far"

    answer(invitation=first, answer=Answer.YES)
    assert f"T9:{group}" not in ids(sent)


def test_group_of_which_few_come(sent):
    for invitation in sent.invitations.all():
        answer(invitation=invitation, answer=Answer.NO)

    found = open_findings(fresh(sent)).find(f"T9:{sent.invitations.first().group_id}")
    assert found.title == "Few of the group “Companies” come: 0 of 4"


def test_question_deputy_and_silence(sent):
    first, second, *_rest = sent.invitations.order_by("pk")
    question = ask(invitation=first)
    answer(invitation=second, answer=Answer.DEPUTY, deputy_name="Jan")
    put(sent, answer_by=clock.today() - timedelta(days=1))
    assert {"T66", "deputies", "silent"} <= ids(sent)

    type(question).objects.update(answer="Yes.", answered_at=clock.now())
    invite(session=sent, replaces=second)
    for invitation in sent.invitations.filter(answer=""):
        answer(invitation=invitation)
    assert not {"T66", "deputies", "silent"} & ids(sent)


def test_after_the_meeting(workspace):
    session = make_sent_session(workspace=workspace, days=-3)
    invitation = invite(session=session)
    assert "record" in ids(session)

    put(session, status=Status.HELD)
    assert ids(session) == {"attendance", "outcomes"}

    type(invitation).objects.update(attendance=Attendance.PRESENT)
    make_outcome(session=session)
    assert ids(session) == set()


def test_report_contributions_and_commitments(workspace):
    session = make_sent_session(workspace=workspace, days=-20, status=Status.HELD)
    make_outcome(session=session)
    row = Contribution.objects.create(session=session, text="Late changes")
    late = make_commitment(session=session, due_on=clock.today() - timedelta(days=1))
    assert ids(session) == {"T28-due", "T44", "T51"}

    put(session, status=Status.REPORTED)
    assert ids(session) == {"T51"}
    type(late).objects.update(status="done", done_on=clock.today())
    type(row).objects.update(response="study")
    put(session, status=Status.HELD, report_by=clock.today() + timedelta(days=30))
    assert ids(session) == set()
