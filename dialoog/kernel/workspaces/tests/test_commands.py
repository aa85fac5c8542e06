"""What is typed at the machine itself: commands, and the link they print."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.kernel.workspaces.one_time import make_link
from dialoog.kernel.workspaces.policy import Role

ELSEWHERE = "203.0.113.9"


def path_of(link: str) -> str:
    return link.removeprefix(django_settings.BASE_URL)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_link_signs_in_once(anna, client):
    path = path_of(make_link(anna))

    assert client.get(path).status_code == 200
    assert not signed_in(client)
    assert client.post(path).status_code == 302
    assert signed_in(client)

    again = Client()
    assert again.get(path).status_code == 410
    assert again.post(path).status_code == 410
    assert not signed_in(again)


def test_the_link_ends_after_a_quarter_of_an_hour(anna, client):
    path = path_of(make_link(anna))

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.post(path).status_code == 410
    assert not signed_in(client)


@pytest.mark.parametrize("token", ["x", "WzEsIiJd:1xUuho:AAAA", "a" * 2000])
def test_a_forged_link_signs_nobody_in(db, client, token):
    assert client.post(f"/accounts/once/{token}/").status_code == 410


def test_the_link_works_on_the_machine_itself_only(anna, client):
    path = path_of(make_link(anna))

    assert client.post(path, REMOTE_ADDR=ELSEWHERE).status_code == 404
    assert not signed_in(client)


def test_the_link_does_not_exist_with_a_mail_server(anna, client, settings):
    path = path_of(make_link(anna))
    settings.EMBEDDED = False

    assert client.post(path).status_code == 404
    with pytest.raises(CommandError, match="mailed code"):
        call_command("sign_in_link", anna.email)


def test_prepare_makes_the_first_workspace_once(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    Workspace.objects.create(name="Demo", slug="demo", is_demo=True)

    call_command("prepare")
    call_command("prepare")

    own = Workspace.objects.get(is_demo=False)
    assert [membership.role for membership in own.memberships.all()] == [Role.OWNER]
    assert Workspace.objects.get(is_demo=True).memberships.get().user == own.memberships.get().user


def test_create_workspace_tells_the_owner_by_mail(db, settings):
    settings.EMBEDDED = False

    call_command("create_workspace", "Wool & Co", "--owner", "Owner@Dialoog.nl", "--owner-name", "Ina")

    user = User.objects.get()
    assert (user.email, user.name) == ("owner@dialoog.nl", "Ina")
    assert user.memberships.get().role == Role.OWNER
    assert mail.outbox[0].to == ["owner@dialoog.nl"]
    assert "Wool & Co" in mail.outbox[0].body


def test_create_workspace_refuses_what_is_no_address(db):
    with pytest.raises(CommandError, match="not a mail address"):
        call_command("create_workspace", "Wool", "--owner", "nobody")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "abc", "PORT"),
        ("BASE_URL", "nonsense", "BASE_URL"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL"),
        ("REDIS_URL", "http://x", "REDIS_URL"),
        ("EMAIL_URL", "smtp://mail.dialoog.nl", "BASE_URL"),
        ("DIALOOG_TYPO", "1", "DIALOOG_TYPO"),
        ("MAIL_FORM", "me@dialoog.nl", "Do you mean MAIL_FROM?"),
        ("DATABASE_URL", "postgresql://postgres:secret@127.0.0.1:9/x", "“x” at 127.0.0.1:9 does not answer"),
        ("REDIS_URL", "redis://:secret@127.0.0.1:9/0", "127.0.0.1:9 does not answer"),
    ],
)
def test_a_broken_environment_stops_the_start_with_a_sentence(name, value, says, tmp_path):
    environment = {**os.environ, "DIALOOG_VAR": str(tmp_path), name: value}

    done = subprocess.run(
        [sys.executable, "manage.py", "up"],
        env=environment,
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    *_waiting, last = done.stderr.strip().splitlines()
    assert last.startswith("Dialoog cannot start: ")
    assert says in last
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr
