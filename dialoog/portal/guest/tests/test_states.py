"""Every state a guest can find a page in, looked at and weighed in a browser, in both languages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from dialoog.kernel import clock, tokens
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.models import User
from dialoog.portal.guest.tests.conftest import NOW
from dialoog.testing.browser import PHONE, choose
from dialoog.testing.factories import make_commitment
from feedback.actions.questionnaire import close_questionnaire, open_questionnaire, prepare_questionnaire
from feedback.actions.report import deliver_report, save_report, send_report, start_report
from feedback.models import Participation, Questionnaire, Report
from sessions.actions.conclude import respond_to_contributions, save_contribution, save_outcome
from sessions.actions.endorse import ask_endorsement, reference_of, withdraw_endorsement
from sessions.actions.hold import hold_session
from sessions.actions.invite import withdraw_invitation
from sessions.actions.propose import propose_commitment_change
from sessions.actions.respond import respond
from sessions.models import Answer, DialogueSession, ProposalKind, Question, Status
from stakeholders.actions.access import give_access, revoke_access, token_of
from stakeholders.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON_THE_DAY = datetime(2027, 3, 2, 10, tzinfo=UTC)
THAT_EVENING = datetime(2027, 3, 2, 20, tzinfo=UTC)
NEXT_MORNING = datetime(2027, 3, 3, 8, tzinfo=UTC)
AFTER_CLOSING = datetime(2027, 3, 11, 8, tzinfo=UTC)
MARCH = datetime(2027, 3, 20, 9, tzinfo=UTC)
SENT = ".form button[type=submit]"


@pytest.fixture
def travel() -> Iterator[Callable[[datetime], None]]:
    """Moves the clock of the test and of the server, which stands in another thread."""
    with ExitStack() as stack:
        everywhere = stack.enter_context(time_machine.travel(NOW, tick=True))

        def to(moment: datetime) -> None:
            everywhere.move_to(moment)
            stack.enter_context(clock.at(moment))

        yield to


@dataclass
class Walk:
    """One browser that reads one language, and what looks at each page it is led to."""

    language: str
    page: Page
    url: str
    opened: Callable[[Person], Page]
    light: Callable[[str], None]
    right: Callable[[str], None]
    by: User

    def open(self, person: Person) -> str:
        """Open somebody's link and choose the language; returns the address of their page."""
        address = self.opened(person).url
        self.page.goto(f"{address}?language={self.language}")
        return address

    def go(self, address: str) -> None:
        self.page.goto(self.url + address if address.startswith("/") else address)

    def look(self, name: str, *, is_answer: bool = False) -> None:
        """It looks right and weighs little; the answer to a form cannot be opened again to be weighed."""
        look = self.right if is_answer else self.light
        look(f"state-{name}-{self.language}")


@pytest.fixture(params=["en", "nl"])
def walk(request, page, live_server, opened, anna) -> Walk:
    light, right = (request.getfixturevalue(f"looks_{word}") for word in ("light", "right"))
    return Walk(request.param, page, live_server.url, opened, light, right, anna)


def test_the_day_itself_looks_right(walk, invitation, travel, send_pack):
    send_pack(invitation)
    travel(ON_THE_DAY)
    walk.open(invitation.person)
    expect(walk.page.locator("#programme")).to_be_visible()
    walk.look("day-itself")


def test_pages_after_the_programme_look_right(walk, invitation, workers, meeting, travel):
    page, by = walk.page, Actor.user(walk.by)
    for row in (invitation, workers[0]):
        respond(invitation=row, answer=Answer.YES, by=Actor.guest(row.person_id))

    travel(ON_THE_DAY)
    own = walk.open(invitation.person)
    travel(THAT_EVENING)
    page.goto(own)
    walk.look("over")

    travel(NEXT_MORNING)
    hold_session(session=meeting, by=by)
    sheet = open_questionnaire(questionnaire=prepare_questionnaire(session=meeting), by=by)
    page.goto(own)
    expect(page.locator("#questions")).to_be_visible()
    walk.look("feedback-open")
    page.goto(page.url + "?faces=1")
    walk.look("feedback-faces")
    choose(page.locator(".faces input").first)
    page.locator(f"#questions {SENT}").click()
    assert Participation.objects.filter(questionnaire=sheet, invitation=invitation).exists()
    walk.look("feedback-sent")
    page.goto(own + "feedback/")
    walk.look("feedback-answered")

    travel(AFTER_CLOSING)
    Participation.objects.all().delete()
    close_questionnaire(questionnaire=Questionnaire.objects.get(), by=by)
    page.goto(own + "feedback/")
    walk.look("feedback-closed")

    make_report(meeting, invitation, by)
    page.goto(own)
    expect(page).to_have_url(own + "report/")
    walk.look("report")

    travel(MARCH)
    promised = make_commitment(session=meeting, published_at=clock.now(), due_on=date(2027, 6, 30))
    page.reload()
    expect(page.locator("#since")).to_be_visible()
    walk.look("report-since")
    proposal = propose_commitment_change(
        commitment=promised,
        kind=ProposalKind.MOVE,
        to=date(2027, 7, 18),
        reason="The looms come late",
        by=by,
    )
    page.goto(own)
    expect(page).to_have_url(own + f"proposals/{proposal.pk}/")
    walk.look("proposal")
    choose(page.locator("[name=answer][value=rather_not]"))
    page.locator(SENT).first.click()
    expect(page.locator(".summary, .error").first).to_be_visible()
    walk.look("proposal-refused", is_answer=True)


def make_report(meeting: DialogueSession, invitation: object, by: Actor) -> Report:
    """What was decided, a contribution with its answer, sent to everybody."""
    meeting.refresh_from_db()
    save_outcome(session=meeting, kind="decision", text="Cotton", figure="4.3", by=by)
    late = save_contribution(session=meeting, text="Late changes cause overtime", people=[invitation], by=by)
    answers = {late.pk: ("adopted", "See commitment 1", None)}
    respond_to_contributions(session=meeting, responses=answers, by=by)
    make_commitment(session=meeting)
    fields = {"decided": "six materials we tackle together", "as_announced": "yes", "names_kept": True}
    report = save_report(report=start_report(session=meeting, by=by), fields=fields, by=by)
    send_report(report=report, by=by)
    deliver_report(report=report)
    return report


def test_intermediary_page_before_and_after_looks_right(walk, sunita, workers, meeting, travel):
    page, own = walk.page, walk.open(sunita)
    walk.look("through-unanswered")
    for row in workers:
        respond(invitation=row, answer=Answer.YES, by=Actor.guest(sunita.pk))
    page.goto(own)
    expect(page.locator(".wp.done")).to_have_count(3)
    walk.look("through-answered")

    travel(NEXT_MORNING)
    by = Actor.user(walk.by)
    hold_session(session=meeting, by=by)
    open_questionnaire(questionnaire=prepare_questionnaire(session=meeting), by=by)
    page.goto(own)
    walk.look("through-after")


def test_pages_that_do_not_open_look_right(walk, invitation, noor, meeting, settings):
    page, others = walk.page, walk.open(noor.person)
    withdraw_invitation(invitation=noor, by=walk.by)
    page.goto(others)
    walk.look("withdrawn")

    own = walk.open(invitation.person)
    link = give_access(person=noor.person, by=Actor.system())
    # the form of somebody who is not known here
    page.locator("#answer form").evaluate("form => form.action = '/guest/999999/answer/'")
    choose(page.locator("[name=answer][value=yes]"))
    page.locator("#answer [name=question]").evaluate("field => field.value = 'Who pays the train?'")
    page.locator(f"#answer {SENT}").click()
    expect(page.locator("body")).to_contain_text("Who pays the train?")
    walk.look("mismatch", is_answer=True)
    page.goto(own + "data/")
    walk.look("data")
    DialogueSession.objects.filter(pk=meeting.pk).update(status=Status.CANCELLED)
    page.goto(own)
    walk.look("cancelled")
    revoke_access(person=invitation.person, by=Actor.user(walk.by))
    page.goto(own)
    walk.look("gone")

    walk.go("/g/not-a-link-at-all/")
    walk.look("unknown-link")
    walk.go(reverse("portal:guest_forget"))
    walk.look("forget")
    walk.go(reverse("portal:guest_lost"))
    walk.look("lost")
    settings.ACCOUNT_RATE_LIMITS = {"lost_link": "1/10m/ip"}
    for name in ("sent", "429"):
        walk.go(reverse("portal:guest_lost"))
        page.locator("#id_email").fill("daan@example.org")
        page.locator(f"main {SENT}").click()
        walk.look(f"lost-{name}", is_answer=True)
    expect(page.locator(".summary, .error").first).to_be_visible()
    walk.go(reverse("portal:guest_forget"))
    page.locator("main button[type=submit]").first.click()
    walk.look("forgotten", is_answer=True)
    assert link.works()


def test_page_of_who_stands_for_the_promise_looks_right(walk, meeting):
    page = walk.page
    DialogueSession.objects.update(language=walk.language)
    meeting.refresh_from_db()

    def ask(name: str) -> tuple[object, str]:
        asked = ask_endorsement(session=meeting, name=name, email=f"{name.lower()}@example.org", by=walk.by)
        token = tokens.make_token(reference_of(asked))
        return asked, walk.url + reverse("endorsement_answer", args=[token])

    _asked, address = ask("Gerard")
    page.goto(address)
    walk.look("endorse-open")
    page.locator("button[value=agree]").click()
    expect(page.locator(".form")).to_have_count(0)
    walk.look("endorse-answered")
    withdrawn, address = ask("Helga")
    withdraw_endorsement(endorsement=withdrawn, by=walk.by)
    page.goto(address)
    walk.look("endorse-withdrawn")
    walk.go(reverse("endorsement_answer", args=["nothing"]))
    walk.look("endorse-gone")


def test_answer_question_and_feedback_without_javascript(chromium, live_server, invitation, meeting, travel):
    context = chromium.new_context(locale="en-GB", viewport=PHONE, java_script_enabled=False)
    page: Page = context.new_page()
    token = token_of(give_access(person=invitation.person, by=Actor.system()))
    page.goto(live_server.url + reverse("portal:guest_enter", args=[token]))
    own = page.url
    choose(page.locator("[name=answer][value=yes]"))
    page.locator(f"#answer {SENT}").click()
    page.locator("#ask summary").click()
    page.locator("#ask [name=question]").fill("Who pays the train?")
    page.locator(f"#ask {SENT}").click()
    expect(page.locator("body")).to_contain_text("Who pays the train?")

    travel(NEXT_MORNING)
    hold_session(session=meeting, by=Actor.user(User.objects.get()))
    open_questionnaire(
        questionnaire=prepare_questionnaire(session=meeting), by=Actor.user(User.objects.get())
    )
    page.goto(own)
    choose(page.locator("[name=TR1][value='5']"))
    page.locator(f"#questions {SENT}").click()
    expect(page.locator("body")).to_contain_text("apart from your name")
    context.close()

    invitation.refresh_from_db()
    assert invitation.answer == Answer.YES
    assert [question.text for question in Question.objects.all()] == ["Who pays the train?"]
    assert Participation.objects.filter(invitation=invitation).exists()
