"""Leaving a screen by a link saves what was touched, in a real browser."""

import pytest
from playwright.sync_api import expect

from dialoog.testing.factories import make_promised_session
from sessions.models import Decides

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(workspace):
    return make_promised_session(workspace=workspace, decides=Decides.ADVICE)


@pytest.mark.parametrize("link", [".road li:nth-child(6) a", ".dock a", ".bar a.later"])
def test_leaving_by_a_link_saves_and_leads_there(page, live_server, signed_in, session, bram, link):  # noqa: PLR0917
    signed_in(bram, live_server.url)
    page.goto(live_server.url + session.workspace.url("sessions:invite_promise", session.pk))
    wanted = page.locator(link).get_attribute("href")

    page.locator("[name=goal]").fill("agreed by the step bar")
    page.locator(link).click()

    expect(page).to_have_url(live_server.url + wanted)
    session.refresh_from_db()
    assert session.goal == "agreed by the step bar"


def test_leaving_with_nothing_touched_saves_nothing(page, live_server, signed_in, session, bram):
    signed_in(bram, live_server.url)
    page.goto(live_server.url + session.workspace.url("sessions:invite_promise", session.pk))

    page.locator(".dock a").click()

    expect(page).to_have_url(live_server.url + session.workspace.url("sessions:invite_meeting", session.pk))
    before = session.version
    session.refresh_from_db()
    assert session.version == before
