"""What people hear of changes in how they sign in; never a code, never a link that signs in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from dialoog.kernel.members import notices
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.workspaces.actions import make_user
from dialoog.kernel.workspaces.models import User

SECRET = "JBSWY3DPEHPK3PXP"


def told(workspace) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(workspace=workspace).select_related("body").order_by("pk"))


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "One step fewer to sign in"), ("nl", "Een stap minder bij het aanmelden")],
)
def test_who_stops_the_app_is_told_in_their_language(workspace, anna, as_user, language, subject):
    User.objects.filter(pk=anna.pk).update(language=language)
    TOTP.activate(anna, SECRET)

    as_user(anna).post("/accounts/2fa/totp/deactivate/")

    row = told(workspace)[0]
    assert (row.body.subject, row.body.language) == (subject, language)
    assert (row.to_email, row.recipient) == ("anna@example.org", f"user:{anna.pk}")
    assert "/accounts/sessions/" in row.body.text
    assert "127.0.0.1" not in row.body.text + row.body.html
    assert f'lang="{language}"' in row.body.html
    assert row.is_sandboxed


def test_who_starts_the_app_is_told_of_it_without_the_codes(
    *, workspace, anna, as_user, django_capture_on_commit_callbacks
):
    client = as_user(anna)
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code})

    assert [row.body.subject for row in told(workspace)] == ["A second step to sign in"]
    codes = Authenticator.objects.get(user=anna, type="recovery_codes").wrap().get_unused_codes()
    assert not any(code in row.body.text + row.body.html for row in told(workspace) for code in codes)


def test_a_new_address_is_told_to_the_old_one_and_its_code_to_the_new_one(workspace, anna, as_user):
    client = as_user(anna)
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    code = re.search(r"^[A-Z0-9]{4}-?[A-Z0-9]{4}$", mail.outbox[-1].body, re.M).group()
    client.post("/accounts/confirm-email/", {"code": code})

    row = told(workspace)[0]
    assert (row.to_email, row.body.subject) == ("anna@example.org", "Your address was changed")
    assert code not in row.body.text + row.body.html
    assert "new@example.org" not in row.body.text + row.body.html


def test_who_is_in_no_workspace_is_told_at_once(db):
    user = make_user(email="sam@example.org", name="Sam", language="en")

    notices.tell(user=user, kind="webauthn_added", email=user.email, browser="Firefox on Linux")

    message = mail.outbox[0]
    assert message.subject == "A new way to sign in"
    assert "Dear Sam" in message.body
    assert "Firefox on Linux" in message.body
    assert "Dear Sam" in message.alternatives[0][0]


@pytest.mark.parametrize("kind", [*notices.KINDS, "something_new"])
def test_every_kind_has_words(workspace, anna, kind):
    notices.tell(user=anna, kind=kind, email=anna.email)

    assert told(workspace)[0].body.subject
