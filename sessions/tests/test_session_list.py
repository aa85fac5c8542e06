"""The list of meetings, a meeting held before, and the meetings of one person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from dialoog.kernel.workspaces.models import User
from dialoog.testing.factories import (
    answer,
    invite,
    make_person,
    make_promised_session,
    make_sent_session,
    make_session,
    make_wish,
)
from sessions.models import DialogueSession, SessionAssignment, Status

pytestmark = pytest.mark.django_db
HELD = {"title": "The first talk", "day": "2026-03-02", "start": "10:00", "end": "12:00", "place": "Utrecht"}


def test_meetings_stand_where_they_need_something(workspace, bram, as_user):
    draft = make_session(workspace=workspace)
    to_come = make_sent_session(workspace=workspace)
    ended = make_sent_session(workspace=workspace, days=-3)
    told = make_promised_session(workspace=workspace, days=-30, status=Status.REPORTED)
    off = make_promised_session(workspace=workspace, status=Status.CANCELLED)

    context = as_user(bram).get(workspace.url("sessions:session_list")).context

    names = ("drafts", "upcoming", "to_report", "past", "cancelled")
    assert [list(context[name]) for name in names] == [[draft], [to_come], [ended], [told], [off]]


def test_day_and_month_are_two_words_in_the_language_of_the_reader(workspace, bram, as_user):
    starts_at = datetime(2026, 10, 28, 9, tzinfo=UTC)
    row = make_sent_session(workspace=workspace)
    DialogueSession.objects.filter(pk=row.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )
    client, url = as_user(bram), workspace.url("sessions:session_list")

    english = client.get(url).content.decode()
    User.objects.filter(pk=bram.pk).update(language="nl")
    dutch = as_user(User.objects.get(pk=bram.pk)).get(url).content.decode()

    assert "<b>28</b> Oct 2026" in english
    assert "<b>28</b> okt 2026" in dutch


def test_search_finds_by_name_and_place(workspace, bram, as_user):
    make_sent_session(workspace=workspace, title="Leather", place="Zwolle")
    make_sent_session(workspace=workspace, title="Cotton")
    url = workspace.url("sessions:session_list")

    found = as_user(bram).get(url, {"q": "zwolle LEATHER"}).context["upcoming"]
    nothing = as_user(bram).get(url, {"q": "palm oil"}).content.decode()

    assert [session.title for session in found] == ["Leather"]
    assert "No meeting with “palm oil”." in nothing


def test_a_dialogue_shows_itself_with_its_second_meeting(workspace, bram, as_user):
    first = make_sent_session(workspace=workspace, days=-90)
    client = as_user(bram)
    url = workspace.url("sessions:session_list")

    assert client.get(url).context["series"] == []
    second = make_session(workspace=workspace, dialogue=first.dialogue)
    (series,) = client.get(url).context["series"]
    assert series.sessions == [first, second]


def test_a_facilitator_sees_only_assigned_meetings(workspace, chaima, as_user):
    mine = make_sent_session(workspace=workspace)
    make_sent_session(workspace=workspace)
    SessionAssignment.objects.create(session=mine, user=chaima)

    response = as_user(chaima).get(workspace.url("sessions:session_list"))

    assert response.context["upcoming"] == [mine]
    assert "New meeting" not in response.content.decode()


def test_an_empty_list_says_what_to_do_first(workspace, bram, romy, as_user):
    url = workspace.url("sessions:session_list")

    assert "In seven screens" in as_user(bram).get(url).content.decode()
    assert "New meeting" not in as_user(romy).get(url).content.decode()


def test_strangers_do_not_find_the_list(workspace, eva, as_user):
    assert as_user(eva).get(workspace.url("sessions:session_list")).status_code == 404
    assert as_user(eva).get(workspace.url("sessions:session_new_held")).status_code == 404


def test_the_list_is_flat(workspace, bram, as_user):
    client = as_user(bram)
    url = workspace.url("sessions:session_list")

    def add() -> None:
        session = make_sent_session(workspace=workspace)
        answer(invitation=invite(session=session))
        make_session(workspace=workspace, dialogue=session.dialogue)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    add()
    one = queries()
    add()
    add()

    assert queries() == one


def test_who_comes_is_counted_once_with_a_deputy(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    first = invite(session=session)
    answer(invitation=invite(session=session, replaces=first))

    (row,) = as_user(bram).get(workspace.url("sessions:session_list")).context["upcoming"]

    assert (row.coming, row.invited) == (1, 1)


def test_a_meeting_held_before_is_entered_with_who_was_there(workspace, bram, as_user):
    person = make_person(workspace=workspace)

    response = as_user(bram).post(workspace.url("sessions:session_new_held"), {**HELD, "people": [person.pk]})

    session = DialogueSession.objects.get()
    assert response.status_code == 302
    assert (session.status, session.was_briefed, session.place) == (Status.HELD, False, "Utrecht")
    assert session.invitations.get().person == person


@pytest.mark.parametrize("wrong", [{"end": "09:00"}, {"day": "2099-01-01"}, {"title": ""}, {"people": []}])
def test_a_meeting_held_wrongly_keeps_what_was_typed_and_makes_nothing(wrong, workspace, bram, as_user):
    person = make_person(workspace=workspace)
    data = {**HELD, "people": [person.pk], **wrong}

    response = as_user(bram).post(workspace.url("sessions:session_new_held"), data)

    assert response.status_code == 422
    assert "Utrecht" in response.content.decode()
    assert not DialogueSession.objects.exists()


def test_the_meetings_of_a_person_show_answer_and_named_wishes(workspace, rf: RequestFactory):
    person = make_person(workspace=workspace)
    session = make_sent_session(workspace=workspace)
    row = answer(invitation=invite(session=session, person=person))
    make_wish(session=session, text="Late changes", invitation=row)
    make_wish(session=session, text="Nobody knows who")
    request = rf.get("/")
    request.workspace = workspace
    page = Template("{% load dialogue %}{% person_meetings person %}")

    html = page.render(Context({"request": request, "person": person}))

    assert session.title in html
    assert "Comes" in html
    assert "Late changes" in html
    assert "Nobody knows who" not in html


def test_somebody_without_meetings_reads_so(workspace, rf: RequestFactory):
    request = rf.get("/")
    request.workspace = workspace
    page = Template("{% load dialogue %}{% person_meetings person %}")

    html = page.render(Context({"request": request, "person": make_person(workspace=workspace)}))

    assert "Not invited to a meeting yet." in html
