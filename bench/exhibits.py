"""The pages that are measured, and the rows they show: people, a meeting coming up, one that was held."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bench.served import EMPTY
from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.actions import found_workspace, make_user
from dialoog.kernel.workspaces.models import Workspace
from dialoog.portal.guest.access import Phone
from dialoog.testing import factories
from feedback.actions.answers import GRACE, count_answers
from feedback.actions.questionnaire import close_questionnaire, open_questionnaire, prepare_questionnaire
from feedback.models import Participation, Questionnaire, Remark, Sheet
from sessions.actions.hold import hold_session
from sessions.actions.planned import recompute
from sessions.models import (
    Answer,
    Attendance,
    Briefing,
    BriefingChange,
    BriefingCopy,
    BriefingKind,
    ChangeSize,
    DialogueSession,
    Invitation,
    SessionGroup,
    Status,
)
from stakeholders.actions.access import give_access_many
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import Person, StakeholderGroup

CSRF = "b" * 32
GROUPS = 6
CLOSED, OPEN = 12, 40  # days until two meetings


@dataclass(frozen=True)
class Page:
    """An address, who asks for it, and what was aimed at."""

    name: str
    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    aim_ms: float | None = None
    aim_sql: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}


@dataclass(frozen=True)
class Post:
    """One person's filled-in questions, ready to be sent."""

    path: str
    body: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Exhibits:
    pages: list[Page]
    posts: list[Post]


def make_exhibits(*, people: int, answers: int, posts: int) -> Exhibits:
    """Everything that is looked at: a list of `people`, `answers` counted, `posts` still to be sent."""
    owner = make_user(email="bench@dialoog.nl", name="Anna de Boer", language="nl")
    small = found_workspace(name="Small", owner=owner, language="nl")
    large = found_workspace(name="Large", owner=owner, language="nl")
    guests = _people(small, 100)
    crowd = _people(large, max(people, answers, posts))
    invited = _coming(small, guests[:24], OPEN)
    told = _coming(small, guests[24:48], CLOSED)
    _tell_programme(told)
    _other_work(small, guests)
    counted = _asked(large, crowd[:answers])
    _answer(counted)
    asked = _asked(large, crowd[:posts])
    links = give_access_many(people=Person.objects.with_group().filter(workspace=small), by=Actor.system())
    phones = {person: Phone(((link.pk, link.generation),)) for person, link in links.items()}
    member = _cookies_of_member(owner)

    def guest(row: Invitation) -> dict[str, str]:
        return _cookies_of_phone(phones[row.person_id])

    first, second = invited.invitations.order_by("pk")[0], told.invitations.order_by("pk")[0]
    person = small.url("stakeholders:person_detail", guests[0].pk)
    pages = [
        Page("empty view", f"/{EMPTY}"),
        Page("guest page, invited", _guest("detail", first), guest(first), 15, 12),
        Page("guest page, programme", _guest("detail", second), guest(second), 15, 12),
        Page("six steps page", small.url("portal:session_detail", told.pk), member),
        Page("home", small.url("portal:home"), member, 35, 25),
        Page("stakeholders, 100", small.url("stakeholders:person_list"), member, 30),
        Page(f"stakeholders, {people:,}", large.url("stakeholders:person_list"), member, 30),
        Page("person page", person, member, 15),
        Page(f"results of {answers:,}", large.url("feedback:results", counted.session_id), member, 40),
    ]
    return Exhibits(pages, _posts(asked))


def _people(workspace: Workspace, count: int) -> list[Person]:
    groups = ensure_groups(workspace)
    organisations = [
        factories.make_organisation(workspace=workspace, name=f"Organisatie {n}", group=groups[n % 8])
        for n in range(20)
    ]
    return Person.objects.bulk_create(
        (
            Person(
                workspace=workspace,
                name=f"{('Daan', 'Noor', 'Sem', 'Mila')[number % 4]} van den Berg {number}",
                organisation=organisations[number % 20],
                email=f"person{number}@example.org",
                language="nl",
                place="Utrecht",
            )
            for number in range(count)
        ),
        batch_size=500,
    )


def _coming(workspace: Workspace, guests: Sequence[Person], days: int) -> DialogueSession:
    """A meeting to which people in six groups were invited; two thirds have answered, some with a wish."""
    session = factories.make_sent_session(
        workspace=workspace, days=days, language="nl", decides="advice", contact=workspace.members.get()
    )
    _invite(session, guests, sent_at=clock.now() - timedelta(days=7))
    _copies(session.briefings.get())
    for number, row in enumerate(session.invitations.select_related("person").order_by("pk")[1:]):
        if number % 3:
            answered = Answer.NO if number % 9 == 1 else Answer.YES
            factories.answer(invitation=row, answer=answered)
        if number % 5 == 0:
            factories.make_wish(session=session, invitation=row, text=f"Late wijzigingen {number}")
        if number % 8 == 0:
            factories.ask(invitation=row)
    recompute(session)
    return session


def _invite(session: DialogueSession, guests: Sequence[Person], **fields: object) -> list[Invitation]:
    groups: list[StakeholderGroup] = ensure_groups(session.workspace)[:GROUPS]
    SessionGroup.objects.bulk_create(
        SessionGroup(
            session=session,
            group=group,
            position=group.position,
            why_you="u koopt in voor een klein bedrijf en dat verhaal ontbrak",
            what_we_ask="noem uw drie grootste materialen",
        )
        for group in groups
    )
    return Invitation.objects.bulk_create(
        (
            Invitation(session=session, person=person, group=groups[number % GROUPS], **fields)
            for number, person in enumerate(guests)
        ),
        batch_size=500,
    )


def _tell_programme(session: DialogueSession) -> None:
    """A programme of ten parts and rules of conduct, sent to everybody, with one change since."""
    session.rules = "Een spreekt, de anderen luisteren.\nBuiten de zaal noemen wij niemand."
    session.facilitator = "Simone van Dalen"
    session.save(update_fields=["rules", "facilitator"])
    for number in range(10):
        factories.make_agenda_item(session=session, title=f"Deel {number + 1}: waar zien wij schade?")
    pack = factories.make_briefing(
        session=session, kind=BriefingKind.PACK, sent_at=clock.now() - timedelta(days=1)
    )
    _copies(pack)
    BriefingChange.objects.create(
        session=session,
        field="place",
        size=ChangeSize.PROGRAMME,
        old="Den Haag",
        new="Zwolle",
        made_at=clock.now(),
    )


def _copies(briefing: Briefing) -> None:
    """What everybody was told, each for themselves."""
    BriefingCopy.objects.bulk_create(
        BriefingCopy(
            briefing=briefing,
            invitation=row,
            language="nl",
            channel="mail",
            why_you="u koopt in voor een klein bedrijf en dat verhaal ontbrak",
            what_we_ask="noem uw drie grootste materialen",
            influence="collaborate",
        )
        for row in briefing.session.invitations.all()
    )


def _other_work(workspace: Workspace, guests: Sequence[Person]) -> None:
    """What else stands on a desk: drafts, meetings that were held, commitments near their day."""
    for number in range(3):
        factories.make_session(workspace=workspace, title=f"Concept {number}")
        held = factories.make_sent_session(workspace=workspace, days=-10 - number, status=Status.HELD)
        _invite(held, guests[48:60], attendance=Attendance.PRESENT)
        factories.make_commitment(session=held, due_on=clock.today() + timedelta(days=number))


def _asked(workspace: Workspace, crowd: Sequence[Person]) -> Questionnaire:
    """A meeting at which all of these were, who are now asked how it was."""
    owner = Actor.user(workspace.members.get())
    session = factories.make_sent_session(workspace=workspace, days=-1, language="nl")
    sent_at = clock.now() - timedelta(days=7)
    _invite(session, crowd, sent_at=sent_at, attendance=Attendance.PRESENT)
    hold_session(session=session, by=owner)
    return open_questionnaire(questionnaire=prepare_questionnaire(session=session), by=owner)


def _answer(questionnaire: Questionnaire) -> None:
    """Everybody answered, it was closed, and it was counted."""
    chance = random.Random(1)
    rows = list(questionnaire.session.invitations.values_list("pk", "cluster_id"))
    Sheet.objects.bulk_create(
        (
            Sheet(
                questionnaire=questionnaire,
                cluster_id=cluster,
                items={code: chance.randint(1, 5) for code in questionnaire.items},
            )
            for _pk, cluster in rows
        ),
        batch_size=400,
    )
    Participation.objects.bulk_create(
        (Participation(questionnaire=questionnaire, invitation_id=pk) for pk, _cluster in rows),
        batch_size=400,
    )
    Remark.objects.bulk_create(
        Remark(questionnaire=questionnaire, text="Ronde 2 ging te snel, de lunch was goed.", may_quote=True)
        for _row in rows[::10]
    )
    owner = Actor.user(questionnaire.session.workspace.members.get())
    closed = close_questionnaire(questionnaire=questionnaire, by=owner)
    with clock.at(clock.now() + 2 * GRACE):
        count_answers(questionnaire=closed)


def _posts(questionnaire: Questionnaire) -> list[Post]:
    rows = list(questionnaire.session.invitations.order_by("pk"))
    people = Person.objects.with_group().filter(pk__in=[row.person_id for row in rows])
    links = give_access_many(people=people, by=Actor.system())
    posts = []
    for row in rows:
        link = links[row.person_id]
        cookies = _cookies_of_phone(Phone(((link.pk, link.generation),))) | {settings.CSRF_COOKIE_NAME: CSRF}
        values = {code: str(1 + number % 5) for number, code in enumerate(questionnaire.items)}
        values |= {"person": str(row.person_id), "csrfmiddlewaretoken": CSRF, "different": "Meer tijd"}
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        posts.append(Post(_guest("feedback", row), "&".join(f"{k}={v}" for k, v in values.items()), headers))
    return posts


def _guest(name: str, row: Invitation) -> str:
    return reverse(f"portal:guest_{name}", args=[row.pk])


def _cookies_of_phone(phone: Phone) -> dict[str, str]:
    response = HttpResponse()
    phone.keep(response)
    return _values(response.cookies)


def _cookies_of_member(user: object) -> dict[str, str]:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)  # type: ignore[arg-type]
    return _values(client.cookies)


def _values(cookies: SimpleCookie) -> dict[str, str]:
    return {name: morsel.value for name, morsel in cookies.items()}
