"""The guest pages in a real browser: both widths, both languages, axe, the keyboard alone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from dialoog.kernel.audit.actor import Actor
from dialoog.portal.guest.tests.conftest import NOW
from sessions.models import AgendaItem, BriefingChange, ChangeSize, DialogueSession, Wish
from stakeholders.actions.access import give_access, token_of
from stakeholders.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _january_everywhere():
    """The server stands in another thread, which does not know the clock of the test."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.mark.parametrize("language", ["en", "nl"])
def test_guest_page_looks_right_at_every_moment(language, opened, invitation, at_its_fullest, looks_light):
    DialogueSession.objects.update(language=language)
    page = opened(invitation.person)
    own = page.url
    page.goto(own + f"?language={language}")
    looks_light(f"guest-1-invited-{language}")

    page.locator("#answer-answer_0").check()
    page.locator("#answer-clear_0").check()
    page.locator("#answer form button[type=submit]").click()
    expect(page.locator(".thanks")).to_be_visible()
    looks_light(f"guest-2-thanked-{language}")

    at_its_fullest()
    page.reload()
    expect(page.locator(".tl")).to_be_visible()
    looks_light(f"guest-3-programme-{language}")

    long = "somebody.with.a.long.name@an-organisation-with-a-long-name.example.org"
    Person.objects.filter(pk=invitation.person_id).update(email=long)
    page.goto(own + "data/")
    expect(page.locator("body")).to_contain_text(long)
    looks_light(f"guest-6-data-{language}")


@pytest.fixture
def at_its_fullest(invitation, send_pack, meeting, planned):
    """The pack went out, something changed, and people asked for parts."""

    def bring():
        send_pack(invitation)
        for number, (field, size, old, new) in enumerate(
            (
                (
                    "procedure",
                    ChangeSize.PROMISE,
                    "You hear it by 9 February.",
                    "Eleven of sixteen must take part.",
                ),
                ("agenda", ChangeSize.PROGRAMME, "Two", "Three rounds of 35 minutes."),
                ("place", ChangeSize.TYPO, "De Burg", "De Brug, The Hague."),
            )
        ):
            made_at = NOW + timedelta(days=number)
            BriefingChange.objects.create(
                session=meeting, field=field, size=size, old=old, new=new, made_at=made_at
            )
        tables = AgendaItem.objects.get(position=1)
        for who in (invitation, None, None):
            Wish.objects.create(session=meeting, kind="agenda", text="x", invitation=who, agenda_item=tables)

    return bring


@pytest.mark.parametrize("language", ["en", "nl"])
def test_intermediary_page_looks_right(language, opened, sunita, workers, looks_right):
    DialogueSession.objects.update(language=language)
    page = opened(sunita)
    page.goto(page.url + f"?language={language}")
    page.locator(".wp button").first.click()
    expect(page.locator(".wp.done")).to_have_count(1)

    looks_right(f"guest-7-intermediary-{language}")


def test_pages_beside_the_invitation_look_right(page, live_server, invitation, noor, looks_right):
    page.goto(live_server.url + "/guest/")
    looks_right("guest-8-unknown")
    page.goto(live_server.url + reverse("portal:guest_lost"))
    page.locator("#id_email").fill("daan at home")
    page.locator("main button").click()
    looks_right("guest-8-lost-refused")
    page.locator("#id_email").fill("daan@example.org")
    page.locator("main button").click()
    looks_right("guest-8-lost-sent")
    for row in (invitation, noor):
        link = give_access(person=row.person, by=Actor.system())
        page.goto(live_server.url + reverse("portal:guest_enter", args=[token_of(link)]))
    page.goto(live_server.url + "/guest/")
    looks_right("guest-8-list")
    page.goto(live_server.url + reverse("portal:guest_forget"))
    looks_right("guest-8-forget")


def test_refused_answer_looks_right(opened, invitation, looks_right):
    page = opened(invitation.person)
    page.locator("#answer-clear_1").check()
    page.locator("#answer form button[type=submit]").click()

    expect(page.locator(".summary")).to_be_visible()
    looks_right("guest-1-refused")


def test_answer_with_the_keyboard_alone(opened, invitation):
    page = opened(invitation.person)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _step in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "answer":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.locator(".thanks")).to_be_visible()
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.clear) == ("yes", "yes")
