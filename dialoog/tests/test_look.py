"""Every organiser's page at both widths: no violation of the accessibility rules, no word of the console."""

import pytest

from dialoog.testing.everything import Everything, make_everything

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHARES = 4
LISTS = [
    "portal:home",
    "sessions:session_list",
    "sessions:commitment_list",
    "stakeholders:person_list",
    "stakeholders:organisation_list",
    "stakeholders:group_list",
    "outbox:mail_list",
]
OF_A_MEETING = [
    "portal:session_detail",
    "sessions:answer_list",
    "sessions:question_list",
    "sessions:wish_list",
    "sessions:agenda_edit",
    "sessions:change_choose",
    "sessions:letter_list",
    "sessions:phone_list",
]


def addresses_of(every: Everything) -> list[tuple[str, str]]:
    """The forms `make_everything` knows and the pages one arrives at."""
    pages = every.addresses | {name: every.workspace.url(name) for name in LISTS}
    pages |= {name: every.workspace.url(name, every.sent.pk) for name in OF_A_MEETING}
    pages["stakeholders:person_detail"] = every.workspace.url("stakeholders:person_detail", every.person.pk)
    pages["portal:session_detail held"] = every.workspace.url("portal:session_detail", every.held.pk)
    return sorted(pages.items())


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_of_an_organiser(request, live_server, page, anna, share):
    every = make_everything(workspace=request.getfixturevalue("workspace"), by=anna)
    request.getfixturevalue("signed_in")(anna, live_server.url)
    looks_right, as_user = request.getfixturevalue("looks_right"), request.getfixturevalue("as_user")
    wrong, looked = [], 0
    for name, address in addresses_of(every)[share::SHARES]:
        if as_user(anna).get(address).status_code != 200:
            continue
        page.goto(live_server.url + address)
        looked += 1
        try:
            looks_right("every-" + name.replace(":", "-").replace(" ", "-"))
        except AssertionError as error:
            wrong.append(" ".join(str(error).split())[:400])

    assert wrong == []
    assert looked > 5
