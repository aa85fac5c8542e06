"""Screen 5 in a real browser: what a group reads follows what is typed."""

import pytest
from playwright.sync_api import expect

from dialoog.testing.factories import invite, make_promised_session
from stakeholders.models import SeedGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_changed_of_ours_is_what_the_group_reads(page, live_server, signed_in, workspace, bram):
    session = make_promised_session(workspace=workspace)
    rows = [invite(session=session, group=group) for group in (SeedGroup.COMPANIES, SeedGroup.UNIONS)]
    signed_in(bram, live_server.url)
    page.goto(live_server.url + workspace.url("sessions:invite_table", session.pk))
    union = page.locator(f"#group-{rows[1].group_id}")
    expect(union).to_contain_text("You are asked because you speak for people who do the work.")

    union.locator(".edit > summary").click()
    page.locator(f"[name=why_{rows[1].group_id}]").fill("you know the work.")
    union.locator(".edit > summary").click()
    expect(union).to_contain_text("You are asked because you know the work.")

    page.locator("button.go").click()
    page.wait_for_url("**/invite/look/")
    assert "you know the work." in session.groups.values_list("why_you", flat=True)


def test_a_group_is_read_at_rest_and_changed_when_opened(page, live_server, signed_in, workspace, bram):
    session = make_promised_session(workspace=workspace)
    called = invite(session=session, group=SeedGroup.COMPANIES)
    called.call_first = True
    called.save()
    person = called.person
    signed_in(bram, live_server.url)
    page.goto(live_server.url + workspace.url("sessions:invite_table", session.pk))
    group = page.locator(f"#group-{called.group_id}")
    tick = group.get_by_label(f"call first: {person.name}")
    expect(group.locator(".names").first).to_contain_text(str(person.organisation or person.name))
    expect(group.locator(".calls")).to_have_text(f"Call first: {person.name}")
    expect(tick).not_to_be_visible()

    group.locator(".edit > summary").press("Enter")
    expect(tick).to_be_checked()
    expect(group.locator(".calls")).not_to_be_visible()
    tick.press("Space")
    page.locator("button.go").click()

    page.wait_for_url("**/invite/look/")
    called.refresh_from_db()
    assert not called.call_first
