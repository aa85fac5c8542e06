"""The cast of guest pages: Daan with a link, Sunita who passes on for W1 to W3, a meeting in March."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Request
from pytest_django.live_server_helper import LiveServer

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.files import store
from dialoog.kernel.workspaces.models import User, Workspace
from sessions.actions.plan import plan_session
from sessions.models import (
    AgendaItem,
    Briefing,
    BriefingCopy,
    BriefingFile,
    BriefingKind,
    BriefingStatus,
    DialogueSession,
    Form,
    Invitation,
    PlannedKind,
    PlannedMail,
    Status,
)
from stakeholders.actions.access import give_access, token_of
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import Channel, Mode, Organisation, Person

NOW = datetime(2027, 1, 22, 9, 0, tzinfo=UTC)
# what a guest page may load, style sheet and everything
MOST_BYTES = 80 * 1024


@pytest.fixture(autouse=True)
def _january():
    """The invitations went out this morning."""
    with clock.at(NOW):
        yield


@pytest.fixture
def meeting(workspace: Workspace, anna: User) -> DialogueSession:
    session = plan_session(workspace=workspace, by=anna)
    fields = {
        "title": "Which raw materials do we take on together?",
        "language": "en",
        "status": Status.INVITING,
        "starts_at": datetime(2027, 3, 2, 9, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 3, 2, 15, 0, tzinfo=UTC),
        "place": "De Brug, The Hague",
        "answer_by": date(2027, 2, 5),
        "contact_name": "Anna de Boer",
        "deputy_name": "Tim Bos",
        "goal": "a list of at most six raw materials with the most serious risks",
        "use_of_outcomes": "our work plan of the next three years",
        "not_used_for": "judge or exclude members or suppliers",
        "influence": "collaborate",
        "out_of_scope": "You do not decide about the budget",
        "decides": "advice",
        "adopter": "the board",
        "report_by": date(2027, 3, 16),
        "confidentiality": "room",
        "last_time": "nobody knew how the list was made. Now you get the rules beforehand",
        "travel_paid": True,
        "rules": "One speaks, the others listen.\nOutside the room we name nobody.",
        "facilitator": "Simone van Dalen",
    }
    DialogueSession.objects.filter(pk=session.pk).update(**fields)
    return DialogueSession.objects.with_workspace().get(pk=session.pk)


@pytest.fixture
def make_person(workspace: Workspace) -> Callable[..., Person]:
    def make(name: str, **fields: Any) -> Person:
        fields.setdefault("language", "en")
        fields.setdefault("channel", Channel.MAIL)
        if fields["channel"] == Channel.MAIL:
            fields.setdefault("email", f"{name.split(maxsplit=1)[0].lower()}@example.org")
        fields.setdefault("group", next(g for g in ensure_groups(workspace) if g.key == "companies"))
        return Person.objects.create(workspace=fields.pop("workspace", workspace), name=name, **fields)

    return make


@pytest.fixture
def invite(meeting: DialogueSession) -> Callable[..., Invitation]:
    """An invitation that was sent this morning."""

    def make(person: Person, **fields: Any) -> Invitation:
        values = {"session": meeting, "group": person.group, "sent_at": NOW, **fields}
        return Invitation.objects.create(person=person, **values)

    return make


@pytest.fixture
def daan(make_person: Callable[..., Person], workspace: Workspace) -> Person:
    small = Organisation.objects.create(workspace=workspace, name="Chestnut Kids")
    return make_person("Daan Yilmaz", organisation=small, phone="06 555 01 02")


@pytest.fixture
def invitation(invite: Callable[..., Invitation], daan: Person) -> Invitation:
    return invite(
        daan,
        why_you="you buy for a small company. That side of the story was missing",
        what_we_ask="name your three largest materials. You need not look anything up",
    )


@pytest.fixture
def noor(make_person: Callable[..., Person], invite: Callable[..., Invitation]) -> Invitation:
    """Somebody else's invitation."""
    return invite(make_person("Noor Jansen"))


@pytest.fixture
def sunita(make_person: Callable[..., Person]) -> Person:
    return make_person("Sunita Devi")


@pytest.fixture
def workers(
    workspace: Workspace,
    sunita: Person,
    make_person: Callable[..., Person],
    invite: Callable[..., Invitation],
) -> list[Invitation]:
    """W1 to W3, reached through Sunita."""
    group = next(g for g in ensure_groups(workspace) if g.key == "workers")
    people = [
        make_person(
            f"W{number}",
            channel=Channel.INTERMEDIARY,
            intermediary=sunita,
            participation_mode=Mode.PSEUDONYM,
            group=group,
        )
        for number in (1, 2, 3)
    ]
    return [invite(person) for person in people]


@pytest.fixture
def open_link() -> Callable[..., Client]:
    """A phone on which the link of this person was opened; with `client` one that knows others already."""

    def make(person: Person, client: Client | None = None) -> Client:
        client = client or Client()
        link = give_access(person=person, by=Actor.system())
        client.get(reverse("portal:guest_enter", args=[token_of(link)]))
        return client

    return make


@pytest.fixture
def phone(open_link: Callable[..., Client], invitation: Invitation) -> Client:
    """Daan's phone."""
    return open_link(invitation.person)


@pytest.fixture
def send_pack(meeting: DialogueSession) -> Callable[..., Briefing]:
    """The information pack went out, with a PDF."""

    def make(*invitations: Invitation) -> Briefing:
        briefing = Briefing.objects.create(
            session=meeting,
            kind=BriefingKind.PACK,
            version=1,
            status=BriefingStatus.SENT,
            content={},
            digest="0" * 64,
            planned_for=clock.now(),
            sent_at=clock.now(),
        )
        pdf = store.keep(b"%PDF-1.7 everything on paper", "application/pdf")
        paper = BriefingFile.objects.create(briefing=briefing, content_key="a", language="en", pdf=pdf)
        for invitation in invitations:
            BriefingCopy.objects.create(
                briefing=briefing,
                invitation=invitation,
                language="en",
                channel="mail",
                why_you=invitation.why_you,
                what_we_ask=invitation.what_we_ask,
                influence="collaborate",
                file=paper,
            )
        parts = [
            ("Welcome", Form.PLENARY, 10, "", ""),
            ("At tables: where do we see harm?", Form.TABLES, 80, "", "You name your largest materials"),
            ("Lunch", Form.BREAK, 60, "", "Free to talk with everybody"),
            ("Giving marks", Form.VOTE, 40, "", "Nobody sees your marks"),
            ("Who does what?", Form.CLOSING, 30, "Simone van Dalen leads", ""),
        ]
        for position, (title, form, minutes, lead, note) in enumerate(parts):
            AgendaItem.objects.create(
                session=meeting,
                position=position,
                title=title,
                form=form,
                minutes=minutes,
                lead=lead,
                note=note,
            )
        return briefing

    return make


@pytest.fixture
def planned(meeting: DialogueSession) -> None:
    """The mails that are still to come."""
    for kind, days in ((PlannedKind.REMINDER, 9), (PlannedKind.PACK, 25), (PlannedKind.REPORT_DUE, 50)):
        PlannedMail.objects.create(
            session=meeting,
            kind=kind,
            due_at=NOW + timedelta(days=days),
            late_after=NOW + timedelta(days=days + 3),
        )


@pytest.fixture
def opened(page: Page, live_server: LiveServer) -> Callable[[Person], Page]:
    """Opens somebody's link in the browser."""

    def open_it(person: Person) -> Page:
        link = give_access(person=person, by=Actor.system())
        page.goto(live_server.url + reverse("portal:guest_enter", args=[token_of(link)]))
        return page

    return open_it


@pytest.fixture
def looks_light(page: Page, looks_right: Callable[..., None]) -> Callable[[str], None]:
    """It looks right, and opened again with an empty cache it loads less than 80 KB, all told."""
    asked: list[Request] = []
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})

    def listen(request: Request) -> None:
        asked.append(request)

    page.on("requestfinished", listen)

    def look(name: str) -> None:
        looks_right(name)
        asked.clear()
        page.reload()
        parts = {each.url: _bytes_of(each) for each in asked}
        # the page itself and its style sheet, as they are before anything is compressed
        assert len(parts) >= 2, parts
        assert min(parts.values()) > 0, parts
        assert sum(parts.values()) < MOST_BYTES, f"{name}: {parts}"

    return look


def _bytes_of(request: Request) -> int:
    response = request.response()
    assert response is not None, request.url
    return len(response.body())
