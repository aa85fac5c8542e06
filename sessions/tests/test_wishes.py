"""What people asked for, and where it went."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.testing.factories import (
    invite,
    make_agenda_item,
    make_person,
    make_sent_session,
    make_wish,
)
from sessions.models import WishKind

pytestmark = pytest.mark.django_db


def test_an_unnamed_wish_shows_neither_name_nor_group(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    make_wish(session=session, text="Say what it costs")

    page = as_user(bram).get(workspace.url("sessions:wish_list", session.pk)).content.decode()
    wish = page[page.index("Say what it costs") : page.index("Give it a place")]

    assert "without a name" in wish
    assert "<svg" not in wish


def test_wishes_of_one_part_are_counted_together(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    item = make_agenda_item(session=session, title="Working at home")
    make_wish(session=session, agenda_item=item)
    make_wish(session=session, agenda_item=item, invitation=invite(session=session))

    page = as_user(bram).get(workspace.url("sessions:wish_list", session.pk)).content.decode()

    assert "asked by 2 people" in page


def test_a_wish_goes_into_a_part_that_is_there(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    item, wish = make_agenda_item(session=session), make_wish(session=session)

    as_user(bram).post(
        workspace.url("sessions:wish_edit", session.pk, wish.pk), {"place": "item", "item": item.pk}
    )

    wish.refresh_from_db()
    assert wish.agenda_item == item


def test_a_wish_makes_a_new_part(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    wish = make_wish(session=session)
    data = {"place": "new", "title": "Late changes", "minutes": "45", "response": "We begin with it."}

    as_user(bram).post(workspace.url("sessions:wish_edit", session.pk, wish.pk), data)

    wish.refresh_from_db()
    assert (wish.agenda_item.title, wish.agenda_item.minutes) == ("Late changes", 45)
    assert wish.response == "We begin with it."


def test_a_wish_without_a_place_needs_a_reason(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    wish = make_wish(session=session)
    client = as_user(bram)
    url = workspace.url("sessions:wish_edit", session.pk, wish.pk)

    refused = client.post(url, {"place": "reason", "response": " "})
    client.post(url, {"place": "reason", "response": "In June, with more time."})

    wish.refresh_from_db()
    assert refused.status_code == 422
    assert wish.response == "In June, with more time."
    assert client.get(workspace.url("sessions:wish_list", session.pk)).context["wish_counts"]["open"] == 0


def test_a_part_of_another_meeting_cannot_be_chosen(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    foreign = make_agenda_item(session=make_sent_session(workspace=workspace))
    make_agenda_item(session=session)
    wish = make_wish(session=session)

    response = as_user(bram).post(
        workspace.url("sessions:wish_edit", session.pk, wish.pk), {"place": "item", "item": foreign.pk}
    )

    wish.refresh_from_db()
    assert response.status_code == 422
    assert wish.agenda_item is None


def test_the_list_is_flat(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    client = as_user(bram)
    url = workspace.url("sessions:wish_list", session.pk)

    def add() -> None:
        item = make_agenda_item(session=session)
        row = invite(session=session, person=make_person(workspace=workspace))
        make_wish(session=session, agenda_item=item, invitation=row)
        make_wish(session=session, kind=WishKind.LAST_TIME, invitation=row)
        make_wish(session=session, response="Later.")
        make_wish(session=session)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    add()
    one = queries()
    add()
    add()

    assert queries() == one


@pytest.mark.parametrize("name", ["wish_list", "wish_edit"])
def test_roles_and_strangers(name, workspace, anna, chaima, romy, eva, as_user):  # noqa: PLR0917
    session = make_sent_session(workspace=workspace)
    wish = make_wish(session=session)
    args = [session.pk] if name == "wish_list" else [session.pk, wish.pk]
    url = workspace.url(f"sessions:{name}", *args)

    seen = [as_user(user).get(url).status_code for user in (anna, eva, chaima, romy)]

    assert seen == [200, 404, 403, 403]
