"""The information pack: looked at, tried and sent on the last two screens once more."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialoog.kernel import clock
from dialoog.testing.factories import (
    answer,
    invite,
    make_agenda_item,
    make_briefing,
    make_person,
    make_sent_session,
)
from sessions.actions.brief import suggested_send_at
from sessions.actions.send import send_briefing
from sessions.models import Answer, BriefingChange, BriefingKind, BriefingStatus, SessionGroup
from stakeholders.models import Channel

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def session(workspace, anna):
    """A meeting in forty days with a programme: two come, one said no."""
    session = make_sent_session(workspace=workspace, contact=anna, days=40)
    make_agenda_item(session=session, title="Where the wood comes from")
    for given in (Answer.YES, "", Answer.NO):
        row = invite(session=session)
        if given:
            answer(invitation=row, answer=given)
    return session


@pytest.fixture
def client(bram, as_user):
    return as_user(bram)


def url(session, name, *args):
    return session.workspace.url(f"sessions:{name}", session.pk, *args)


def shown(response):
    return " ".join(response.content.decode().split())


def send(session):
    while send_briefing(session.briefings.get(kind=BriefingKind.PACK).pk):
        pass


def test_the_pack_is_looked_at_on_a_road_of_two(client, session):
    page = client.get(url(session, "pack_look"))

    row = session.groups.get()
    body = shown(page)
    assert page.status_code == 200
    assert "The information pack, as everybody sees it" in body
    assert body.count('aria-current="step"') == 1
    assert "Endorse" not in body
    assert url(session, "pack_mail_preview", row.pk) in body
    assert url(session, "briefing_preview", "pack") in body
    assert "Where the wood comes from" in shown(client.get(url(session, "pack_mail_preview", row.pk)))
    assert client.post(url(session, "pack_look"), {"version": session.version}).url == url(
        session, "pack_send"
    )


def test_what_stands_in_the_way_is_said_and_refuses(client, session):
    session.agenda.all().delete()

    assert "Make the programme first." in shown(client.get(url(session, "pack_look")))
    refused = client.post(url(session, "pack_send"), {"when": "now"})

    assert refused.status_code == 422
    assert "Make the programme first." in shown(refused)
    assert not session.briefings.filter(kind=BriefingKind.PACK).exists()


def test_what_changed_since_the_invitation_stands_on_the_screen_and_in_the_mail(client, session):
    for size, new in (("programme", "Zwolle, the station"), ("typo", "The Haque")):
        BriefingChange.objects.create(
            session=session, field="place", size=size, old="Utrecht", new=new, made_at=clock.now()
        )

    for page in (url(session, "pack_look"), url(session, "pack_mail_preview", session.groups.get().pk)):
        body = shown(client.get(page))
        assert "Zwolle, the station" in body
        assert "The Haque" not in body


def test_a_copy_of_the_pack_goes_to_oneself(client, session, django_capture_on_commit_callbacks):
    back = client.post(url(session, "pack_to_myself"), {"row": session.groups.get().pk})

    assert back.url == url(session, "pack_look")


def test_it_is_counted_planned_and_sent_once(client, session, workspace):
    letter = make_person(
        workspace=workspace, channel=Channel.LETTER, street="Road 12", postcode="9700 AA", city="Groningen"
    )
    invite(session=session, person=letter)
    session.invitations.filter(answer=Answer.YES).update(call_first=True)

    page = shown(client.get(url(session, "pack_send")))
    assert '<span class="big">2</span><div><h3>by e-mail</h3>' in page
    assert "letter to print" in page
    assert "to call" not in page
    assert "Put 2 mails ready for" in page
    assert "Send 2 mails now" in page

    client.post(url(session, "pack_send"), {"when": "planned"})
    pack = session.briefings.get(kind=BriefingKind.PACK)
    assert pack.planned_for == suggested_send_at(session, BriefingKind.PACK)
    page = shown(client.get(url(session, "pack_send")))
    assert "Ready: it goes out on" in page
    client.post(url(session, "briefing_take_back", pack.pk))
    pack.refresh_from_db()
    assert pack.status == BriefingStatus.TAKEN_BACK


def test_once_out_it_is_not_sent_again(client, session):
    SessionGroup.objects.update(what_we_ask="name your materials")
    assert client.post(url(session, "pack_send"), {"when": "now"}).status_code == 302
    send(session)
    sent = session.briefings.get(kind=BriefingKind.PACK)
    assert sent.copies.count() == 2

    page = shown(client.get(url(session, "pack_send")))
    again = client.post(url(session, "pack_send"), {"when": "now"})

    assert "It goes out once." in page
    assert url(session, "change_choose") in page
    assert 'type="submit">Put' not in page
    assert again.status_code == 422
    assert session.briefings.filter(kind=BriefingKind.PACK).count() == 1
    assert "It goes out once." in shown(client.get(url(session, "pack_look")))


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (datetime(2027, 2, 1, 12), datetime(2027, 2, 16, 9)),
        (datetime(2027, 2, 19, 12), datetime(2027, 2, 22, 9)),
    ],
)
def test_the_pack_goes_two_weeks_before_else_the_next_working_day(session, now, moment):
    zone = ZoneInfo(session.timezone)
    session.starts_at = datetime(2027, 3, 2, 10, tzinfo=zone)

    with clock.at(now.replace(tzinfo=zone)):
        assert suggested_send_at(session, BriefingKind.PACK) == moment.replace(tzinfo=zone)


def test_when_the_next_working_day_is_too_late_it_goes_now(client, session):
    type(session).objects.update(
        starts_at=clock.now() + timedelta(minutes=10), ends_at=clock.now() + timedelta(hours=2)
    )

    page = shown(client.get(url(session, "pack_send")))

    assert 'value="planned"' not in page
    assert "Right now" in page


def test_home_and_the_meeting_lead_to_the_pack(client, session):
    type(session).objects.update(
        starts_at=clock.now() + timedelta(days=18), ends_at=clock.now() + timedelta(days=19)
    )
    meeting = session.workspace.url("portal:session_detail", session.pk)

    assert url(session, "pack_look") in shown(client.get(session.workspace.url("portal:home")))
    page = shown(client.get(meeting))
    assert page.count(url(session, "pack_look")) >= 2
    assert "Prepare the information pack" in page

    make_briefing(session=session, kind=BriefingKind.PACK)
    page = shown(client.get(meeting))
    assert "See when it goes out" in page
    assert url(session, "pack_send") in page


def test_outsider_and_reader_do_not_get_in(session, eva, romy, as_user):
    for name in ("pack_look", "pack_send"):
        assert as_user(eva).get(url(session, name)).status_code == 404
        assert as_user(romy).get(url(session, name)).status_code == 403


@pytest.mark.parametrize("name", ["pack_look", "pack_send"])
def test_queries_stay_the_same_with_more_people(client, session, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as few:
        client.get(url(session, name))
    for _number in range(3):
        invite(session=session)
    with django_assert_max_num_queries(len(few)):
        client.get(url(session, name))
