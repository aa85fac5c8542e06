"""Signing in by a mailed code; what a stranger, a guesser and a slow reader find."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.members.actions import open_workspace
from dialoog.kernel.outbox.models import OutgoingMail

LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
BACKEND = "dialoog.kernel.outbox.backend.OutboxBackend"
CODE = re.compile(r"^[A-Z0-9]{4}-?[A-Z0-9]{4}$", re.MULTILINE)


def ask(client: Client, address: str, **extra):
    return client.post(LOGIN, {"login": address, **extra})


def mailed_code() -> str:
    return CODE.search(mail.outbox[-1].body).group()


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_mailed_code_signs_in_and_leads_where_one_wanted_to_go(workspace, anna, client):
    wanted = workspace.url("portal:home")
    answer = ask(client, "ANNA@example.org", next=wanted)
    assert answer.status_code == 302
    assert mail.outbox[0].to == ["anna@example.org"]

    done = client.post(CONFIRM, {"code": mailed_code(), "next": wanted})

    assert done.url == wanted
    assert signed_in(client)


@pytest.mark.django_db
def test_embedded_the_code_is_on_the_console_and_nowhere_else(anna, client, settings, capsys):
    settings.EMBEDDED, settings.EMAIL_BACKEND = True, BACKEND

    ask(client, anna.email)
    code = CODE.search(capsys.readouterr().err).group()
    client.post(CONFIRM, {"code": code})

    assert signed_in(client)
    assert not OutgoingMail.objects.exists()


def test_an_unknown_address_sees_the_same_page_and_gets_no_mail(anna):
    pages = []
    for address in (anna.email, "nobody@example.org"):
        client = Client()
        ask(client, address)
        page = client.get(CONFIRM).content.decode().replace(address, "X")
        pages.append(re.sub(r'(nonce|value)="[^"]+"', "", page))

    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [[anna.email]]


def test_a_wrong_code_is_refused_and_three_end_it(anna, client):
    ask(client, anna.email)
    code = mailed_code()

    answers = [client.post(CONFIRM, {"code": "XXXX-XXXX"}) for _try in range(3)]
    client.post(CONFIRM, {"code": code})

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert not signed_in(client)


def test_a_code_ends_after_ten_minutes_and_the_page_says_so(anna, client):
    ask(client, anna.email)
    code = mailed_code()

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = client.post(CONFIRM, {"code": code}, follow=True)

    assert not signed_in(client)
    assert "A code works for ten minutes" in answer.content.decode()


def test_codes_for_one_address_are_limited(anna):
    answers = [ask(Client(), anna.email) for _try in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert 'role="alert"' in answers[3].content.decode()
    assert len(mail.outbox) == 3


@pytest.mark.django_db
def test_tries_from_one_place_are_limited_in_our_own_words(client):
    answers = [ask(client, "no address") for _try in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert "A little slower" in answers[30].content.decode()


@pytest.mark.django_db
def test_nobody_signs_up_without_an_invitation(client):
    page = client.get("/accounts/signup/").content.decode()
    answer = client.post("/accounts/signup/", {"email": "new@example.org"})

    assert "You join by invitation" in page
    assert "You join by invitation" in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.django_db
def test_the_sign_in_page_asks_an_address_only(client):
    page = client.get(LOGIN).content.decode()

    assert 'name="login"' in page
    assert "password" not in page.lower().replace("no password to remember", "")
    assert 'name="remember"' not in page


@pytest.mark.parametrize("address", ["password/set/", "password/change/", "password/reset/", "3rdparty/"])
def test_pages_we_do_not_use_are_closed(anna, as_user, address):
    assert as_user(anna).get(f"/accounts/{address}").status_code == 404


@pytest.mark.django_db
def test_a_visitor_reads_their_own_language_until_they_choose_another(client):
    asked = client.get(LOGIN, headers={"accept-language": "nl-NL,nl;q=0.9"})
    client.post(reverse("set_language"), {"language": "en", "next": LOGIN})
    chosen = client.get(LOGIN, headers={"accept-language": "nl-NL,nl;q=0.9"})

    assert '<html lang="nl"' in asked.content.decode()
    assert '<html lang="en"' in chosen.content.decode()


@pytest.mark.parametrize(("before", "spoken"), [(None, "nl"), ("yes", "en")])
def test_the_language_of_the_first_sign_in_goes_along(anna, client, before, spoken):
    type(anna).objects.filter(pk=anna.pk).update(language="en", last_login=timezone.now() if before else None)
    dutch = {"accept-language": "nl-NL,nl;q=0.9"}
    client.post(LOGIN, {"login": anna.email}, headers=dutch)

    client.post(CONFIRM, {"code": mailed_code()}, headers=dutch)

    anna.refresh_from_db()
    assert signed_in(client)
    assert anna.language == spoken


@pytest.mark.parametrize(("name", "becomes"), [("My organisation", "Mijn organisatie"), ("Wool", "Wool")])
def test_the_workspace_of_a_first_start_begins_in_that_language(anna, client, name, becomes):
    own = open_workspace(name=name, owner=anna, language="en", by=Actor.system())
    dutch = {"accept-language": "nl-NL,nl;q=0.9"}
    client.post(LOGIN, {"login": anna.email}, headers=dutch)

    client.post(CONFIRM, {"code": mailed_code()}, headers=dutch)

    own.refresh_from_db()
    assert own.name == becomes
    assert own.language == ("nl" if name != becomes else "en")


@pytest.mark.django_db
@pytest.mark.parametrize("embedded", [True, False])
def test_where_no_mail_leaves_the_page_says_where_the_code_stands(client, settings, embedded):
    settings.EMBEDDED = embedded

    page = client.post(LOGIN, {"login": "nobody@example.org"}, follow=True).content.decode()

    assert ("in the window where you started it" in page) is embedded


def test_a_language_chosen_before_signing_in_goes_along(workspace, anna, client, settings):
    type(anna).objects.filter(pk=anna.pk).update(language="en", last_login=timezone.now())
    client.post(reverse("set_language"), {"language": "nl", "next": LOGIN})
    ask(client, anna.email)

    client.post(CONFIRM, {"code": mailed_code()})

    assert '<html lang="nl"' in client.get(workspace.url("portal:home")).content.decode()
    client.post("/accounts/profile/", {"name": "Anna", "phone": "", "language": "en"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_a_member_who_chooses_a_language_keeps_it(workspace, anna, as_user):
    client = as_user(anna)

    client.post(reverse("set_language"), {"language": "nl", "next": "/accounts/profile/"})

    anna.refresh_from_db()
    assert anna.language == "nl"
    assert '<html lang="nl"' in as_user(anna).get("/accounts/profile/").content.decode()


def test_the_profile_switches_the_interface_at_once(workspace, anna, as_user):
    fields = {"name": "Anna", "phone": "070 1", "language": "nl"}

    page = as_user(anna).post("/accounts/profile/", fields, follow=True).content.decode()

    anna.refresh_from_db()
    assert (anna.name, anna.phone, anna.language) == ("Anna", "070 1", "nl")
    assert '<html lang="nl"' in page


def test_an_address_changes_only_by_a_code_sent_to_the_new_one(anna, as_user):
    client = as_user(anna)

    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"
    assert mail.outbox[-1].to == ["new@example.org"]
    client.post("/accounts/confirm-email/", {"code": mailed_code()})

    anna.refresh_from_db()
    assert anna.email == "new@example.org"


def test_who_signed_in_long_ago_proves_it_again_before_seeing_recovery_codes(anna, as_user):
    totp = TOTP.activate(anna, "JBSWY3DPEHPK3PXP").instance
    Authenticator.objects.filter(pk=totp.pk).update(created_at=timezone.now() - timedelta(days=1))

    answer = as_user(anna).get("/accounts/2fa/recovery-codes/generate/", follow=True)

    assert answer.redirect_chain
    assert "Is it still you?" in answer.content.decode()
