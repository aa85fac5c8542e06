"""“Do it now” leads to a page that has what it asks for, before and after the invitations went out."""

from datetime import timedelta

import pytest

from dialoog.portal.session_page.checks import WholeFacts, findings
from dialoog.testing.factories import (
    answer,
    invite,
    make_agenda_item,
    make_person,
    make_promised_session,
    make_sent_session,
    make_session,
)
from sessions.models import DialogueSession
from stakeholders.models import Channel, Mode, SeedGroup

pytestmark = pytest.mark.django_db


def empty(workspace):
    """Nothing is filled in."""
    return make_session(workspace=workspace)


def no_date(workspace):
    """A date is to be chosen, but there is none; what to decide is half said."""
    session = make_promised_session(
        workspace=workspace, days=9, decides="advice", adopter="", report_by=None, contact_phone=""
    )
    _people(session)
    return session


def poll(workspace):
    return make_session(workspace=workspace, date_mode="poll")


def passed(workspace):
    return make_promised_session(workspace=workspace, days=-1, place="")


def crossing_dates(workspace):
    session = make_promised_session(workspace=workspace, decides="advice")
    day = session.starts_at.date()
    after, before = day + timedelta(days=14), day - timedelta(days=1)
    put(session, report_by=after, adopts_by=after + timedelta(days=1), answer_by=before)
    _people(session)
    return session


def open_place(workspace):
    session = make_promised_session(
        workspace=workspace, place_mode="open", place="", confidentiality="public", not_used_for=""
    )
    _people(session)
    return session


def online(workspace):
    """Taking part online: screen 5 asks nothing about distance then."""
    session = make_promised_session(workspace=workspace, place_mode="online", confidentiality="")
    _people(session)
    return session


def misfit(workspace):
    return make_promised_session(workspace=workspace, decides="yes", influence="consult")


def sent(workspace):
    session = make_sent_session(
        workspace=workspace, days=10, decides="yes", influence="consult", place="", confidentiality="public"
    )
    _people(session)
    for row in session.invitations.all():
        answer(invitation=row)
    session.invitations.filter(pk=session.invitations.first().pk).update(needs=["interpreter"])
    make_agenda_item(session=session, form="vote")
    return session


def sent_open(workspace):
    session = make_sent_session(workspace=workspace, place_mode="open", place="", report_by=None)
    _people(session)
    return session


def _people(session):
    workspace = session.workspace
    worker = make_person(workspace=workspace, participation_mode=Mode.PSEUDONYM)
    invite(session=session, person=worker, group=SeedGroup.WORKERS)
    invite(session=session, person=make_person(workspace=workspace, channel=Channel.PHONE), group=None)
    for _number in range(10):
        invite(session=session)


def put(session, **fields):
    DialogueSession.objects.filter(pk=session.pk).update(**fields)


WAYS = [empty, no_date, poll, passed, crossing_dates, open_place, online, misfit, sent, sent_open]


def open_points(session):
    """Every finding of a meeting as it is stored."""
    fresh = DialogueSession.objects.with_workspace().get(pk=session.pk)
    found = findings(WholeFacts.whole(fresh))
    return [*found.blocking, *found.shown, *found.rest]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_page_has_what_the_finding_asks_for(workspace, anna, as_user, way):
    session, client = way(workspace), as_user(anna)
    points = open_points(session)
    assert points

    for point in points:
        url = point.mend_url(workspace.slug)
        assert url, point.id
        page = client.get(url)
        assert page.status_code == 200, (point.id, url)
        body = page.content.decode()
        if point.mend_at:
            assert f'id="{point.mend_at}"' in body, (point.id, url)


def test_who_has_the_invitation_is_told_of_a_change_where_it_is_mended(workspace, anna, as_user):
    session = sent(workspace)
    points = {point.id: point for point in open_points(session)}

    assert {"T10", "T39-public", "influence-method"} <= set(points)
    for name in ("T10", "T39-public", "influence-method"):
        assert points[name].mend_url_name == "sessions:change_edit"


def test_what_helps_people_to_take_part_can_be_written_where_the_finding_leads(workspace, anna, as_user):
    session, client = online(workspace), as_user(anna)
    [point] = [point for point in open_points(session) if point.id == "T39"]
    url = point.mend_url(workspace.slug).partition("#")[0]
    shown = client.get(url).context["form"]
    fields = {each.html_name: each.value() for each in shown if each.value()}

    client.post(url, {**fields, "note": "Day pay."})

    assert "T39" not in {point.id for point in open_points(session)}


def test_a_person_filled_in_from_screen_six_leads_back_to_it(workspace, anna, as_user):
    session = make_promised_session(workspace=workspace)
    person = make_person(workspace=workspace, email="", phone="", channel=Channel.PHONE, name="Noor")
    invite(session=session, person=person)
    screen = workspace.url("sessions:invite_look", session.pk)
    client = as_user(anna)
    page = client.get(screen).content.decode()
    address = workspace.url("stakeholders:person_edit", person.pk) + f"?next={screen.replace('/', '%2F')}"
    assert address in page

    form = client.get(address).context_data["form"]
    shown = {name: form[name].value() for name in form.fields}
    fields = {name: value for name, value in shown.items() if value not in {None, False}} | {
        "channel": "mail",
        "email": "noor@example.org",
    }
    saved = client.post(address, fields)
    assert saved.url == screen
    # an address elsewhere is not followed
    away = workspace.url("stakeholders:person_edit", person.pk) + "?next=https://elsewhere.example/"
    assert client.post(away, fields).url == workspace.url("stakeholders:person_detail", person.pk)
