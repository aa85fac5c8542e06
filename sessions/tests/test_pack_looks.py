"""The two screens of the information pack in a real browser, before and after it went out."""

import pytest

from dialoog.kernel import clock
from dialoog.testing.factories import answer, invite, make_agenda_item, make_person, make_sent_session
from sessions.models import BriefingChange, BriefingKind, DialogueSession
from stakeholders.models import Channel, SeedGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(workspace, bram) -> DialogueSession:
    """A meeting in forty days with a programme, people reached in every way, and a place that changed."""
    session = make_sent_session(workspace=workspace, contact=bram, days=40, language=bram.language)
    for title in ("Welcome", "Where the wood comes from", "What each of us takes on"):
        make_agenda_item(session=session, title=title)
    for group in (SeedGroup.COMPANIES, SeedGroup.NGOS):
        answer(invitation=invite(session=session, group=group))
    post = {"street": "Road 12", "postcode": "9700 AA", "city": "Groningen"}
    invite(session=session, person=make_person(workspace=workspace, channel=Channel.LETTER, **post))
    helper = make_person(workspace=workspace)
    through = make_person(workspace=workspace, channel=Channel.INTERMEDIARY, intermediary=helper)
    invite(session=session, person=through)
    invite(session=session, call_first=True)
    BriefingChange.objects.create(
        session=session, field="place", size="programme", old="Utrecht", new="Zwolle", made_at=clock.now()
    )
    return session


def test_the_screens_of_the_pack_look_right(live_server, page, signed_in, looks_right, session):
    signed_in(session.contact, live_server.url)
    look, send = (session.workspace.url(f"sessions:pack_{name}", session.pk) for name in ("look", "send"))
    for name, address in (("pack-look", look), ("pack-send", send)):
        page.goto(live_server.url + address)
        looks_right(name)

    with page.expect_navigation():
        page.locator("button[type=submit].go").click()
    assert session.briefings.filter(kind=BriefingKind.PACK).exists()
    page.goto(live_server.url + send)
    looks_right("pack-ready")

    session.agenda.all().delete()
    page.goto(live_server.url + look)
    looks_right("pack-obstacle")
