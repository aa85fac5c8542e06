"""Where one is signed in: this place is always listed, the others can be ended one by one or at once."""

import pytest
from django.contrib.auth import login
from django.test import Client
from django.urls import reverse

from dialoog.kernel.members.actions import invitation_token, invite_member
from dialoog.kernel.workspaces import signing_in
from dialoog.kernel.workspaces.models import User
from dialoog.kernel.workspaces.one_time import make_link
from dialoog.kernel.workspaces.policy import Role
from dialoog.tests.test_architecture import imports_of, modules

PLACES = "/accounts/sessions/"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"


def by_link(user: User, settings, **headers: str) -> Client:
    client = Client(headers=headers)
    user.refresh_from_db()
    client.post(make_link(user).removeprefix(settings.BASE_URL))
    return client


def test_who_came_in_by_the_printed_link_sees_this_place(anna, settings):
    page = by_link(anna, settings, user_agent=PHONE).get(PLACES).content.decode()

    assert page.count("<tr") == 2
    assert "This one" in page
    assert "Firefox on Android" in page


def test_who_joined_by_an_invitation_sees_this_place(workspace, anna, client):
    asked = invite_member(workspace=workspace, email="sam@example.org", role=Role.READER, by=anna)
    client.post(reverse("invitation_accept", args=[invitation_token(asked)]), {"name": "Sam"})

    assert "This one" in client.get(PLACES).content.decode()


def test_a_session_of_before_this_list_is_in_it(anna, as_user):
    client = as_user(anna)

    assert [client.get(PLACES).content.decode().count("This one") for _time in range(2)] == [1, 1]


def test_one_other_place_is_ended_and_this_one_stays(anna, settings):
    here, phone, third = (by_link(anna, settings, user_agent=PHONE) for _place in range(3))
    row = next(
        place for place in here.get(PLACES).context["places"] if place.key == phone.session.session_key
    )

    here.post(PLACES, {"place": row.pk})

    assert phone.get(PLACES).status_code == 302
    assert [client.get(PLACES).status_code for client in (here, third)] == [200, 200]


def test_all_other_places_are_ended_at_once(anna, settings):
    here, phone, third = (by_link(anna, settings) for _place in range(3))

    page = here.post(PLACES, follow=True).content.decode()

    assert page.count("<tr") == 2
    assert [client.get(PLACES).status_code for client in (phone, third)] == [302, 302]


def test_a_place_of_somebody_else_is_not_ended(anna, bram, settings):
    here, his = by_link(anna, settings), by_link(bram, settings)
    row = his.get(PLACES).context["places"][0]

    assert here.post(PLACES, {"place": row.pk}).status_code == 404
    assert here.post(PLACES, {"place": "x"}).status_code == 404
    assert his.get(PLACES).status_code == 200


def test_signing_in_goes_through_one_door():
    found = {
        module
        for module, path in modules()
        for _line, imported, _top in imports_of(path)
        if imported == f"{login.__module__}.{login.__name__}"
    }

    assert found == {signing_in.__name__}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (PHONE, "Firefox on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/17 Safari/605", "Safari on Mac"),
        ("curl/8.1", "curl/8.1"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_as_people_know_it(sent, said):
    assert signing_in.browser_of(sent) == said
