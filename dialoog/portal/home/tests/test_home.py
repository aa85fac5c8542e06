"""Home: what needs somebody today, for each role, with a fixed number of queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from dialoog.kernel import clock
from dialoog.kernel.outbox.models import MailBody, OutgoingMail
from dialoog.kernel.workspaces.actions import found_workspace, make_user
from dialoog.portal.home.desk import Desk
from dialoog.testing.factories import (
    answer,
    ask,
    invite,
    make_agenda_item,
    make_briefing,
    make_commitment,
    make_person,
    make_promised_session,
    make_sent_session,
    make_session,
)
from feedback.models import Questionnaire, Report
from sessions.actions.letters import letter_copies
from sessions.models import (
    Answer,
    BriefingCopy,
    BriefingKind,
    DecisionProcedure,
    DialogueSession,
    SessionAssignment,
    Status,
)
from stakeholders.models import Channel, SeedGroup


@pytest.fixture
def desk(workspace):
    """Makes the desk of a member."""

    def make(user):
        return Desk(user=user, membership=workspace.memberships.select_related("workspace").get(user=user))

    return make


@pytest.fixture
def titles(desk, bram):
    """What waits for an organiser, in order."""
    return lambda: [todo.title for todo in desk(bram).todos]


def text_of(response):
    return " ".join(response.content.decode().split())


def home(workspace):
    return workspace.url("portal:home")


def far(workspace, **fields):
    """A meeting so far away that nothing about it is due."""
    return make_sent_session(workspace=workspace, days=90, **fields)


def test_question_waits_until_it_is_answered(workspace, titles):
    person = make_person(workspace=workspace, name="Ahmed Yilmaz")
    question = ask(invitation=invite(session=far(workspace), person=person))
    assert titles() == ["Ahmed Yilmaz has a question"]

    type(question).objects.update(answer="Yes.", answered_at=clock.now())
    assert titles() == []


def test_deputy_waits_until_confirmed(workspace, titles):
    session = far(workspace)
    row = invite(session=session, person=make_person(workspace=workspace, name="Nadia"))
    answer(invitation=row, answer=Answer.DEPUTY, deputy_name="Jan")
    assert titles() == ["Nadia sends somebody else"]

    invite(session=session, replaces=row)
    assert titles() == []


def test_calls_before_the_mail_and_instead_of_it(workspace, titles):
    planned = make_promised_session(workspace=workspace, status=Status.PLANNED, days=90)
    first = invite(session=planned, call_first=True, person=make_person(workspace=workspace, name="Song"))
    phone = make_person(workspace=workspace, name="Geert", channel=Channel.PHONE, phone="0512 555")
    second = invite(session=far(workspace), person=phone)
    assert titles() == ["Call Song", "Call Geert"]

    type(first).objects.filter(pk=first.pk).update(called_at=clock.now())
    answer(invitation=second)
    assert titles() == []


def test_letters_wait_until_printed(workspace, titles):
    session = far(workspace)
    copies = [
        BriefingCopy.objects.create(
            briefing=session.briefings.get(),
            invitation=invite(session=session),
            language="en",
            channel=Channel.LETTER,
            influence="consult",
        )
        for _number in range(2)
    ]
    assert titles() == ["Print 2 letters for “Risks in the chain of home and table”"]

    BriefingCopy.objects.filter(pk=copies[0].pk).update(printed_at=clock.now())
    assert titles() == ["Print 1 letter for “Risks in the chain of home and table”"]

    DialogueSession.objects.update(starts_at=clock.now() - timedelta(days=2), ends_at=clock.now())
    assert not any(title.startswith("Print") for title in titles())


def test_home_counts_the_letters_the_page_prints_and_names_the_meeting(workspace, desk, bram):
    session = far(workspace)
    row = invite(session=session)
    versions = [session.briefings.get(), make_briefing(session=session, sent_at=clock.now())]
    versions.append(make_briefing(session=session, kind=BriefingKind.PACK, sent_at=clock.now()))
    for version in versions:
        BriefingCopy.objects.create(
            briefing=version, invitation=row, language="en", channel=Channel.LETTER, influence="consult"
        )

    (todo,) = desk(bram).todos

    assert len(letter_copies(session, only_new=True)) == 2
    assert todo.title == f"Print 2 letters for “{session}”"
    assert todo.does == session.workspace.url("sessions:letter_print", session.pk)


def test_rules_are_due_two_weeks_ahead_and_first_when_late(workspace, titles):
    session = far(workspace, decides="advice")
    rules = DecisionProcedure.objects.create(
        session=session, method="later", rules_on=clock.today() + timedelta(days=20)
    )
    assert titles() == []

    DecisionProcedure.objects.update(rules_on=clock.today() - timedelta(days=1))
    ask(invitation=invite(session=session, person=make_person(workspace=workspace, name="Ahmed")))
    assert titles() == ["Send the rules for deciding", "Ahmed has a question"]

    type(rules).objects.update(method="own_advice")
    assert titles() == ["Ahmed has a question"]


def test_pack_is_due_until_it_is_ready(workspace, titles):
    session = make_sent_session(workspace=workspace, days=18)
    assert titles() == ["Look at the information pack"]

    make_briefing(session=session, kind=BriefingKind.PACK)
    assert titles() == []


def test_meeting_that_is_over_and_report_back(workspace, titles):
    session = make_sent_session(workspace=workspace, days=-2, report_by=clock.today() + timedelta(days=20))
    assert titles() == ["Write down how “Risks in the chain of home and table” went"]

    type(session).objects.update(status=Status.HELD)
    assert titles() == []
    moment = clock.now() - timedelta(days=1)
    Questionnaire.objects.create(
        session=session, opens_at=moment, opened_at=moment, closes_at=clock.now(), closed_at=clock.now()
    )
    assert titles() == ["Report back on “Risks in the chain of home and table”"]

    Report.objects.create(session=session, version=1, status="planned", content={}, digest="x")
    assert titles() == []


@pytest.mark.parametrize(
    ("days", "note"),
    [(-1, "It was promised by"), (3, "Promised by"), (30, None)],
)
def test_report_due(workspace, desk, bram, days, note):
    make_sent_session(
        workspace=workspace, days=-20, status=Status.HELD, report_by=clock.today() + timedelta(days=days)
    )

    notes = [todo.note for todo in desk(bram).todos]

    assert [one.startswith(note) for one in notes] == ([True] if note else [])


def test_late_commitments_in_one_line(workspace, titles, desk, bram):
    session = far(workspace)
    for _number in range(2):
        make_commitment(session=session, due_on=clock.today() - timedelta(days=2))

    assert titles() == ["2 commitments are past their date"]
    assert [row.late for row in desk(bram).promised] == [True, True, False, False]


def test_at_most_six_and_how_long_they_take(workspace, desk, bram):
    session = far(workspace)
    for number in range(8):
        ask(invitation=invite(session=session), text=f"Question {number}")

    assert len(desk(bram).todos) == 6
    assert desk(bram).summary == "6 things need you today. Together about half an hour."


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [
        (4, "Good morning, Bram"),
        (3, "Good morning, Bram"),
        (10, "Good morning, Bram"),
        (11, "Good afternoon, Bram"),
        (17, "Good evening, Bram"),
        (2, "Good evening, Bram"),
    ],
)
def test_greeting_in_the_zone_of_the_workspace(desk, bram, hour, greeting):
    # Amsterdam is an hour ahead in winter
    with clock.at(datetime(2027, 1, 12, hour, 30, tzinfo=UTC)):
        assert desk(bram).greeting == greeting


def test_what_goes_by_itself_stands_at_home_and_can_be_taken_back(workspace, as_user, bram, romy):
    session = make_promised_session(workspace=workspace, title="Risks in the chain", status=Status.PLANNED)
    invite(session=session)
    leaves = datetime(2027, 1, 15, 8, tzinfo=UTC)
    briefing = make_briefing(session=session, planned_for=leaves)
    back = workspace.url("sessions:briefing_take_back", session.pk, briefing.pk)

    page = text_of(as_user(bram).get(home(workspace)))
    assert "goes out on Friday 15 January 2027, 09:00" in page
    assert f'action="{back}"' in page
    assert back not in text_of(as_user(romy).get(home(workspace)))

    as_user(bram).post(back)
    assert back not in text_of(as_user(bram).get(home(workspace)))


def test_answers_that_come_in_name_their_meeting(workspace, as_user, bram):
    session = far(workspace, title="Risks in the chain")
    invite(session=session)

    page = text_of(as_user(bram).get(home(workspace)))

    answers = page.partition('id="answers"')[2].partition("</section>")[0]
    assert "Risks in the chain" in answers


def test_refused_mails_stand_in_one_line(workspace, as_user, bram, romy):
    body = MailBody.objects.create(
        workspace=workspace, digest="x", kind="x", language="en", subject="x", html="x", text="x"
    )
    for number in range(2):
        OutgoingMail.objects.create(
            workspace=workspace,
            key=f"k{number}",
            body=body,
            to_email="song@example.org",
            to_name="Song Hong Ceramics",
            status="failed",
            due_at=clock.now(),
            next_at=clock.now(),
        )
    make_session(workspace=workspace)

    assert "2 mails did not arrive" in text_of(as_user(bram).get(home(workspace)))
    assert "did not arrive" not in text_of(as_user(romy).get(home(workspace)))


def test_next_meeting_answers_and_promises(workspace, as_user, bram):
    session = make_sent_session(workspace=workspace, days=30)
    answer(invitation=invite(session=session))
    invite(session=session, group=SeedGroup.NGOS)
    far(workspace, title="Another one")

    page = text_of(as_user(bram).get(home(workspace)))

    assert "In 30 days. 1 person comes." in page
    assert "1 of 2, 15 days left" in page
    assert "Information pack" in page


def test_drafts_are_for_who_plans(workspace, as_user, bram, romy):
    make_session(workspace=workspace, title="What does the survey say?")

    assert "Begun, not sent" in text_of(as_user(bram).get(home(workspace)))
    assert "Begun, not sent" not in text_of(as_user(romy).get(home(workspace)))


def test_a_draft_one_began_is_something_one_may_go_on_with(workspace, as_user, anna, bram):
    session = make_promised_session(workspace=workspace, title="Risks in the chain", created_by=bram)
    address = workspace.url("portal:session_detail", session.pk)

    page = text_of(as_user(bram).get(home(workspace)))
    assert "You may go on with what you began." in page
    line = page.partition("Go on with ")[2].partition("</p>")[0]
    assert f'href="{address}"' in line
    assert "Risks in the chain</a>" in line
    assert "Nothing waits for you" not in page

    page = text_of(as_user(anna).get(home(workspace)))
    assert "Go on with" not in page
    assert "Nothing needs you today." in page


def test_new_workspace_says_how_to_begin(workspace, as_user, anna, romy):
    assert "Begin your first meeting" in text_of(as_user(anna).get(home(workspace)))

    page = text_of(as_user(romy).get(home(workspace)))
    assert "No meetings yet" in page
    assert "Begin your first meeting" not in page


def test_reader_and_facilitator_read_no_names(workspace, as_user, romy, chaima):
    session = far(workspace)
    SessionAssignment.objects.create(session=session, user=chaima)
    ask(invitation=invite(session=session, person=make_person(workspace=workspace, name="Ahmed Yilmaz")))

    for user in (romy, chaima):
        response = as_user(user).get(home(workspace))
        assert response.status_code == 200
        assert "Ahmed" not in response.content.decode()


def test_facilitator_sees_only_assigned_meetings(workspace, as_user, chaima):
    far(workspace, title="Not for Chaima")
    mine = far(workspace, title="For Chaima")
    SessionAssignment.objects.create(session=mine, user=chaima)

    page = text_of(as_user(chaima).get(home(workspace)))

    assert "Not for Chaima" not in page
    assert "For Chaima" in page


def test_stranger_gets_404_and_visitor_is_asked_to_sign_in(workspace, as_user, eva, client):
    assert as_user(eva).get(home(workspace)).status_code == 404
    assert client.get(home(workspace)).status_code == 302
    assert client.get("/").status_code == 302


def test_root_leads_to_the_only_workspace(workspace, as_user, anna):
    assert as_user(anna).get("/").url == home(workspace)


def test_root_offers_a_choice_of_several_and_explains_none(workspace, as_user, anna):
    found_workspace(name="Sandstone", owner=anna, language="en")
    page = text_of(as_user(anna).get("/"))
    assert "Home &amp; Table" in page
    assert "Sandstone" in page

    lonely = make_user(email="lonely@example.org", name="Lonely", language="en")
    assert "You are in no workspace yet" in text_of(as_user(lonely).get("/"))


def test_queries_stay_the_same_with_more_rows(workspace, as_user, bram, django_assert_max_num_queries):
    client = as_user(bram)

    def add():
        session = make_sent_session(workspace=workspace, days=18, decides="advice")
        DecisionProcedure.objects.create(
            session=session, method="later", rules_on=clock.today() + timedelta(days=1)
        )
        row = invite(session=session)
        answer(invitation=invite(session=session), answer=Answer.DEPUTY, deputy_name="Jan")
        ask(invitation=row)
        make_agenda_item(session=session)
        make_commitment(session=session, due_on=clock.today() - timedelta(days=1))
        make_sent_session(workspace=workspace, days=-20, status=Status.HELD)
        make_session(workspace=workspace, created_by=bram)

    add()
    with django_assert_max_num_queries(25) as few:
        client.get(home(workspace))
    for _number in range(3):
        add()
    with django_assert_max_num_queries(25) as many:
        client.get(home(workspace))

    assert len(few) == len(many)


def test_address_of_home(workspace):
    assert reverse("portal:home", args=[workspace.slug]) == f"/w/{workspace.slug}/"
