"""The programme: order, clock times, talking, a first draft, rules of conduct."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dialoog.kernel import clock
from dialoog.testing.factories import (
    invite,
    make_agenda_item,
    make_briefing,
    make_person,
    make_promised_session,
    make_sent_session,
    make_wish,
)
from sessions.actions.agenda import (
    move_item,
    remove_item,
    save_conduct,
    save_item,
    start_programme,
)
from sessions.actions.plan import StaleSession
from sessions.engine.programme import RULE_OF_THUMB, Block, Share, draft, share_of
from sessions.models import AgendaItem, BriefingKind, Decides, Form
from stakeholders.models import Mode

pytestmark = pytest.mark.django_db
PART = {"title": "Who does what?", "form": "closing", "minutes": "20"}


def titles(session) -> list[str]:
    return list(session.agenda.order_by("day", "position").values_list("title", flat=True))


def test_parts_change_places_without_breaking_their_order(workspace, bram):
    session = make_promised_session(workspace=workspace)
    for title in "abc":
        make_agenda_item(session=session, title=title)
    last = session.agenda.get(title="c")

    assert move_item(item=last, up=True, seen=3, by=bram)
    assert titles(session) == ["a", "c", "b"]
    assert not move_item(item=session.agenda.get(title="c"), up=True, seen=3, by=bram)
    assert titles(session) == ["a", "c", "b"]
    assert not move_item(item=session.agenda.get(title="b"), up=False, seen=3, by=bram)


def test_two_parts_cannot_stand_in_one_place(workspace):
    session = make_promised_session(workspace=workspace)
    make_agenda_item(session=session, position=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_agenda_item(session=session, position=1)


def test_a_part_moved_to_another_day_comes_last_there(workspace, bram):
    session = make_promised_session(workspace=workspace)
    item = make_agenda_item(session=session, title="a")
    make_agenda_item(session=session, title="b", day=2, position=1)
    fields = {"title": "a", "day": 2, "minutes": 30, "form": Form.TABLES}

    save_item(session=session, fields=fields, by=bram, version=session.version, item=item)

    assert (item.day, item.position) == (2, 2)


def test_the_second_of_two_savers_is_told(workspace, bram):
    session = make_promised_session(workspace=workspace)
    save_conduct(session=session, rules="Listen.", facilitator="", by=bram, version=1)

    with pytest.raises(StaleSession):
        save_conduct(session=session, rules="Speak.", facilitator="", by=bram, version=1)
    session.refresh_from_db()
    assert session.rules == "Listen."


def test_both_texts_are_shown_to_the_second_saver_and_saving_again_keeps_theirs(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    save_conduct(session=session, rules="Listen well.", facilitator="", by=bram, version=1)
    client = as_user(bram)
    url = workspace.url("sessions:agenda_edit", session.pk)
    mine = {"rules": "Speak up.", "facilitator": ""}

    refused = client.post(url, {**mine, "version": "1"})
    page = refused.content.decode()
    again = client.post(url, {**mine, "version": refused.context["form"]["version"].value()})

    session.refresh_from_db()
    assert refused.status_code == 422
    assert "Listen well." in page
    assert "Speak up." in page
    assert again.status_code == 302
    assert session.rules == "Speak up."


def test_the_page_computes_clock_times_and_says_what_overlaps(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    start = session.starts_at.replace(hour=9)
    session.starts_at, session.ends_at = start, start + timedelta(hours=2)
    session.timezone = "UTC"
    session.save()
    make_agenda_item(session=session, title="Welcome", minutes=30)
    make_agenda_item(session=session, title="Lunch", minutes=120, fixed_start=time(9, 20), form=Form.BREAK)

    response = as_user(bram).get(workspace.url("sessions:agenda_edit", session.pk))
    ((_name, parts),) = response.context["days"]

    assert [(part.start, part.end) for part in parts] == [("09:00", "09:30"), ("09:20", "11:20")]
    assert response.context["warnings"] == [
        "“Lunch” starts at 09:20, but “Welcome” takes until 09:30.",
        "The programme ends at 11:20, 20 minutes after the meeting (11:00).",
    ]


def test_a_part_is_added_and_changed_by_its_form(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    client = as_user(bram)

    client.post(workspace.url("sessions:agenda_item_new", session.pk), {**PART, "version": "1"})
    item = session.agenda.get()
    url = workspace.url("sessions:agenda_item_edit", session.pk, item.pk)
    client.post(url, {**PART, "minutes": "25", "version": "2"})

    item.refresh_from_db()
    assert (item.title, item.form, item.minutes, item.day) == ("Who does what?", Form.CLOSING, 25, 1)


@pytest.mark.parametrize("wrong", [{"minutes": "0"}, {"minutes": "2000"}, {"title": ""}, {"form": "speech"}])
def test_a_wrong_part_keeps_what_was_typed(wrong, workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    data = {**PART, "note": "You promise one thing", "version": "1", **wrong}

    response = as_user(bram).post(workspace.url("sessions:agenda_item_new", session.pk), data)

    assert response.status_code == 422
    assert "You promise one thing" in response.content.decode()
    assert not session.agenda.exists()


def test_a_double_click_moves_once(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    for title in "abc":
        make_agenda_item(session=session, title=title)
    item = session.agenda.get(title="c")
    client = as_user(bram)

    for _click in range(2):
        client.post(
            workspace.url("sessions:agenda_item_move", session.pk, item.pk), {"to": "up", "seen": "3"}
        )

    assert titles(session) == ["a", "c", "b"]


def test_taking_a_part_out_lets_its_wishes_wait_again(workspace, bram):
    session = make_promised_session(workspace=workspace)
    item = make_agenda_item(session=session)
    wish = make_wish(session=session, agenda_item=item)

    remove_item(item=item, by=bram)

    wish.refresh_from_db()
    assert wish.agenda_item is None


def test_a_first_programme_fills_the_day_and_carries_named_wishes(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace, decides=Decides.ADVICE)
    make_wish(
        session=session, text="Late changes make overtime. And more.", invitation=invite(session=session)
    )
    neem = make_person(workspace=workspace, participation_mode=Mode.PSEUDONYM)
    make_wish(session=session, text="My foreman shouts", invitation=invite(session=session, person=neem))
    make_wish(session=session, text="Nobody asked us")

    as_user(bram).post(workspace.url("sessions:agenda_start", session.pk))

    words = " ".join(titles(session))
    assert sum(session.agenda.values_list("minutes", flat=True)) == 120
    assert "At the table: Late changes make overtime" in words
    assert "foreman" not in words
    assert "Nobody" not in words
    assert session.agenda.filter(form=Form.VOTE).exists()
    assert session.agenda.get(title__startswith="At the table: Late").wishes.count() == 1


def test_a_first_programme_never_replaces_one(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    make_agenda_item(session=session, title="Mine")

    as_user(bram).post(workspace.url("sessions:agenda_start", session.pk))

    assert titles(session) == ["Mine"]


def test_ready_rules_are_shown_and_not_saved_by_looking(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)

    response = as_user(bram).get(workspace.url("sessions:agenda_edit", session.pk), {"ready": "1"})

    session.refresh_from_db()
    assert len(response.context["form"]["rules"].value().splitlines()) == 6
    assert "Anna de Boer" in response.context["form"]["rules"].value()
    assert session.rules == ""


def test_a_started_programme_is_in_the_language_of_the_meeting(workspace, bram):
    session = make_promised_session(workspace=workspace, language="hi")

    start_programme(session=session, by=bram)

    assert titles(session)[0] == "Welcome and rules of conduct"


@pytest.mark.parametrize("minutes", [45, 60, 90, 120, 150, 240, 360, 720])
@pytest.mark.parametrize("level", [*RULE_OF_THUMB, ""])
def test_a_draft_fills_exactly_its_minutes(minutes, level):
    for votes in (True, False):
        for wishes in (0, 1, 9):
            parts = draft(minutes, level, votes=votes, wishes=wishes)

            assert sum(length for _block, length in parts) == minutes
            assert min(length for _block, length in parts) > 0
            assert parts[0][0] == Block.WELCOME


def test_the_share_of_talking_adds_up():
    parts = [("plenary", 15), ("tables", 50), ("break", 15), ("visit", 35), ("vote", 35), ("closing", 15)]

    share = share_of(parts)

    assert share == Share(people=120, sending=30, rest=15)
    assert share.percent == (73, 18, 9)
    assert share.keeps_rule("involve")
    assert not share_of([("plenary", 60)]).keeps_rule("inform")
    assert share_of([]).percent == (0, 0, 0)


def test_the_editor_is_flat(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    client = as_user(bram)
    url = workspace.url("sessions:agenda_edit", session.pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    make_wish(session=session, agenda_item=make_agenda_item(session=session))
    make_wish(session=session, invitation=invite(session=session))
    one = queries()
    for _more in range(2):
        make_wish(session=session, agenda_item=make_agenda_item(session=session))
        make_wish(session=session, invitation=invite(session=session))

    assert queries() == one


@pytest.mark.parametrize(
    "name", ["agenda_edit", "agenda_item_new", "agenda_item_edit", "agenda_item_delete", "agenda_item_move"]
)
def test_roles_and_strangers(name, workspace, anna, chaima, romy, eva, as_user):  # noqa: PLR0917
    session = make_promised_session(workspace=workspace)
    item = make_agenda_item(session=session)
    args = [session.pk] if name in {"agenda_edit", "agenda_item_new"} else [session.pk, item.pk]
    url = workspace.url(f"sessions:{name}", *args)

    def status(user) -> int:
        client = as_user(user)
        return (client.post(url) if name == "agenda_item_move" else client.get(url)).status_code

    assert [status(user) for user in (eva, chaima, romy)] == [404, 403, 403]
    assert status(anna) in {200, 302}


def test_a_part_of_another_meeting_is_not_found(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    foreign = make_agenda_item(session=make_promised_session(workspace=workspace))

    response = as_user(bram).post(workspace.url("sessions:agenda_item_delete", session.pk, foreign.pk))

    assert response.status_code == 404
    assert AgendaItem.objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("minutes", [60, 90, 120, 180, 240, 360])
@pytest.mark.parametrize("level", list(RULE_OF_THUMB))
def test_a_draft_keeps_the_rule_of_thumb_of_its_level(minutes, level):
    people = {Block.ROUND: "tables", Block.VOTE: "vote"}
    rest = {Block.BREAK: "break", Block.LUNCH: "break", Block.INFORMAL: "informal"}
    parts = draft(minutes, level, votes=True, wishes=3)

    share = share_of([({**people, **rest}.get(block, "plenary"), length) for block, length in parts])

    assert share.keeps_rule(level)


def test_changes_are_told_once_people_have_the_programme_and_not_before(workspace, bram):
    session = make_sent_session(workspace=workspace)
    item = make_agenda_item(session=session, title="Welcome", minutes=10)
    make_agenda_item(session=session, title="Break", minutes=10)
    move_item(item=item, up=False, seen=1, by=bram)
    assert not session.changes.exists()

    make_briefing(session=session, kind=BriefingKind.PACK, sent_at=clock.now())
    item.refresh_from_db()
    move_item(item=item, up=True, seen=2, by=bram)
    save_conduct(session=session, rules="Listen.", facilitator="Simone", by=bram, version=1)

    told = session.changes.order_by("pk").values_list("field", "old", "new")
    assert ("agenda", "Break · Welcome", "Welcome · Break") in told
    assert [field for field, *_texts in told].count("rules") == 1
