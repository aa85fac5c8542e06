"""A lost second step: asked by an owner, confirmed by mail, and never through another workspace's door."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.audit.trail import first_break
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.workspaces.actions import add_member, found_workspace
from dialoog.kernel.workspaces.models import Membership
from dialoog.kernel.workspaces.policy import Role

LINK = re.compile(r"/accounts/second-step/\S+")


def protect(user) -> None:
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)


def is_protected(user) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def ask(client: Client, workspace, user):
    row = Membership.objects.get(workspace=workspace, user=user)
    return client.post(workspace.url("workspaces:member_change", row.pk), {"reset": ""}, follow=True)


def mailed_path() -> str:
    return LINK.search(mail.outbox[-1].body).group()


def test_an_owner_asks_and_the_person_confirms(workspace, anna, bram, as_user, client):
    protect(bram)
    his = as_user(bram)

    page = ask(as_user(anna), workspace, bram)

    assert is_protected(bram)
    assert "bram@example.org" in page.content.decode()
    assert mail.outbox[-1].to == ["bram@example.org"]
    path = mailed_path()
    assert client.get(path).status_code == 200
    assert is_protected(bram)
    client.post(path)
    assert not is_protected(bram)
    assert his.get(workspace.url("portal:home")).status_code == 302
    events = AuditEvent.objects.on(bram)
    assert [(event.verb, event.actor_id) for event in events] == [
        ("second_step_reset_asked", anna.pk),
        ("second_step_reset", bram.pk),
    ]
    assert first_break(workspace) is None
    told = OutgoingMail.objects.get()
    assert (told.to_email, told.body.kind) == ("bram@example.org", "account_notice")
    assert "signed out everywhere" in told.body.text


def test_the_link_works_once_and_for_one_day(workspace, anna, bram, as_user, client):
    protect(bram)
    ask(as_user(anna), workspace, bram)
    path = mailed_path()

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.post(path).status_code == 410
    assert client.post(path).status_code == 302
    protect(bram)

    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    assert is_protected(bram)
    assert client.post("/accounts/second-step/x/").status_code == 410


def test_an_owner_makes_no_door_of_another_workspace_lighter(workspace, anna, bram, eva, as_user):
    elsewhere = eva.workspaces.get()
    add_member(workspace=elsewhere, user=bram, role=Role.READER)
    protect(bram)

    page = ask(as_user(anna), workspace, bram).content.decode()

    assert LINK.search(mail.outbox[-1].body) is None
    assert "only who keeps this Dialoog" in mail.outbox[-1].body
    # what the owner sees is the same: that somebody works elsewhere too is not theirs to know
    assert "bram@example.org" in page
    assert elsewhere.name not in page
    assert elsewhere.name not in mail.outbox[-1].body


def test_a_link_ends_when_the_person_joins_elsewhere_or_the_owner_is_owner_no_more(
    *, workspace, anna, bram, eva, as_user, client
):
    protect(bram)
    ask(as_user(anna), workspace, bram)
    path = mailed_path()

    elsewhere = add_member(workspace=eva.workspaces.get(), user=bram, role=Role.READER)
    assert client.post(path).status_code == 410
    elsewhere.delete()
    Membership.objects.filter(user=anna).update(role=Role.ORGANISER)
    assert client.post(path).status_code == 410

    assert is_protected(bram)


def test_who_owns_both_workspaces_may(workspace, anna, bram, as_user, client):
    second = found_workspace(name="Second", owner=anna)
    add_member(workspace=second, user=bram, role=Role.READER)
    protect(bram)
    ask(as_user(anna), workspace, bram)

    client.post(mailed_path())

    assert not is_protected(bram)
    assert {event.workspace for event in AuditEvent.objects.filter(verb="second_step_reset")} == {
        workspace,
        second,
    }


def test_never_ones_own_and_never_by_another_role(workspace, anna, bram, romy, as_user):
    protect(anna)
    protect(romy)

    own = ask(as_user(anna), workspace, anna).content.decode()
    other = ask(as_user(bram), workspace, romy)

    assert "Signing in safely" in own
    assert other.status_code == 403
    assert mail.outbox == []


def test_who_has_no_second_step_gets_no_mail(workspace, anna, bram, as_user):
    page = ask(as_user(anna), workspace, bram).content.decode()

    assert "has no second step" in page
    assert "Lost their second step" not in page
    assert mail.outbox == []


def test_who_keeps_the_server_helps_the_last_owner(workspace, anna, as_user, capsys):
    protect(anna)
    client = as_user(anna)

    call_command("reset_second_step", "ANNA@example.org")

    assert not is_protected(anna)
    assert client.get(workspace.url("portal:home")).status_code == 302
    event = AuditEvent.objects.on(anna).get()
    assert (event.verb, event.actor_kind, event.actor_id) == ("second_step_reset", "system", None)
    assert OutgoingMail.objects.get().to_email == "anna@example.org"
    with pytest.raises(CommandError, match="no second step"):
        call_command("reset_second_step", "anna@example.org")
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_step", "no@example.org")
