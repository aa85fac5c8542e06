"""Links, cookies, several people on one phone, and forms that cannot prove where they come from."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from dialoog.celery import app
from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.workspaces.models import User
from dialoog.portal.guest.tests.conftest import NOW
from dialoog.portal.tasks import send_links
from stakeholders.actions.access import give_access, renew_access, revoke_access, token_of
from stakeholders.models import AccessLink


def enter(token, client=None):
    return (client or Client()).get(reverse("portal:guest_enter", args=[token]))


def url(name, invitation):
    return reverse(f"portal:guest_{name}", args=[invitation.pk])


@pytest.fixture
def link(invitation):
    return give_access(person=invitation.person, by=Actor.system())


def test_link_leads_to_a_clean_address(link, invitation):
    token = token_of(link)

    response = enter(token)

    cookie = response.cookies[settings.GUEST_COOKIE_NAME]
    assert response["Location"] == url("detail", invitation)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert token not in cookie.value
    assert "Daan" not in cookie.value


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing(link, invitation, method):
    events, before = AuditEvent.objects.count(), AccessLink.objects.values().get(pk=link.pk)

    getattr(Client(), method)(reverse("portal:guest_enter", args=[token_of(link)]))

    assert AccessLink.objects.values().get(pk=link.pk) == before
    assert AuditEvent.objects.count() == events


def test_link_takes_no_post(link):
    assert Client().post(reverse("portal:guest_enter", args=[token_of(link)])).status_code == 405


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-3], lambda t: "A" * 32, lambda t: t[::-1], lambda t: t + "x"]
)
def test_cut_or_forged_link_is_answered_kindly(link, spoil):
    response = enter(spoil(token_of(link)))

    assert response.status_code == 404
    assert "This link does not lead anywhere" in response.content.decode()
    assert reverse("portal:guest_lost") in response.content.decode()
    assert settings.GUEST_COOKIE_NAME not in response.cookies


def test_revoked_link_names_whom_to_call(link, anna):
    phone = Client()
    enter(token_of(link), phone)
    revoke_access(person=link.person, by=Actor.user(anna))

    for response in (enter(token_of(link)), phone.get(url("detail", link.person.invitations.get()))):
        assert response.status_code == 410
        assert "070 555 01 01" in response.content.decode()
        assert 'href="?language=nl"' in response.content.decode()


def test_page_of_an_unknown_link_can_be_read_in_the_other_language(db):
    page = reverse("portal:guest_enter", args=["nothing"])

    assert 'href="?language=nl"' in Client().get(page).content.decode()
    assert '<html lang="nl"' in Client().get(f"{page}?language=nl").content.decode()


def test_expired_link_names_whom_to_call(invitation):
    link = give_access(person=invitation.person, by=Actor.system(), expires_at=NOW + timedelta(days=1))
    token = token_of(link)

    with clock.at(NOW + timedelta(days=2)):
        response = enter(token)

    assert response.status_code == 410


def test_renewed_link_works_and_the_old_one_explains(link, invitation, anna):
    old = token_of(link)
    new = renew_access(person=invitation.person, by=Actor.user(anna))

    assert enter(old).status_code == 410
    assert enter(token_of(new)).status_code == 302


def test_page_of_somebody_else_is_not_here(phone, noor):
    response = phone.get(url("detail", noor))

    assert response.status_code == 404
    assert "Noor" not in response.content.decode()


def test_page_without_any_link_is_not_here(invitation):
    assert Client().get(url("detail", invitation)).status_code == 404
    assert Client().get(reverse("portal:guest_list")).status_code == 404


def test_forged_cookie_is_an_empty_phone(invitation):
    phone = Client()
    phone.cookies[settings.GUEST_COOKIE_NAME] = "eyJsaW5rcyI6W1sxLDFdXX0:forged:signature"

    assert phone.get(url("detail", invitation)).status_code == 404


def test_member_of_another_workspace_sees_nothing(invitation, eva: User, as_user):
    assert as_user(eva).get(url("detail", invitation)).status_code == 404


def test_invitation_that_was_not_sent_is_not_here(phone, make_person, invite, open_link):
    waiting = invite(make_person("Noor Jansen"), sent_at=None)

    assert open_link(waiting.person).get(url("detail", waiting)).status_code == 404


def test_one_phone_holds_several_people(phone, invitation, open_link, noor):
    open_link(noor.person, phone)

    listed = phone.get(reverse("portal:guest_list")).content.decode()
    for row in (invitation, noor):
        page = phone.get(url("detail", row)).content.decode()
        assert f"Answer of <b>{row.person.name}</b>" in page

    assert url("detail", invitation) in listed
    assert url("detail", noor) in listed


def test_only_invitation_opens_at_once(phone, invitation):
    assert phone.get(reverse("portal:guest_list"))["Location"] == url("detail", invitation)


def test_forgetting_clears_the_phone_and_keeps_the_answer(phone, invitation):
    phone.post(url("answer", invitation), {"person": invitation.person_id, "answer": "yes"})

    asked = phone.get(reverse("portal:guest_forget"))
    phone.post(reverse("portal:guest_forget"))

    invitation.refresh_from_db()
    assert "Daan Yilmaz" in asked.content.decode()
    assert phone.get(url("detail", invitation)).status_code == 404
    assert invitation.answer == "yes"


@pytest.fixture
def worker():
    """Does what pages handed to the queue."""
    with app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        queue.clear()

        def work():
            while queue.qsize():
                message = queue.get(block=False)
                message.ack()
                if message.headers["task"] == send_links.name:
                    send_links(*message.payload[0])

        yield work


def test_lost_link_comes_by_mail_at_most_once_a_quarter(link, workspace, worker):
    for _attempt in range(3):
        response = Client().post(reverse("portal:guest_lost"), {"email": "DAAN@example.org"})
    worker()

    mail = workspace.mails.select_related("body").get()
    assert (mail.to_email, mail.link_ref) == ("daan@example.org", link.reference)
    assert token_of(link) not in mail.body.html + mail.body.text
    assert "{{link}}" in mail.body.html
    assert response.status_code == 200


def test_lost_page_says_the_same_of_an_unknown_address(link, workspace, worker):
    pages = [
        Client().post(reverse("portal:guest_lost"), {"email": address}).content
        for address in ("daan@example.org", "nobody@example.org")
    ]

    worker()
    assert pages[0] == pages[1]
    assert workspace.mails.count() == 1


def test_lost_links_are_limited_per_network_and_say_nothing_of_who_is_known(link, workspace, worker):
    cache.clear()
    address = reverse("portal:guest_lost")

    office = [Client().post(address, {"email": f"colleague{n}@example.org"}).status_code for n in range(40)]
    pages = {
        email: Client().post(address, {"email": email}) for email in ("daan@example.org", "no@example.org")
    }
    elsewhere = Client().post(address, {"email": "no@example.org"}, REMOTE_ADDR="203.0.113.7")

    assert set(office) == {200}
    assert [page.status_code for page in pages.values()] == [429, 429]
    shown = {page.content.decode().replace(email, "X") for email, page in pages.items()}
    assert len({re.sub(r'(nonce|value)="[^"]+"', "", page) for page in shown}) == 1
    assert "very often from your network" in shown.pop()
    assert not OutgoingMail.objects.exists()
    assert elsewhere.status_code == 200


def test_behind_a_proxy_the_visitor_is_counted_and_not_the_proxy(link, settings):
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    address, asked = reverse("portal:guest_lost"), {"email": "no@example.org"}

    def post(visitor: str) -> int:
        # what a visitor writes before the proxy's own word does not count
        return Client().post(address, asked, headers={"x-forwarded-for": f"10.0.0.1, {visitor}"}).status_code

    assert {post("203.0.113.7") for _time in range(40)} == {200}
    assert post("203.0.113.7") == 429
    assert post("203.0.113.8") == 200


def test_lost_page_refuses_what_is_no_address(link):
    response = Client().post(reverse("portal:guest_lost"), {"email": "daan at home"})

    assert response.status_code == 422
    assert "daan at home" in response.content.decode()


@pytest.fixture
def strict(open_link, invitation):
    """Daan's phone, with the check on forged forms that a browser meets."""
    return open_link(invitation.person, Client(enforce_csrf_checks=True))


def test_answer_without_proof_shows_the_form_again_with_what_was_typed(strict, invitation):
    typed = {"person": invitation.person_id, "answer": "deputy", "deputy_name": "Noor", "question": "A lift?"}

    response = strict.post(url("answer", invitation), typed)

    page = response.content.decode()
    invitation.refresh_from_db()
    assert response.status_code == 403
    assert "nothing is saved yet" in page
    assert 'value="Noor"' in page
    assert "A lift?" in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert invitation.answer == ""


def test_the_page_shown_again_can_be_sent(strict, invitation):
    typed = {"person": invitation.person_id, "answer": "yes"}
    again = strict.post(url("answer", invitation), typed)
    token = again.context["csrf_token"]

    response = strict.post(url("answer", invitation), {**typed, "csrfmiddlewaretoken": str(token)})

    invitation.refresh_from_db()
    assert response.status_code == 302
    assert invitation.answer == "yes"


@pytest.mark.parametrize("name", ["wishes", "preparation", "receipt", "question", "call", "data"])
def test_no_form_acts_without_proof(strict, invitation, name):
    response = strict.post(
        url(name, invitation),
        {"person": invitation.person_id, "question": "x", "number": "06", "clear": "yes", "agenda": "x"},
    )

    events = [event.verb for event in AuditEvent.objects.on(invitation)]
    assert response.status_code == 403
    assert events == []
    assert not invitation.questions.exists()


def test_forgetting_and_lost_links_need_proof_too(strict, workspace, invitation):
    forget = strict.post(reverse("portal:guest_forget"))
    lost = strict.post(reverse("portal:guest_lost"), {"email": "daan@example.org"})

    assert (forget.status_code, lost.status_code) == (403, 403)
    assert strict.get(url("detail", invitation)).status_code == 200
    assert "daan@example.org" in lost.content.decode()
    assert workspace.mails.count() == 0


def test_forms_elsewhere_get_the_plain_page(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x@example.org"})

    assert response.status_code == 403
    assert "send it once more" in response.content.decode()
