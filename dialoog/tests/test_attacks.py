"""What somebody tries who means harm, or who fears it."""

import logging

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.everything import make_everything
from dialoog.testing.factories import (
    invite,
    make_group,
    make_organisation,
    make_person,
    make_promised_session,
    make_sent_session,
    make_wish,
)
from sessions.actions.conclude import contributions_from_wishes
from sessions.actions.gather import tell_wishes
from sessions.models import SessionAssignment, SessionDraft, Status, Wish, WishKind
from stakeholders.actions.access import give_access, token_of
from stakeholders.models import Channel, Mode, SeedGroup

pytestmark = pytest.mark.django_db
# before a token
TOKENS = ("/g", "/endorse", "/accounts/join", "/accounts/once")


@pytest.fixture
def session(workspace):
    return make_sent_session(workspace=workspace)


def open_link(person, client=None):
    client = client or Client()
    client.get(reverse("portal:guest_enter", args=[token_of(give_access(person=person, by=Actor.system()))]))
    return client


# --- what one reads that is not theirs


def test_a_facilitator_gets_no_calendar_file_of_a_meeting_that_is_not_theirs(
    workspace, session, chaima, as_user
):
    address = workspace.url("sessions:calendar_download", session.pk)

    before = as_user(chaima).get(address)
    SessionAssignment.objects.create(session=session, user=chaima)
    after = as_user(chaima).get(address)

    assert (before.status_code, after.status_code) == (404, 200)


def test_who_leads_the_talk_reads_protected_people_as_their_group(workspace, session, chaima, bram, as_user):
    SessionAssignment.objects.create(session=session, user=chaima)
    factory = make_organisation(workspace=workspace, name="Loom Works")
    protected = make_person(
        workspace=workspace, name="Sunita", organisation=factory, participation_mode=Mode.PSEUDONYM
    )
    invite(session=session, person=protected, group=SeedGroup.WORKERS)
    invite(session=session, person=make_person(workspace=workspace, name="Daan"))
    address = workspace.url("sessions:meeting_detail", session.pk)

    leads = as_user(chaima).get(address).content.decode()
    organises = as_user(bram).get(address).content.decode()

    assert "Sunita" not in leads
    assert "Loom Works" not in leads
    assert "someone of the group" in leads
    assert "Daan" in leads
    assert "Sunita" in organises


def test_the_employer_of_a_protected_person_is_not_offered_as_who_promises(workspace, session, bram, as_user):
    factory = make_organisation(workspace=workspace, name="Loom Works")
    known = make_organisation(workspace=workspace, name="Haverkamp")
    protected = make_person(workspace=workspace, organisation=factory, participation_mode=Mode.ANONYMOUS)
    invite(session=session, person=protected)
    invite(session=session, person=make_person(workspace=workspace, organisation=known))

    page = as_user(bram).get(workspace.url("sessions:commitment_new", session.pk)).content.decode()

    assert "Loom Works" not in page
    assert "Haverkamp" in page


def test_what_people_say_of_last_time_is_not_passed_on(workspace, anna):
    session = make_promised_session(workspace=workspace, days=-2, status=Status.HELD)
    make_wish(session=session, text="My boss shouted", kind=WishKind.LAST_TIME)
    make_wish(session=session, text="Overtime")

    made = contributions_from_wishes(session=session, by=Actor.user(anna))

    assert made == 1
    assert [row.text for row in session.contributions.all()] == ["Overtime"]


# --- wishes without a name


@pytest.mark.postgres
def test_the_order_of_rows_does_not_tell_who_wrote_a_wish_without_a_name(session):
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    orders = set()
    people = [invite(session=session) for _n in range(6)]
    for _attempt in range(4):
        Wish.objects.all().delete()
        for number, invitation in enumerate(people):
            tell_wishes(
                invitation=invitation,
                texts={WishKind.AGENDA: f"{number}"},
                by=Actor.guest(invitation.person_id),
                without_name=True,
            )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT text FROM dialogue_sessions_wish ORDER BY {place}")
            orders.add("".join(text for (text,) in cursor.fetchall()))

    assert {"".join(sorted(order)) for order in orders} == {"012345"}
    assert orders != {"012345"}


def test_a_wish_keeps_its_address_and_its_answer_when_another_comes_in(session):
    waiting = make_wish(session=session, text="first")
    answered = make_wish(session=session, text="second", response="Not this time.")
    invitation = invite(session=session)

    tell_wishes(
        invitation=invitation,
        texts={WishKind.AGENDA: "third"},
        by=Actor.guest(invitation.person_id),
        without_name=True,
    )

    assert {waiting.pk, answered.pk} < set(session.wishes.values_list("pk", flat=True))
    answered.refresh_from_db()
    assert answered.response == "Not this time."
    assert session.wishes.count() == 3


# --- numbers and signs nobody types


@pytest.mark.parametrize("number", ["²", "9" * 5000, "9" * 30, "-1", "x", "\x00"])
def test_odd_numbers_in_an_address_do_no_harm(workspace, session, bram, as_user, number):
    client = as_user(bram)
    invite(session=session)

    answers = [
        client.get(workspace.url("sessions:answer_list", session.pk), {"group": number, "page": number}),
        client.get(workspace.url("stakeholders:person_list"), {"group": number, "q": number}),
        client.get(workspace.url("outbox:mail_list"), {"q": number, "state": number}),
        client.get(workspace.url("sessions:session_list"), {"q": number}),
        client.get(workspace.url("feedback:report_edit", session.pk), {"to": number}),
        client.get(
            workspace.url("sessions:briefing_preview", session.pk, "invitation"),
            {"group": number, "language": number},
        ),
    ]

    assert {answer.status_code for answer in answers} <= {200, 302}


@pytest.mark.parametrize("version", ["²", "9" * 5000, "9" * 30, "-1", "", "\x00"])
def test_a_draft_with_an_odd_version_is_refused(workspace, bram, as_user, version):
    session = make_promised_session(workspace=workspace)
    address = workspace.url("sessions:draft_keep", session.pk, "promise")

    answer = as_user(bram).post(address, {"version": version, "goal": "x"})

    assert answer.status_code == 422
    assert not SessionDraft.objects.exists()


# --- what stays behind on a machine or in a log


def test_pages_of_organisers_are_kept_by_no_cache(workspace, session, bram, as_user):
    client = as_user(bram)
    for address in (
        workspace.url("stakeholders:person_list"),
        workspace.url("sessions:answer_list", session.pk),
        workspace.url("sessions:answer_export", session.pk),
        reverse("profile"),
    ):
        assert client.get(address)["Cache-Control"] == "private, no-store", address


@pytest.mark.parametrize("address", [*(f"{start}/{{}}/" for start in TOKENS), "/g/{}"])
def test_no_token_reaches_the_log(address):
    token = "AbC-_123456789012345678901234567"
    said = ("CSRF token missing.", address.format(token))
    record = logging.LogRecord(
        "django.security.csrf", logging.WARNING, "", 1, "Forbidden (%s): %s", said, None
    )

    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        import_string(settings.LOGGING["filters"][name]["()"])().filter(record)

    assert token not in record.getMessage()
    assert "CSRF token missing" in record.getMessage()


# --- who is known here


def test_asking_for_a_lost_link_does_the_same_work_for_a_stranger(
    workspace, session, django_capture_on_commit_callbacks
):
    invite(session=session, person=make_person(workspace=workspace, email="daan@example.org"))
    queued = []
    for address in ("daan@example.org", "nobody@example.org"):
        with django_capture_on_commit_callbacks() as callbacks:
            Client().post(reverse("portal:guest_lost"), {"email": address})
        queued.append((len(callbacks), OutgoingMail.objects.count()))

    assert queued[0] == queued[1]


# --- other people's words on one phone


def test_words_for_somebody_of_another_intermediary_are_given_back(workspace, session):
    first, second = (make_person(workspace=workspace, name=name) for name in ("Sunita", "Marleen"))
    workers = [
        invite(
            session=session,
            person=make_person(workspace=workspace, channel=Channel.INTERMEDIARY, intermediary=through),
            group=SeedGroup.WORKERS,
        )
        for through in (first, second)
    ]
    phone = open_link(first)

    answer = phone.post(
        reverse("portal:intermediary_question", args=[session.pk]),
        {"person": workers[1].person_id, "question": "Is the bus paid?"},
    )

    assert answer.status_code == 403
    assert "Is the bus paid?" in answer.content.decode()
    assert not workers[1].questions.exists()


@pytest.mark.parametrize(("page", "field"), [("guest_feedback", "different"), ("guest_report", "text")])
def test_what_was_written_after_the_meeting_is_given_back_too(workspace, session, page, field):
    mine, other = (invite(session=session) for _n in range(2))
    phone = open_link(other.person)

    answer = phone.post(
        reverse(f"portal:{page}", args=[mine.pk]), {"person": mine.person_id, field: "Nobody listened"}
    )

    assert answer.status_code == 403
    assert "Nobody listened" in answer.content.decode()


# --- a form without proof


def test_an_organiser_s_words_survive_a_form_without_proof(workspace, bram):
    session = make_promised_session(workspace=workspace)
    client = Client(enforce_csrf_checks=True)
    client.force_login(bram)
    address = workspace.url("sessions:invite_promise", session.pk)
    typed = {"goal": "A long <b>goal</b> nobody wants to type twice", "version": str(session.version)}

    refused = client.post(address, typed, headers={"Origin": "http://testserver"})
    page = refused.content.decode()

    session.refresh_from_db()
    assert refused.status_code == 403
    assert "A long &lt;b&gt;goal&lt;/b&gt;" in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert f'action="{address}"' in page
    assert session.goal != typed["goal"]


def test_a_form_of_another_site_is_shown_and_offers_no_button(workspace, bram):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bram)
    address = workspace.url("stakeholders:person_new")

    answer = client.post(address, {"name": "Mallory"}, headers={"Origin": "https://evil.example"})
    page = answer.content.decode()

    assert "Mallory" in page
    assert f'action="{address}"' not in page


def test_group_of_another_workspace_is_never_taken(workspace, eva, bram, as_user):
    session = make_promised_session(workspace=workspace)
    foreign = make_group(workspace=eva.workspaces.get())
    row = invite(session=session)

    as_user(bram).post(
        workspace.url("sessions:invite_table", session.pk),
        {"version": session.version, "kind": "0", "kind_to_0": foreign.pk, f"who_{row.pk}": foreign.pk},
    )

    row.refresh_from_db()
    assert row.group_id != foreign.pk


# --- what every page tells the browser


@pytest.mark.parametrize("kind", ["guest", "organiser", "stranger"])
def test_every_page_says_what_a_browser_may_do(workspace, session, bram, as_user, kind):
    invitation = invite(session=session)
    client, pages = {
        "guest": (open_link(invitation.person), [reverse("portal:guest_detail", args=[invitation.pk])]),
        "organiser": (as_user(bram), [workspace.url("stakeholders:person_list"), "/"]),
        "stranger": (
            Client(),
            [
                reverse("portal:guest_lost"),
                reverse("account_login"),
                "/endorse/x/",
                "/accounts/join/x/",
                "/g/x/",
            ],
        ),
    }[kind]
    for page in pages:
        answer = client.get(page, follow=True)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy, page
        assert "default-src 'none'" in policy, page
        assert answer["Referrer-Policy"] == "same-origin", page
        assert answer["X-Content-Type-Options"] == "nosniff", page
        assert answer["X-Frame-Options"] == "DENY", page
        assert "no-store" in answer["Cache-Control"], page
        # an attribute or a block of its own would be refused by that policy
        body = answer.content.decode()
        assert " style=" not in body, page
        assert " onclick=" not in body, page


def test_cookies_are_read_by_no_script_and_go_along_with_no_other_site(session):
    invitation = invite(session=session)

    cookie = open_link(invitation.person).cookies[settings.GUEST_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_on_to_another_site(workspace, session, bram, as_user, elsewhere):
    client = as_user(bram)
    answers = [
        client.post(reverse("set_language"), {"language": "nl", "next": elsewhere}),
        Client().get(reverse("account_login"), {"next": elsewhere}),
        client.get(reverse("account_login"), {"next": elsewhere}),
        client.post(workspace.url("portal:finding_return", session.pk, "T2"), {"next": elsewhere}),
    ]

    for answer in answers:
        assert "evil" not in answer.get("Location", "")
        assert "javascript" not in answer.get("Location", "")


# --- rows of other meetings


def test_rows_of_another_meeting_are_not_found_through_ones_own(workspace, anna, as_user):
    """Every address below a meeting, with the row of another meeting of the same workspace."""
    every = make_everything(workspace=workspace, by=anna)
    other = make_sent_session(workspace=workspace)
    client, mine = as_user(anna), f"/sessions/{other.pk}/"
    swapped = 0
    for page, address in every.addresses.items():
        for session in (every.draft, every.sent, every.held):
            theirs = f"/sessions/{session.pk}/"
            rest = address.partition(theirs)[2]
            if any(part.isdigit() or len(part) == 36 for part in rest.split("/")):
                swapped += 1
                for method in (client.get, client.post):
                    status = method(address.replace(theirs, mine)).status_code
                    assert status in {404, 405}, (page, status)

    assert swapped > 10
