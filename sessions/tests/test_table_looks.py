"""Screen 5 in a real browser: what a group reads is seen while it is typed for all."""

import pytest
from playwright.sync_api import expect

from dialoog.testing.factories import invite, make_promised_session
from stakeholders.models import SeedGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_sentence_for_all_shows_in_every_empty_field(page, live_server, signed_in, workspace, bram):
    session = make_promised_session(workspace=workspace)
    rows = [invite(session=session, group=group) for group in (SeedGroup.COMPANIES, SeedGroup.UNIONS)]
    signed_in(bram, live_server.url)
    page.goto(live_server.url + workspace.url("sessions:invite_table", session.pk))
    field = page.locator(f"[name=why_{rows[1].group_id}]")
    expect(field).to_have_attribute("placeholder", "For example: you speak for people who do the work.")

    page.locator("[name=why_all]").fill("you know this chain.")
    expect(field).to_have_attribute("placeholder", "As for all groups: you know this chain.")

    page.locator("button.go").click()
    page.wait_for_url("**/invite/look/")
    assert set(session.groups.values_list("why_you", flat=True)) == {"you know this chain."}
