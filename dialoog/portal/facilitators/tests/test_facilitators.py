"""A facilitator sees the meetings that were ticked, and no other."""

from dialoog.kernel.audit.models import AuditEvent
from dialoog.testing.factories import make_session


def test_an_owner_assigns_meetings(workspace, anna, chaima, as_user):
    chosen, other = make_session(workspace=workspace, title="One"), make_session(workspace=workspace)
    address = workspace.url("portal:facilitator_meetings", workspace.memberships.get(user=chaima).pk)
    client = as_user(anna)

    assert "One" in client.get(address).content.decode()
    for _attempt in range(2):
        assert client.post(address, {"sessions": [chosen.pk]}).status_code == 302

    guest = as_user(chaima)
    assert guest.get(workspace.url("portal:session_detail", chosen.pk)).status_code == 200
    assert guest.get(workspace.url("portal:session_detail", other.pk)).status_code == 404
    event = AuditEvent.objects.on(chaima).get()
    assert (event.verb, event.data) == ("facilitator_assigned", {"added": [chosen.pk], "removed": []})


def test_a_tick_can_be_taken_away(workspace, anna, chaima, as_user):
    session = make_session(workspace=workspace)
    session.assignments.create(user=chaima)
    address = workspace.url("portal:facilitator_meetings", workspace.memberships.get(user=chaima).pk)

    as_user(anna).post(address, {})

    assert not session.assignments.exists()


def test_a_meeting_of_another_workspace_is_refused(workspace, anna, chaima, eva, as_user):
    foreign = make_session(workspace=eva.workspaces.get())
    address = workspace.url("portal:facilitator_meetings", workspace.memberships.get(user=chaima).pk)

    assert as_user(anna).post(address, {"sessions": [foreign.pk]}).status_code == 422
    assert not foreign.assignments.exists()


def test_only_facilitators_have_meetings_of_their_own(workspace, anna, bram, as_user):
    address = workspace.url("portal:facilitator_meetings", workspace.memberships.get(user=bram).pk)

    assert as_user(anna).get(address).status_code == 404
