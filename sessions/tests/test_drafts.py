"""Drafts that are not wanted any more."""

import pytest

from dialoog.kernel import clock
from dialoog.kernel.audit.models import AuditEvent
from dialoog.testing.factories import invite, make_person, make_promised_session, make_sent_session
from sessions.actions.endorse import ask_endorsement
from sessions.models import Dialogue, DialogueSession, Invitation, Status
from stakeholders.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def delete(client, session):
    return client.post(session.workspace.url("sessions:session_delete", session.pk))


def test_a_draft_goes_with_everything_in_it_and_the_people_stay(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    invite(session=session, person=make_person(workspace=workspace, name="Daan"))
    page = as_user(bram).get(workspace.url("sessions:session_delete", session.pk)).content.decode()
    assert "the list of 1 person" in page

    answer = delete(as_user(bram), session)

    assert answer.url == workspace.url("sessions:session_list")
    assert not DialogueSession.objects.exists()
    assert not Dialogue.objects.exists()
    assert Person.objects.filter(name="Daan").exists()
    assert AuditEvent.objects.order_by("-pk").first().verb == "draft_deleted"


@pytest.mark.parametrize("how", ["ready", "sent", "told", "endorsed"])
def test_once_anybody_heard_of_it_it_stays(workspace, bram, as_user, how):
    session = (
        make_sent_session(workspace=workspace)
        if how == "sent"
        else make_promised_session(workspace=workspace)
    )
    invite(session=session)
    if how == "ready":
        DialogueSession.objects.update(status=Status.PLANNED)
    if how == "told":
        Invitation.objects.update(sent_at=clock.now())
    if how == "endorsed":
        ask_endorsement(session=session, name="Board", function="", email="b@board.example", by=bram)

    answer = delete(as_user(bram), session)

    assert answer.status_code == 422
    assert DialogueSession.objects.filter(pk=session.pk).exists()


def test_two_drafts_of_one_name_are_told_apart_by_when_they_were_begun(workspace, bram, as_user):
    first = make_promised_session(workspace=workspace, title="The talk")
    make_promised_session(workspace=workspace, title="The talk")
    DialogueSession.objects.filter(pk=first.pk).update(created_at=clock.now().replace(hour=3, minute=7))

    page = as_user(bram).get(workspace.url("sessions:session_list")).content.decode()

    moments = [line for line in page.split("<p>") if "begun on" in line]
    assert len({line.split("</p>")[0] for line in moments}) == 2
