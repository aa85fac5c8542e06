"""Joining by a mailed link: once, in time, and never into somebody else's account."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.errors import DomainError
from dialoog.kernel.members.actions import accept_invitation, invitation_token, invite_member
from dialoog.kernel.workspaces.models import MemberInvitation, User
from dialoog.kernel.workspaces.policy import Role

NEW = "sam@example.org"


@pytest.fixture
def invitation(workspace, anna) -> MemberInvitation:
    return invite_member(workspace=workspace, email=NEW, role=Role.ORGANISER, by=anna, name="Sam")


def link(invitation: MemberInvitation) -> str:
    return f"/accounts/join/{invitation_token(invitation)}/"


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_an_owner_invites_and_the_new_colleague_lands_in_the_workspace(workspace, anna, as_user, client):
    members = workspace.url("workspaces:member_list")
    as_user(anna).post(members, {"email": "Sam@Example.org", "name": "Sam", "role": "organiser"})
    message = mail.outbox[0]
    path = re.search(r"/accounts/join/\S+", message.body).group()

    assert (message.to, message.reply_to) == ([NEW], [anna.email])
    assert client.get(path).status_code == 200
    assert not User.objects.filter(email=NEW).exists()
    answer = client.post(path, {"name": "Sam Smit"})

    user = User.objects.get(email=NEW)
    assert answer.url == workspace.url("portal:home")
    assert signed_in_as(client) == str(user.pk)
    assert (user.name, user.memberships.get().role) == ("Sam Smit", Role.ORGANISER)
    assert user.emailaddress_set.get().verified
    assert [event.verb for event in AuditEvent.objects.on(user)] == ["member_joined"]


def test_a_link_works_once(invitation, client):
    client.post(link(invitation), {"name": "Sam"})

    again = Client().post(link(invitation), {"name": "Somebody"})

    assert again.status_code == 410
    assert "It has been used" in again.content.decode()
    assert User.objects.get(email=NEW).name == "Sam"


def test_an_expired_link_says_so(invitation, client):
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        answer = client.post(link(invitation), {"name": "Sam"})

    assert answer.status_code == 410
    assert "older than fourteen days" in answer.content.decode()


def test_a_newer_invitation_replaces_an_open_one(workspace, anna, invitation, client):
    newer = invite_member(workspace=workspace, email=NEW.upper(), role=Role.READER, by=anna)

    old = client.get(link(invitation))

    assert old.status_code == 410
    assert "withdrawn" in old.content.decode()
    assert client.get(link(newer)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "é"])
def test_an_unknown_link_says_so(client, token):
    assert client.get(f"/accounts/join/{token}/").status_code == 410


def test_looking_uses_nothing_up(invitation, client):
    client.get(link(invitation))
    client.head(link(invitation))

    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_holding_the_link_opens_no_existing_account(workspace, anna, eva, client):
    invitation = invite_member(workspace=workspace, email=eva.email, role=Role.OWNER, by=anna)

    page = client.get(link(invitation))
    client.post(link(invitation), {"name": "A thief"})

    assert "Sign in first" in page.content.decode()
    assert signed_in_as(client) is None
    assert not workspace.memberships.filter(user=eva).exists()
    assert User.objects.get(pk=eva.pk).name == "Eva Elders"


def test_an_existing_user_joins_as_themselves_after_signing_in(workspace, anna, eva, as_user, client):
    invitation = invite_member(workspace=workspace, email=eva.email, role=Role.READER, by=anna)
    sign_in = re.search(
        r'href="(/accounts/login/\?next=[^"]+)"', client.get(link(invitation)).content.decode()
    )

    answer = as_user(eva).post(link(invitation))

    assert sign_in is not None
    assert answer.url == workspace.url("portal:home")
    assert workspace.memberships.get(user=eva).role == Role.READER


@pytest.mark.parametrize("address", [NEW, "bram@example.org"])
def test_somebody_else_who_is_signed_in_may_not_use_it(workspace, anna, eva, as_user, address):
    invitation = invite_member(workspace=workspace, email=address, role=Role.OWNER, by=anna)
    client = as_user(eva)

    answer = client.post(link(invitation), {"name": "Eva"})

    assert answer.status_code == 403
    assert "You are signed in as Eva Elders" in answer.content.decode()
    assert signed_in_as(client) == str(eva.pk)
    assert not workspace.memberships.filter(user=eva).exists()
    assert not User.objects.filter(email=NEW).exists()


def test_the_action_itself_refuses_the_wrong_person(invitation, eva):
    with pytest.raises(DomainError, match="another address"):
        accept_invitation(invitation=invitation, user=eva)


def test_an_open_invitation_is_sent_again_and_withdrawn(workspace, anna, invitation, as_user, client):
    address = workspace.url("workspaces:invitation_change", invitation.pk)

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        owner = as_user(anna)
        owner.post(address, {"send": ""})
        assert link(invitation) in mail.outbox[0].body
        assert client.get(link(invitation)).status_code == 200
        owner.post(address, {"withdraw": ""})

        assert client.get(link(invitation)).status_code == 410
    verbs = [event.verb for event in AuditEvent.objects.on(invitation)]
    assert verbs == ["member_invited", "member_invitation_renewed", "member_invitation_withdrawn"]


def test_an_invitation_of_another_workspace_is_not_found(invitation, eva, as_user):
    elsewhere = eva.workspaces.get()

    answer = as_user(eva).post(elsewhere.url("workspaces:invitation_change", invitation.pk), {"withdraw": ""})

    assert answer.status_code == 404


def test_a_member_is_not_invited_twice(workspace, anna, bram, as_user):
    fields = {"email": bram.email, "name": "", "role": "reader"}

    answer = as_user(anna).post(workspace.url("workspaces:member_list"), fields)

    assert answer.status_code == 422
    assert "already a member" in answer.content.decode()
