"""The page of a meeting: who sees it, what it says at each moment, and how many queries it takes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from dialoog.kernel import clock
from dialoog.portal.session_page.page import emblem_of, next_screen
from dialoog.testing.factories import (
    answer,
    ask,
    invite,
    make_agenda_item,
    make_briefing,
    make_commitment,
    make_outcome,
    make_person,
    make_promised_session,
    make_sent_session,
    make_session,
    make_wish,
)
from feedback.models import Correction, Questionnaire, Report
from sessions.models import (
    Answer,
    BriefingChange,
    DateOption,
    DecisionProcedure,
    DialogueSession,
    Invitation,
    PlannedMail,
    SessionAssignment,
    SetAside,
    Status,
)
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import State
from sessions.readiness.registry import step_states
from stakeholders.models import Channel, SeedGroup


def url(session, name="session_detail", *args):
    return session.workspace.url(f"portal:{name}", session.pk, *args)


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def sent(workspace):
    """A meeting in a month: two companies and an NGO invited, one answered, one asked, one wish."""
    session = make_sent_session(workspace=workspace)
    first = invite(session=session, person=make_person(workspace=workspace, name="Ahmed Yilmaz"))
    invite(session=session)
    invite(session=session, group=SeedGroup.NGOS)
    answer(invitation=first)
    ask(invitation=first)
    make_wish(session=session, invitation=first, text="Talk about late changes, says Ahmed")
    return session


@pytest.mark.parametrize("role", ["anna", "bram", "romy"])
def test_members_see_the_page(sent, as_user, role, request):
    response = as_user(request.getfixturevalue(role)).get(url(sent))

    assert response.status_code == 200
    assert "Risks in the chain of home and table" in text_of(response)


def test_facilitator_sees_only_an_assigned_meeting(sent, as_user, chaima):
    client = as_user(chaima)
    assert client.get(url(sent)).status_code == 404

    SessionAssignment.objects.create(session=sent, user=chaima)
    assert client.get(url(sent)).status_code == 200


def test_stranger_gets_404_and_visitor_is_asked_to_sign_in(sent, as_user, eva, client):
    assert as_user(eva).get(url(sent)).status_code == 404
    assert client.get(url(sent)).status_code == 302
    foreign = make_session(workspace=eva.workspaces.get())
    assert as_user(eva).get(sent.workspace.url("portal:session_detail", foreign.pk)).status_code == 404


def test_session_of_another_workspace_is_not_found_in_ones_own(sent, as_user, anna, eva):
    foreign = make_session(workspace=eva.workspaces.get())

    assert as_user(anna).get(sent.workspace.url("portal:session_detail", foreign.pk)).status_code == 404


def test_reader_sees_numbers_but_no_people_and_no_links_to_change(sent, as_user, romy):
    page = text_of(as_user(romy).get(url(sent)))

    assert "Ahmed" not in page
    assert "<b>1</b> of 2" in page
    assert "1 question waits for an answer" in page
    assert "/points/" not in page
    assert "/invite/" not in page


def test_organiser_reads_wishes_with_the_shape_of_their_group(sent, as_user, bram):
    page = text_of(as_user(bram).get(url(sent)))

    assert "Talk about late changes" in page
    assert 'role="img" aria-label="Companies"' in page


def test_wishes_with_one_place_stand_together(sent, as_user, bram):
    item = make_agenda_item(session=sent, title="Our own part in overtime")
    others = sent.invitations.filter(group__key=SeedGroup.NGOS).get()
    make_wish(session=sent, invitation=others, text="Deadlines", agenda_item=item)
    make_wish(session=sent, text="Speed", agenda_item=item)

    page = text_of(as_user(bram).get(url(sent)))

    assert "Our own part in overtime" in page
    assert "Deadlines" not in page


def test_answers_have_a_table_twin(sent, as_user, bram):
    page = text_of(as_user(bram).get(url(sent)))

    assert '<th scope="row">Companies</th><td>1</td><td>0</td><td>0</td><td>0</td><td>1</td>' in page
    assert "1 comes, 2 not answered yet" in page


@pytest.mark.parametrize(
    ("days", "status", "said", "action"),
    [
        (60, Status.DRAFT, ("Being prepared", "60 days to go"), "Go on with the invitation"),
        (60, Status.PLANNED, ("Ready to go out", "60 days to go"), "See when it goes out"),
        (60, Status.INVITING, ("Invitations sent", "60 days to go"), "See the answers"),
        (10, Status.INVITING, ("Invitations sent", "10 days to go"), "Make the programme"),
        (1, Status.INVITING, ("Invitations sent", "tomorrow"), "Make the programme"),
        (60, Status.CANCELLED, ("Cancelled",), ""),
    ],
)
def test_head_follows_the_moment(bram, as_user, days, status, said, action):  # noqa: PLR0917 - a table
    session = make_promised_session(workspace=bram.workspaces.get(), days=days, status=status)
    if status == Status.INVITING:
        invite(session=session)

    page = text_of(as_user(bram).get(url(session)))

    assert all(words in page for words in said)
    assert (action in page) if action else ("btn go" not in page)


def test_once_planned_the_page_says_when_and_the_blue_button_is_gone(workspace, as_user, bram, romy):
    session = make_promised_session(workspace=workspace, status=Status.PLANNED)
    invite(session=session)
    briefing = make_briefing(session=session, planned_for=datetime(2027, 1, 15, 8, tzinfo=UTC))
    back = workspace.url("sessions:briefing_take_back", session.pk, briefing.pk)

    with clock.at(datetime(2027, 1, 14, 8, tzinfo=UTC)):
        page = text_of(as_user(bram).get(url(session)))
        assert "Planned for Friday 15 January 2027, 09:00" in page
        assert "btn go" not in page
        assert f'action="{back}"' in page
        assert f'action="{back}"' not in text_of(as_user(romy).get(url(session)))
    with clock.at(datetime(2027, 1, 15, 8, tzinfo=UTC)):
        assert "Going out now" in text_of(as_user(bram).get(url(session)))


def test_information_pack_is_the_action_once_there_is_a_programme(workspace, as_user, bram):
    session = make_sent_session(workspace=workspace, days=18)
    make_agenda_item(session=session)

    assert "Prepare the information pack" in text_of(as_user(bram).get(url(session)))


def test_held_and_reported(workspace, as_user, bram):
    session = make_sent_session(workspace=workspace, days=-3, status=Status.HELD)
    invite(session=session, attendance="present")
    make_outcome(session=session)
    Questionnaire.objects.create(
        session=session,
        opens_at=clock.now() - timedelta(days=3),
        opened_at=clock.now() - timedelta(days=3),
        closes_at=clock.now() - timedelta(days=1),
        closed_at=clock.now() - timedelta(days=1),
        asked=1,
    )
    page = text_of(as_user(bram).get(url(session)))
    assert "3 days ago" in page
    assert "The answers about how people found it are in" in page
    assert "Took part" in page

    report = Report.objects.create(
        session=session, version=1, status="sent", content={}, digest="x", sent_at=clock.now()
    )
    Correction.objects.create(
        report=report, invitation=session.invitations.get(), text="No.", said_at=clock.now()
    )
    DialogueSession.objects.update(status=Status.REPORTED)
    page = text_of(as_user(bram).get(url(session)))
    assert "Report sent" in page
    assert "6 done" in page
    assert "1 person says that something in the report is not right" in page


def test_empty_draft_says_what_is_missing_three_at_once(workspace, as_user, bram):
    session = make_session(workspace=workspace)

    page = text_of(as_user(bram).get(url(session)))

    assert page.count("Needed before it can go.") == 8
    assert "Another 9 points" in page
    assert "Not settled yet" in page
    assert "No date yet" in page
    assert "answers-h" not in page


def test_poll_online_and_open_place(workspace, as_user, bram):
    session = make_promised_session(workspace=workspace, date_mode="poll", place_mode="online")
    for day in (3, 4):
        start = clock.now() + timedelta(days=day)
        DateOption.objects.create(session=session, starts_at=start, ends_at=start + timedelta(hours=1))
    page = text_of(as_user(bram).get(url(session)))
    assert "2 dates to choose from" in page
    assert "<dd>Online</dd>" in page

    DialogueSession.objects.update(place_mode="open", place_known_on="2030-02-01")
    assert "known by 1 February" in text_of(as_user(bram).get(url(session)))


def test_planned_mails_say_when_to_whom_and_what_they_wait_for(sent, as_user, romy):
    due = clock.now() + timedelta(days=3)
    for kind, state in (("reminder", "planned"), ("pack", "blocked"), ("report_due", "cancelled")):
        PlannedMail.objects.create(
            session=sent, kind=kind, state=state, due_at=due, late_after=due + timedelta(days=1)
        )

    page = text_of(as_user(romy).get(url(sent)))

    assert "only to who has not answered: 2" in page
    assert "Waiting for you" in page
    assert "Your report back is due" not in page


def test_reminder_of_the_questions_has_no_count_until_they_were_asked(sent, as_user, romy):
    due = clock.now() + timedelta(days=40)
    PlannedMail.objects.create(
        session=sent, kind="feedback_reminder", due_at=due, late_after=due + timedelta(days=1)
    )
    assert "<small>only to who has not answered</small>" in text_of(as_user(romy).get(url(sent)))

    Questionnaire.objects.create(
        session=sent, opens_at=due, opened_at=due, closes_at=due + timedelta(days=9), asked=3
    )
    assert "only to who has not answered: 3" in text_of(as_user(romy).get(url(sent)))


def test_step_three_counts_everybody_by_the_way_they_are_reached(workspace, as_user, romy):
    session = make_sent_session(workspace=workspace)
    helper = make_person(workspace=workspace)
    for fields in (
        {},
        {},
        {"channel": Channel.INTERMEDIARY, "intermediary": helper},
        {"channel": Channel.LETTER, "street": "Road 12", "postcode": "9700 AA", "city": "Groningen"},
        {"channel": Channel.PHONE, "phone": "0512 555"},
    ):
        invite(session=session, person=make_person(workspace=workspace, **fields))

    page = text_of(as_user(romy).get(url(session)))

    assert "2 mails, 1 through somebody they trust, 1 letter</span>" in page
    assert 'People called<span class="vh">, busy</span></span><span>0 of 1</span>' in page


def test_calls_are_done_when_they_were_made(workspace):
    session = make_sent_session(workspace=workspace)
    first = invite(session=session, call_first=True)
    person = make_person(workspace=workspace, channel=Channel.PHONE, phone="0512 555")
    other = invite(session=session, person=person)
    invite(session=session)

    def called():
        items = step_states(session)[2].items
        return next((item.state, item.note) for item in items if item.text == "People called")

    assert called() == (State.BUSY, "0 of 2")
    Invitation.objects.filter(pk=first.pk).update(called_at=clock.now())
    assert called() == (State.BUSY, "1 of 2")
    answer(invitation=other)
    assert called() == (State.DONE, "2 of 2")


def test_what_goes_by_itself_counts_mails_not_people(workspace, as_user, bram):
    session = make_sent_session(workspace=workspace)
    helper = make_person(workspace=workspace)
    for fields in (
        {},
        {"channel": Channel.INTERMEDIARY, "intermediary": helper},
        {"channel": Channel.INTERMEDIARY, "intermediary": helper},
        {"channel": Channel.LETTER, "street": "Road 12", "postcode": "9700 AA", "city": "Groningen"},
        {"channel": Channel.PHONE, "phone": "0512 555"},
    ):
        invite(session=session, person=make_person(workspace=workspace, **fields))
    due = clock.now() + timedelta(days=3)
    for kind in ("reminder", "pack"):
        PlannedMail.objects.create(session=session, kind=kind, due_at=due, late_after=due)

    page = text_of(as_user(bram).get(url(session)))

    assert "<small>only to who has not answered: 2</small>" in page
    assert "<small>2 mails</small>" in page


def test_changes_after_sending_are_told(sent, as_user, bram):
    BriefingChange.objects.create(
        session=sent, field="place", size="programme", old="The Hague", new="Zwolle", made_at=clock.now()
    )

    assert "Changed since it was sent" in text_of(as_user(bram).get(url(sent)))


def test_queries_stay_the_same_with_more_rows(sent, as_user, bram, django_assert_max_num_queries):
    client = as_user(bram)
    with django_assert_max_num_queries(26) as few:
        client.get(url(sent))
    for number in range(3):
        row = invite(session=sent, group=SeedGroup.UNIONS)
        answer(invitation=row, answer=Answer.LATER)
        make_wish(session=sent, invitation=row, text=f"Wish {number}")
        make_commitment(session=sent)
        make_agenda_item(session=sent)
        ask(invitation=row, text=f"Question {number}")
    with django_assert_max_num_queries(26) as many:
        client.get(url(sent))

    assert len(few) == len(many)


def test_emblem_counts_organisations_not_people(workspace):
    session = make_session(workspace=workspace)
    for _number in range(2):
        invite(session=session)
    invite(session=session, group=SeedGroup.NGOS)

    assert emblem_of(SessionFacts.of(session).counted) == [("square", 2), ("circle", 1)]


def test_invitation_goes_on_where_it_stopped(workspace, bram, as_user):
    session = make_session(workspace=workspace)
    assert next_screen(SessionFacts.of(session), bram.pk) == "sessions:invite_meeting"

    session = make_promised_session(workspace=workspace, goal="")
    assert next_screen(SessionFacts.of(session), bram.pk) == "sessions:invite_promise"
    session = make_promised_session(workspace=workspace, decides="yes")
    assert next_screen(SessionFacts.of(session), bram.pk) == "sessions:invite_decision"
    DecisionProcedure.objects.create(session=session, method="own_advice")
    assert next_screen(SessionFacts.of(session), bram.pk) == "sessions:invite_people"
    invite(session=session)
    assert next_screen(SessionFacts.of(session), bram.pk) == "sessions:invite_table"
    session.groups.update(why_you="You know.", what_we_ask="Tell.")
    assert next_screen(SessionFacts.of(session), bram.pk) == "sessions:invite_look"
    look = workspace.url("sessions:invite_look", session.pk)
    as_user(bram).post(look, {"version": session.version})
    assert next_screen(SessionFacts.of(session), bram.pk) == "sessions:invite_send"
    session.version += 1
    assert next_screen(SessionFacts.of(session), bram.pk) == "sessions:invite_look"


# --- one open point


def test_point_is_put_off_and_comes_back(sent, as_user, bram):
    client = as_user(bram)
    until = clock.today() + timedelta(days=5)
    assert client.get(url(sent, "finding_detail", "T66")).status_code == 200

    response = client.post(url(sent, "finding_later", "T66"), {"until": until.isoformat()})
    assert response.url == url(sent)
    assert SetAside.objects.get().until == until
    assert "Waits until" in text_of(client.get(url(sent, "finding_detail", "T66")))

    client.post(url(sent, "finding_return", "T66"))
    assert not SetAside.objects.exists()


def test_point_is_put_aside_with_a_reason(sent, as_user, bram):
    client = as_user(bram)
    there = sent.workspace.url("portal:home")

    response = client.post(url(sent, "finding_aside", "T66"), {"reason": "Called them.", "next": there})

    assert response.url == there
    page = text_of(client.get(url(sent)))
    assert "Reminders, and what is not needed" in page
    assert "Called them." in page


@pytest.mark.parametrize("there", ["https://evil.example.org/", "//evil.example.org", "javascript:alert(1)"])
def test_way_back_stays_on_this_site(sent, as_user, bram, there):
    response = as_user(bram).post(url(sent, "finding_aside", "T66"), {"reason": "x", "next": there})

    assert response.url == url(sent)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("finding_later", {"until": ""}),
        ("finding_later", {"until": "yesterday"}),
        ("finding_later", {"until": "2020-01-01"}),
        ("finding_aside", {"reason": ""}),
        ("finding_aside", {"reason": "x" * 301}),
    ],
)
def test_bad_input_is_said_and_kept(sent, as_user, bram, name, typed):
    response = as_user(bram).post(url(sent, name, "T66"), typed)

    assert response.status_code == 422
    assert next(iter(typed.values())) in response.content.decode()
    assert not SetAside.objects.exists()


def test_point_that_blocks_or_does_not_stand_has_no_page(workspace, as_user, bram):
    session = make_promised_session(workspace=workspace, goal="")
    client = as_user(bram)

    assert client.get(url(session, "finding_detail", "T24")).status_code == 404
    assert client.get(url(session, "finding_detail", "T66")).status_code == 404
    assert client.post(url(session, "finding_aside", "T24"), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["finding_detail", "finding_later", "finding_aside", "finding_return"])
@pytest.mark.parametrize(("role", "status"), [("romy", 403), ("chaima", 403), ("eva", 404)])
def test_points_are_for_who_plans(sent, as_user, request, name, role, status):  # noqa: PLR0917 - a table
    user = request.getfixturevalue(role)
    SessionAssignment.objects.create(session=sent, user=user)
    client = as_user(user)
    send = client.get if name == "finding_detail" else client.post

    assert send(url(sent, name, "T66")).status_code == status


def test_change_by_get_is_refused(sent, as_user, bram):
    assert as_user(bram).get(url(sent, "finding_return", "T66")).status_code == 405


def test_dutch_page_keeps_the_language_of_the_title(sent, as_user, bram):
    type(bram).objects.filter(pk=bram.pk).update(language="nl")

    # a request leaves its language behind in the thread; the next test must not inherit it
    with translation.override("en"):
        page = text_of(as_user(bram).get(url(sent)))

    assert '<h1 lang="en">' in page
    assert reverse("portal:workspace_choice") == "/"
