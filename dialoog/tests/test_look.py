"""Every page of a workspace at both widths: no accessibility rule broken, no word of the console."""

import pytest
from django.test import Client

from dialoog.kernel.workspaces.models import User
from dialoog.testing.everything import make_everything
from dialoog.testing.pages import pages_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHARES = 4
# read in a frame or a mail program, with a policy of their own
FRAMED = {
    "outbox:mail_view",
    "sessions:mail_preview",
    "sessions:pack_mail_preview",
    "sessions:decision_preview",
    "sessions:meeting_preview",
    "sessions:promise_preview",
    "sessions:send_preview",
    "sessions:pack_send_preview",
}


def pages_to_look_at(pages: dict[str, str], client: Client) -> list[tuple[str, str]]:
    """Those that answer a visit with a page: not the buttons, files and ways on to another page."""
    found = []
    for name, address in sorted(pages.items()):
        answer = client.get(address)
        if (
            answer.status_code == 200
            and answer["Content-Type"].startswith("text/html")
            and name not in FRAMED
        ):
            found.append((name, address))
    return found


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_of_a_workspace(request, live_server, page, anna, share):
    every = make_everything(workspace=request.getfixturevalue("workspace"), by=anna)
    request.getfixturevalue("chaima")
    request.getfixturevalue("signed_in")(anna, live_server.url)
    looks_right, as_user = request.getfixturevalue("looks_right"), request.getfixturevalue("as_user")
    wrong = []
    looked = pages_to_look_at(pages_of(every, User.objects.get(pk=anna.pk)), as_user(anna))[share::SHARES]
    for name, address in looked:
        page.goto(live_server.url + address)
        try:
            looks_right("every-" + name.replace(":", "-").replace(" ", "-"))
        except AssertionError as error:
            wrong.append(" ".join(str(error).split())[:400])

    assert wrong == []
    assert len(looked) > 10
