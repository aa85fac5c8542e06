"""Every list and detail page asks the database as often for one row as for three; two have a ceiling."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.post import Envelope, keep_body, post_many
from dialoog.kernel.workspaces.actions import add_member, make_user
from dialoog.kernel.workspaces.models import Workspace
from dialoog.kernel.workspaces.policy import Role
from dialoog.testing.factories import (
    ask,
    invite,
    make_agenda_item,
    make_commitment,
    make_organisation,
    make_outcome,
    make_person,
    make_sent_session,
    make_session,
    make_wish,
)
from feedback.actions.questionnaire import open_questionnaire, prepare_questionnaire
from feedback.models import Correction, Remark, Report, ReportStatus
from feedback.telling import freeze
from sessions.models import Attendance, Contribution, DialogueSession, Invitation, Status
from stakeholders.actions.access import give_access, token_of
from stakeholders.actions.groups import add_group
from stakeholders.models import Channel, Person

HOME, GUEST = 25, 12


@dataclass(frozen=True)
class World:
    """One meeting coming up, one that was held, and the first row of everything."""

    workspace: Workspace
    coming: DialogueSession
    held: DialogueSession
    first: Invitation
    person: Person
    member: Client
    guest: Client

    def add(self, number: int) -> None:
        """One more row of everything a page lists."""
        workspace, coming, held = self.workspace, self.coming, self.held
        organisation = make_organisation(workspace=workspace)
        person = make_person(workspace=workspace, organisation=organisation)
        make_person(
            workspace=workspace, name=f"W{number}", channel=Channel.INTERMEDIARY, intermediary=self.person
        )
        row = invite(session=coming, person=person)
        present = invite(session=held, person=person, attendance=Attendance.PRESENT)
        add_group(workspace=workspace, name=f"Own {number}", by=Actor.system())
        add_member(
            workspace=workspace, user=make_user(email=f"m{number}@example.org", name="M"), role=Role.READER
        )
        ask(invitation=row, text=f"Question {number}")
        ask(invitation=self.first, text=f"Another {number}")
        make_wish(session=coming, invitation=row, text=f"Wish {number}")
        make_agenda_item(session=coming, title=f"Part {number}")
        make_outcome(session=held, text=f"Outcome {number}")
        make_commitment(session=held, due_on=clock.today() - timedelta(days=1))
        Contribution.objects.create(session=held, text=f"Said {number}", position=number)
        Remark.objects.create(questionnaire=held.questionnaires.get(), text=f"Remark {number}")
        Correction.objects.create(
            report=held.reports.get(), invitation=present, text=f"Not so {number}", said_at=clock.now()
        )
        make_session(workspace=workspace, title=f"Draft {number}")
        _mail(workspace, number)


@pytest.fixture
def world(workspace, anna, as_user) -> World:
    coming = make_sent_session(workspace=workspace, days=20)
    held = make_sent_session(workspace=workspace, days=-2, status=Status.HELD)
    person = make_person(workspace=workspace, organisation=make_organisation(workspace=workspace))
    # reads another language, so that translations are looked up on every page that has them
    invite(session=coming, person=make_person(workspace=workspace, language="nl"))
    first = invite(session=coming, person=person)
    invite(session=held, person=person, attendance=Attendance.PRESENT)
    open_questionnaire(questionnaire=prepare_questionnaire(session=held), by=Actor.user(anna))
    report = Report(session=held, version=1, status=ReportStatus.SENT, digest="x", sent_at=clock.now())
    report.content = freeze(report, clock.today())
    report.save()
    guest = Client()
    link = give_access(person=person, by=Actor.system())
    guest.get(reverse("portal:guest_enter", args=[token_of(link)]))
    return World(workspace, coming, held, first, person, as_user(anna), guest)


def _mail(workspace: Workspace, number: int) -> None:
    words = {"kind": "briefing", "language": "en", "subject": "Hello", "html": "<p>Hello</p>"}
    body = keep_body(workspace=workspace, **words, text="Hello")
    envelope = Envelope(key=f"mail:{number}", body=body, to_email=f"to{number}@example.org", to_name="To")
    post_many(workspace=workspace, envelopes=[envelope])


# page → what stands behind the workspace in its address, and the most statements it may take
PAGES: dict[str, tuple[Callable[[World], list[int | str]], int | None]] = {
    "portal:home": (lambda _world: [], HOME),
    "portal:session_detail": (lambda world: [world.coming.pk], None),
    "sessions:session_list": (lambda _world: [], None),
    "sessions:invite_people": (lambda world: [world.coming.pk], None),
    "sessions:answer_list": (lambda world: [world.coming.pk], None),
    "sessions:answer_edit": (lambda world: [world.coming.pk, world.first.pk], None),
    "sessions:answer_export": (lambda world: [world.coming.pk], None),
    "sessions:question_list": (lambda world: [world.coming.pk], None),
    "sessions:wish_list": (lambda world: [world.coming.pk], None),
    "sessions:agenda_edit": (lambda world: [world.coming.pk], None),
    "sessions:phone_list": (lambda world: [world.coming.pk], None),
    "sessions:letter_list": (lambda world: [world.coming.pk], None),
    "sessions:meeting_detail": (lambda world: [world.held.pk], None),
    "sessions:commitment_list": (lambda _world: [], None),
    "stakeholders:person_list": (lambda _world: [], None),
    "stakeholders:person_export": (lambda _world: [], None),
    "stakeholders:person_detail": (lambda world: [world.person.pk], None),
    "stakeholders:organisation_list": (lambda _world: [], None),
    "stakeholders:organisation_detail": (lambda world: [world.person.organisation_id], None),
    "stakeholders:group_list": (lambda _world: [], None),
    "outbox:mail_list": (lambda _world: [], None),
    "portal:translation_edit": (lambda world: [world.coming.pk], None),
    "feedback:results": (lambda world: [world.held.pk], None),
    "feedback:report_detail": (lambda world: [world.held.pk], None),
}
GUEST_PAGES = ("guest_detail", "guest_answer", "guest_data", "guest_list")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_for_three_rows_as_for_one(world, name):
    arguments, ceiling = PAGES[name]
    address = world.workspace.url(name, *arguments(world))
    world.add(1)
    few = _statements(world.member, address)
    world.add(2)
    world.add(3)
    many = _statements(world.member, address)

    assert len(many) == len(few), _new(few, many)
    if ceiling is not None:
        assert len(many) <= ceiling


@pytest.mark.parametrize("name", GUEST_PAGES)
def test_a_page_of_a_guest_asks_at_most_twelve_times_however_many_rows(world, name):
    arguments = [] if name == "guest_list" else [world.first.pk]
    address = reverse(f"portal:{name}", args=arguments)
    world.add(1)
    few = _statements(world.guest, address)
    world.add(2)
    world.add(3)
    many = _statements(world.guest, address)

    assert len(many) == len(few), _new(few, many)
    assert len(many) <= GUEST


def _statements(client: Client, address: str) -> list[str]:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def _new(few: list[str], many: list[str]) -> str:
    """What is asked more often than before, for whoever has to mend it."""
    tables = [sql.partition(" FROM ")[2][:60] for sql in few]
    more = []
    for sql in many:
        table = sql.partition(" FROM ")[2][:60]
        if table in tables:
            tables.remove(table)
        else:
            more.append(table)
    return f"{len(few)} became {len(many)}: {more}"
