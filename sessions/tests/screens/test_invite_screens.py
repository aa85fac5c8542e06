"""The seven screens, as an organiser walks them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialoog.kernel import clock
from dialoog.kernel.ui import dates
from dialoog.testing.factories import (
    invite,
    make_briefing,
    make_person,
    make_promised_session,
    make_sent_session,
)
from sessions.actions.brief import suggested_send_at
from sessions.actions.invite import add_invitees
from sessions.actions.invite import ensure_groups as ensure_session_groups
from sessions.actions.plan import plan_session
from sessions.models import DialogueSession, SessionDraft, Status
from sessions.tests.screens.conftest import PROMISE, meeting, url
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import Channel

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_new_meeting_opens_the_first_screen(client, workspace):
    answer = client.post(workspace.url("sessions:session_new"))

    session = DialogueSession.objects.get()
    assert answer.url == url(session, "invite_meeting")
    assert client.get(answer.url).status_code == 200


def test_the_contact_person_of_a_first_meeting_fills_an_empty_profile(client, workspace, bram):
    type(bram).objects.filter(pk=bram.pk).update(name="", phone="")
    bram.refresh_from_db()
    session = plan_session(workspace=workspace, by=bram)
    someone_else = meeting(session, contact_name="Tim", contact_email="tim@example.org")
    client.post(url(session, "invite_meeting"), someone_else)
    bram.refresh_from_db()
    assert bram.name == ""

    session.refresh_from_db()
    client.post(url(session, "invite_meeting"), meeting(session, contact_email=bram.email))

    bram.refresh_from_db()
    assert (bram.name, bram.phone) == ("Bram", "070 555 01 02")
    assert plan_session(workspace=workspace, by=bram).contact_phone == "070 555 01 02"


def test_meeting_is_saved_and_leads_to_the_promise(client, session):
    answer = client.post(url(session, "invite_meeting"), meeting(session))

    session.refresh_from_db()
    assert answer.url == url(session, "invite_promise")
    assert timezone.localtime(session.starts_at).hour == 10
    assert session.answer_by is not None
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"end": "09:00"}, "The meeting must end after it starts."),
        ({"last_day": "2026-01-01"}, "The last day lies before the first."),
        ({"day": "2020-01-01"}, "This date has passed."),
        ({"title": ""}, "Please fill this in."),
        ({"title": "x" * 100_000}, "at most 160 characters"),
        ({"day": ""}, "leave date and times open"),
        ({"contact_email": "nobody"}, "valid email"),
    ],
)
def test_bad_meeting_gets_a_sentence_and_keeps_what_was_typed(client, session, changes, sentence):
    answer = client.post(url(session, "invite_meeting"), meeting(session, place="Kota 🏜 راجستھان", **changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Kota 🏜 راجستھان" in answer.content.decode()


def test_nul_and_emoji_do_no_harm(client, session):
    answer = client.post(url(session, "invite_meeting"), meeting(session, title="Ri\x00sks 🌍 שלום"))

    session.refresh_from_db()
    assert answer.status_code == 302
    assert session.title == "Risks 🌍 שלום"


def test_second_of_two_savers_sees_both_texts(client, session):
    client.post(url(session, "invite_meeting"), meeting(session, title="First"))

    answer = client.post(url(session, "invite_meeting"), meeting(session, title="Second"))

    body = answer.content.decode()
    session.refresh_from_db()
    assert answer.status_code == 422
    assert "First" in body
    assert "Second" in body
    assert session.title == "First"
    again = client.post(
        url(session, "invite_meeting"), meeting(session, title="Second", version=session.version)
    )
    assert again.status_code == 302


def test_what_is_typed_comes_back_without_saving(client, session, anna, as_user):
    data = meeting(session, title="Half a title")
    assert client.post(url(session, "draft_keep", "meeting"), data).status_code == 200

    mine = client.get(url(session, "invite_meeting")).content.decode()
    hers = as_user(anna).get(url(session, "invite_meeting")).content.decode()
    assert "Half a title" in mine
    assert "Half a title" not in hers
    client.post(url(session, "invite_meeting"), data)
    assert not SessionDraft.objects.exists()


def test_promise_and_decision_are_saved(client, session):
    client.post(url(session, "invite_meeting"), meeting(session))
    session.refresh_from_db()
    answer = client.post(url(session, "invite_promise"), {"version": session.version, **PROMISE})

    session.refresh_from_db()
    assert answer.url == url(session, "invite_decision")
    page = client.get(answer.url).content.decode()
    assert "We go on until nobody has a strong objection" in page
    data = {"version": session.version, "method": "no_objection", "fallback": "adopter", "tie_rule": "both"}
    answer = client.post(url(session, "invite_decision"), data)
    session.refresh_from_db()
    assert answer.url.endswith("/invite/people/")
    assert session.procedure.is_complete


def test_the_phone_says_who_decides_afterwards_and_when(client, session):
    client.post(url(session, "invite_meeting"), meeting(session))
    session.refresh_from_db()
    day = (clock.now() + timedelta(days=100)).date()
    typed = {"version": session.version, **PROMISE, "adopts_by": day.isoformat()}
    sentence = f"The group gives advice that day. The board decides by {dates.day_month(day)} at the latest."

    preview = client.post(url(session, "promise_preview"), typed).content.decode()
    assert sentence in preview
    assert "You help make the outcome. The board adopts it" in preview
    session.refresh_from_db()
    assert session.decides == ""

    client.post(url(session, "invite_promise"), typed)
    assert sentence in client.get(url(session, "invite_promise")).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "This is not settled yet."),
        ({"decides": "no", "adopter": "The board"}, "Nothing is decided that day."),
        ({"decides": "advice", "adopter": "The board", "adopts_by": "soon"}, "The board decides afterwards."),
        ({"decides": "yes", "adopter": "The board"}, "The board carries it out."),
    ],
)
def test_the_phone_takes_what_is_right_already(client, session, typed, sentence):
    assert sentence in client.post(url(session, "promise_preview"), typed).content.decode()


def test_stepping_back_leaves_what_is_done_marked_as_done(client, workspace):
    session = make_promised_session(workspace=workspace, decides="no")

    def done():
        page = client.get(url(session, "invite_meeting"))
        return [step["name"] for step in page.context["road"] if step["state"] == "past"]

    assert done() == ["Expect"]
    invite(session=session)
    assert done() == ["Expect", "People"]
    session.groups.update(why_you="You know.", what_we_ask="Tell.")
    assert done() == ["Expect", "People", "At the table"]
    client.post(url(session, "invite_look"), {"version": session.version})
    assert done() == ["Expect", "People", "At the table", "Check"]


def test_after_sending_the_last_screen_says_who_was_invited(client, workspace):
    session = make_sent_session(workspace=workspace)
    invite(session=session)

    page = client.get(url(session, "invite_send")).content.decode()

    assert "1 person invited" in page
    assert "gets word" not in page


def test_nothing_decided_skips_the_decision(client, session):
    answer = client.post(
        url(session, "invite_promise"), {"version": session.version, **PROMISE, "decides": "no"}
    )

    assert answer.url.endswith("/invite/people/")


def test_outsider_and_reader_do_not_get_in(session, eva, romy, as_user):
    assert as_user(eva).get(url(session, "invite_meeting")).status_code == 404
    assert as_user(romy).get(url(session, "invite_meeting")).status_code == 403


def test_a_meeting_elsewhere_has_its_own_zone(client, session):
    client.post(url(session, "invite_meeting"), meeting(session, timezone="Asia/Kolkata"))

    session.refresh_from_db()
    assert session.timezone == "Asia/Kolkata"
    assert session.starts_at.hour * 60 + session.starts_at.minute == 4 * 60 + 30


def test_a_group_may_have_another_influence(client, session):
    person = make_person(workspace=session.workspace)
    add_invitees(session=session, people=[person], by=session.created_by)
    group = ensure_groups(session.workspace)[0]
    session.invitations.update(group=group)
    ensure_session_groups(session)

    page = client.get(url(session, "invite_table")).content.decode()
    data = {
        "version": session.version,
        f"why_{group.pk}": "",
        f"ask_{group.pk}": "",
        f"level_{group.pk}": "empower",
    }
    answer = client.post(url(session, "invite_table"), data)

    assert "Influence of this group" in page
    assert answer.status_code == 302
    assert session.groups.get(group=group).influence == "empower"


def test_going_on_without_choosing_whether_something_is_decided_goes_on(client, session):
    data = {"version": session.version, **PROMISE}
    data.pop("decides")

    answer = client.post(url(session, "invite_promise"), data)

    assert answer.url == url(session, "invite_people")
    told = client.get(url(session, "invite_decision"), follow=True)
    assert "Say first whether anything is decided that day." in told.content.decode()


def test_a_second_tab_does_not_wipe_what_the_first_kept(client, session):
    client.post(url(session, "draft_keep", "meeting"), {"version": session.version, "title": "Typed in one"})
    client.post(url(session, "draft_keep", "meeting"), {"version": session.version, "place": "Typed in two"})

    page = client.get(url(session, "invite_meeting")).content.decode()

    assert "Typed in one" in page
    assert "Typed in two" in page


def test_people_of_a_list_read_the_language_of_the_meeting(client, session):
    client.post(url(session, "invite_meeting"), meeting(session, language="nl"))
    client.post(
        url(session, "invite_people"),
        {"text": "Naam\tE-mail\nFemke Haverkamp\tfemke@example.org\nRao\trao@example.org", "read": "1"},
    )
    client.post(url(session, "invite_people"), {"confirm": "1"})

    assert set(session.invitations.values_list("person__language", flat=True)) == {"nl"}


def promised(session, **changes):
    return {"version": session.version, **PROMISE, **changes}


@pytest.mark.parametrize("name", ["invite_meeting", "invite_look"])
def test_leaving_by_the_step_bar_saves_and_leads_there(client, session, name):
    answer = client.post(url(session, "invite_promise"), promised(session, to=url(session, name)))

    session.refresh_from_db()
    assert answer.url == url(session, name)
    assert session.goal == PROMISE["goal"]


def test_leaving_for_later_saves(client, session):
    later = session.workspace.url("portal:session_detail", session.pk)

    assert client.post(url(session, "invite_promise"), promised(session, to=later)).url == later


def test_leaving_leads_nowhere_else_and_not_with_what_is_wrong(client, session):
    away = client.post(url(session, "invite_promise"), promised(session, to="https://evil.example/"))
    wrong = client.post(
        url(session, "invite_meeting"), meeting(session, title="", to=url(session, "invite_look"))
    )

    assert away.url == url(session, "invite_decision")
    assert wrong.status_code == 422


def test_only_the_screens_with_words_of_the_invitation_are_saved_on_leaving(client, session):
    pages = {
        name: client.get(url(session, f"invite_{name}")).content.decode()
        for name in ("meeting", "promise", "people", "table", "look", "send")
    }

    assert [name for name in pages if "data-saves" in pages[name]] == ["meeting", "promise", "table"]


@pytest.mark.parametrize("name", ["invite_look", "invite_send"])
def test_a_draft_that_is_not_in_the_invitation_is_told(client, session, anna, as_user, name):
    sentence = "What you typed in “What may people expect?” at"
    typed = {"version": session.version, "goal": "another goal"}
    client.post(url(session, "draft_keep", "promise"), typed)

    mine = client.get(url(session, name)).content.decode()
    assert sentence in mine
    assert f'href="{url(session, "invite_promise")}">Go there and save' in mine
    assert sentence not in as_user(anna).get(url(session, name)).content.decode()
    DialogueSession.objects.update(goal="another goal")
    assert sentence not in client.get(url(session, name)).content.decode()


def test_nothing_is_planned_while_such_a_draft_differs(client, workspace):
    session = make_promised_session(workspace=workspace)
    invite(session=session)
    session.refresh_from_db()
    typed = {"version": session.version, "goal": "another goal"}
    client.post(url(session, "draft_keep", "promise"), typed)
    now = {"version": session.version, "when": "now"}

    answer = client.post(url(session, "invite_send"), now)

    assert answer.status_code == 422
    assert answer.content.decode().count("is not in the invitation yet") == 2
    assert not session.briefings.exists()
    session.drafts.all().delete()
    assert client.post(url(session, "invite_send"), now).status_code == 302


def test_the_conflict_names_the_fields_as_the_form_does_and_who_saved(client, session, anna, as_user):
    own, others = "This is what you saved in another tab", "This is what your colleague saved"
    stale = promised(session, use_of_outcomes="mine", not_used_for="mine")
    client.post(url(session, "invite_promise"), promised(session))

    mine = client.post(url(session, "invite_promise"), stale).content.decode()
    hers = as_user(anna).post(url(session, "invite_promise"), stale).content.decode()

    assert "<dt>We use the outcome for …</dt>" in mine
    assert "<dt>use_of_outcomes</dt>" not in mine
    assert own in mine
    assert others not in mine
    assert "Somebody else saved" not in mine
    assert others in hers


def test_once_the_invitations_went_out_the_last_screen_says_so_and_leads_to_a_change(client, workspace):
    session = make_sent_session(workspace=workspace)
    left = clock.now() - timedelta(days=3)
    session.briefings.update(sent_at=left)

    page = client.get(url(session, "invite_send")).content.decode()
    first_line = page.partition('<ol class="days">')[2].partition("</li>")[0]

    assert "The invitations went out on" in page
    assert f'datetime="{timezone.localtime(left):%Y-%m-%d}"' in first_line
    assert url(session, "change_choose") in page
    assert "Ready to send" not in page
    assert 'class="btn go" type="submit"' not in page


@pytest.fixture
def three_ways(workspace):
    """A promised meeting to which three people are invited: by mail, by letter, by telephone."""
    session = make_promised_session(workspace=workspace)
    invite(session=session)
    post = {"street": "Road 12", "postcode": "9700 AA", "city": "Groningen"}
    invite(session=session, person=make_person(workspace=workspace, channel=Channel.LETTER, **post))
    calls = make_person(workspace=workspace, channel=Channel.PHONE, phone="070 555 01 09")
    invite(session=session, person=calls)
    return session


def test_the_button_says_what_each_choice_does_and_counts_what_goes(client, three_ways):
    page = client.get(url(three_ways, "invite_send")).content.decode()

    dock = page.partition('<section class="dock"')[2]
    monday = dates.when(suggested_send_at(three_ways), three_ways.timezone)
    assert '<span data-when="when=">Send 1 mail at the moment chosen</span>' in dock
    assert '<span data-when="when=now" hidden>Send 1 mail now</span>' in dock
    assert f'<span data-when="when=planned" hidden>Put 1 mail ready for {monday}</span>' in dock
    assert "1 by mail · 1 letter to print · 1 to call" in page


@pytest.mark.parametrize(
    ("when", "told"),
    [("now", "The invitations are going out now."), ("planned", "Planned: the invitations go out on ")],
)
def test_the_message_afterwards_is_true(client, three_ways, when, told):
    answer = client.post(
        url(three_ways, "invite_send"), {"version": three_ways.version, "when": when}, follow=True
    )

    assert told in answer.content.decode()


def test_once_planned_the_last_screen_says_when_and_asks_nothing_again(client, three_ways):
    briefing = make_briefing(session=three_ways, planned_for=clock.now() + timedelta(days=9))
    DialogueSession.objects.update(status=Status.PLANNED)

    page = client.get(url(three_ways, "invite_send")).content.decode()

    assert "<h1>The invitations are planned</h1>" in page
    assert f"it goes out on {dates.when(briefing.planned_for, three_ways.timezone)}" in page
    assert 'class="btn go" type="submit"' not in page
    assert "Choose another moment" in page
    assert f'<li class="now"><time datetime="{timezone.localtime(briefing.planned_for):%Y-%m-%d}"' in page
    assert url(three_ways, "briefing_take_back", briefing.pk) in page


def test_empty_seats_are_spoken_of_only_when_there_are_some(client, three_ways):
    sentence = "You can still fill the empty seats."
    page = client.get(url(three_ways, "invite_send"))
    empty = len(page.context["send"].table.gaps)
    assert sentence in page.content.decode()
    assert f">invited, {empty} seats empty<" in page.content.decode()
    assert f'seats taken, {empty} seats empty"' in page.content.decode()

    for group in ensure_groups(three_ways.workspace):
        three_ways.groups.get_or_create(group=group, defaults={"absence": "separate"})

    for name in ("invite_send", "invite_table"):
        drawn = client.get(url(three_ways, name)).content.decode().partition('class="around"')[2]
        assert ">invited<" in drawn
        assert 'seats taken"' in drawn
        assert "empty" not in drawn.partition("</svg>")[0]
    assert sentence not in client.get(url(three_ways, "invite_send")).content.decode()


def test_screen_six_leads_to_the_mails_and_says_what_guests_see_of_each_other(client, three_ways, settings):
    settings.EMBEDDED = True

    page = client.get(url(three_ways, "invite_look")).content.decode()

    outbox = three_ways.workspace.url("outbox:mail_list")
    assert f'<a class="textlink" href="{outbox}">Read them in the outbox</a>' in page
    assert "guests also see which organisations are invited" in page
    assert "Without an answer before the invitation goes out, it goes without the name." in page
    assert f'href="{outbox}"' in client.get(url(three_ways, "invite_send")).content.decode()
