"""Pages of what changes after people were told."""

import pytest

from dialoog.testing.factories import invite, make_person, make_sent_session
from sessions.models import BriefingChange, ChangeSize, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(workspace, anna):
    session = make_sent_session(workspace=workspace)
    invite(session=session, person=make_person(workspace=workspace))
    return session


@pytest.fixture
def client(anna, as_user):
    return as_user(anna)


def url(session, name, *args):
    return session.workspace.url(f"sessions:{name}", session.pk, *args)


def fields(page):
    """What the form holds when it is opened, as a browser would post it."""
    form = page.context["form"]
    return {
        name: value
        for name in form.fields
        if (value := form[name].value()) not in (None, "") and not isinstance(value, bool)
    }


@pytest.mark.parametrize("size", ["typo", "programme", "promise"])
def test_each_size_opens(client, session, size):
    assert client.get(url(session, "change_edit", size)).status_code == 200
    assert client.get(url(session, "change_choose")).status_code == 200


def test_unknown_size_is_not_found(client, session):
    assert client.get(url(session, "change_edit", "miracle")).status_code == 404


def test_typing_error_keeps_the_old_text(client, session):
    data = fields(client.get(url(session, "change_edit", "typo"))) | {"goal": "agreed on the greatest risks"}

    assert client.post(url(session, "change_edit", "typo"), data).status_code == 302

    change = BriefingChange.objects.get(session=session, field="goal")
    assert change.size == ChangeSize.TYPO
    assert change.old != change.new


def test_promise_changes_only_with_a_reason(client, session):
    data = fields(client.get(url(session, "change_edit", "promise"))) | {"goal": "something else"}

    answer = client.post(url(session, "change_edit", "promise"), data)

    assert answer.status_code == 422
    assert "something else" in answer.content.decode()
    session.refresh_from_db()
    assert session.goal != "something else"


def test_meeting_screen_refuses_what_people_have(client, session):
    data = fields(client.get(url(session, "invite_meeting"))) | {"title": "Another title"}

    answer = client.post(url(session, "invite_meeting"), data)

    assert answer.status_code == 422
    assert "Something changes" in answer.content.decode()


def test_called_off_is_told_once(client, session):
    answer = client.post(url(session, "session_cancel"), {"reason": "The room burnt down."})

    session.refresh_from_db()
    assert answer.status_code == 302
    assert session.status == Status.CANCELLED
    again = client.post(url(session, "session_cancel"), {"reason": "The room burnt down."})
    assert again.status_code == 302
