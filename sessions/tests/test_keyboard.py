"""The seven screens by keyboard alone: focus is always seen, never lost, and goes in the order one reads."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from dialoog.kernel import clock
from dialoog.testing.browser import choose
from dialoog.testing.factories import make_promised_session
from sessions.actions.plan import plan_session
from sessions.models import Decides, DialogueSession, Invitation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "Naam\tOrganisatie\tE-mail\nFemke\tHaverkamp Wonen\tfemke@haverkamp.nl\nIris\tKamp\tiris@kamp.nl"
SCREENS = ("meeting", "promise", "decision", "people", "table", "look", "send")
# what has the focus: which element, whether it is drawn as such, and where it stands
FOCUS = """() => {
  const dock = document.querySelector(".dock")?.getBoundingClientRect().top ?? 1e6;
  const at = document.activeElement, frame = (at.closest(".pick") ?? at).getBoundingClientRect();
  const drawn = [at, at.nextElementSibling, at.closest("label, .starter, .drop, .search")].filter(Boolean);
  const seen = drawn.some((each) => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
  });
  return {
    tag: at.tagName, name: at.name ?? "", isFirst: at.matches(".skip"), inMain: Boolean(at.closest("main")),
    seen, top: frame.top + scrollY,
    covered: !at.closest(".dock") && dock < frame.top + Math.min(frame.height, 20),
  };
}"""


@pytest.fixture
def walk(page: Page) -> Callable[[], list[dict]]:
    """Goes through the whole page with Tab; says what had the focus, and fails where nobody could see it."""

    # the page glides to what has the focus; it is looked at where it comes to rest
    page.emulate_media(reduced_motion="reduce")

    def go() -> list[dict]:
        passed = []
        for _press in range(400):
            page.keyboard.press("Tab")
            here = page.evaluate(FOCUS)
            if here["tag"] == "BODY" or (passed and here["isFirst"]):
                break
            if here["tag"] != "IFRAME":
                assert here["seen"], f"nothing shows the focus on {here} at {page.url}"
                assert not here["covered"], f"the bar below covers {here} at {page.url}"
            passed.append(here)
        return passed

    return go


@pytest.fixture
def session(workspace):
    return make_promised_session(workspace=workspace, decides=Decides.ADVICE)


def test_every_screen_is_walked_by_keyboard(page, live_server, signed_in, walk, session, bram):  # noqa: PLR0917
    workspace = session.workspace
    signed_in(bram, live_server.url)

    for name in SCREENS:
        page.goto(live_server.url + workspace.url(f"sessions:invite_{name}", session.pk))
        passed = walk()

        assert len(passed) > 5, name
        # what one fills in follows the order in which it stands, and the way on comes after all of it
        tops = [
            here["top"]
            for here in passed
            if here["inMain"] and here["tag"] in {"INPUT", "TEXTAREA", "SELECT"}
        ]
        assert all(later >= earlier - 140 for earlier, later in pairwise(tops)), name
        assert passed[-1]["tag"] in {"BUTTON", "A"}, name


def test_the_first_key_leads_past_the_head(page, live_server, signed_in, workspace, bram):
    session = plan_session(workspace=workspace, by=bram)
    signed_in(bram, live_server.url)
    page.goto(live_server.url + workspace.url("sessions:invite_meeting", session.pk))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_an_error_takes_the_focus_and_leads_to_its_field(page, live_server, signed_in, workspace, bram):
    session = plan_session(workspace=workspace, by=bram)
    signed_in(bram, live_server.url)
    page.goto(live_server.url + workspace.url("sessions:invite_meeting", session.pk))

    page.locator("[name=title]").fill("")
    page.locator("button.go").press("Enter")

    expect(page.locator(".summary[role=alert]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_saving_while_typing_leaves_the_focus_where_it_is(page, live_server, signed_in, workspace, bram):
    session = make_promised_session(workspace=workspace, decides=Decides.YES)
    signed_in(bram, live_server.url)
    page.goto(live_server.url + workspace.url("sessions:invite_decision", session.pk))

    page.locator("[name=method][value=vote]").focus()
    page.keyboard.press("Space")
    page.locator("details:has([name=quorum]) > summary").focus()
    page.keyboard.press("Enter")
    page.locator("[name=quorum]").focus()
    page.keyboard.type("7")
    expect(page.locator("[data-live=phone]")).to_contain_text("At least 7 organisations must take part.")
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("Saved"))

    assert page.evaluate("document.activeElement.name") == "quorum"
    # what is on its way in when the test ends would hold the database while it is emptied
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.type("0")
    expect(page.locator("[name=quorum]")).to_have_value("70")


def test_from_a_list_to_invitations_without_a_mouse(page, live_server, signed_in, workspace, bram):
    session = plan_session(workspace=workspace, by=bram)
    signed_in(bram, live_server.url)
    page.goto(live_server.url + workspace.url("sessions:invite_meeting", session.pk))

    def type_in(name: str, text: str) -> None:
        page.locator(f"[name={name}]").focus()
        page.keyboard.insert_text(text)

    def pick(name: str, value: str) -> None:
        choose(page.locator(f"[name={name}][value={value}]"))

    def go_on(following: str) -> None:
        page.locator("button.go").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(rf"/invite/{following}/"))

    type_in("title", "Risks in the chain")
    page.locator("[name=day]").fill((clock.now() + timedelta(days=60)).date().isoformat())
    page.locator("[name=start]").fill("10:00")
    page.locator("[name=end]").fill("16:00")
    pick("place_mode", "place")
    type_in("place", "De Brug, Den Haag")
    page.locator("[name=contact_phone]").fill("070 555 01 02")
    go_on("promise")
    type_in("goal", "agreed on the risks")
    type_in("use_of_outcomes", "the work plan")
    pick("influence", "consult")
    pick("decides", "advice")
    pick("confidentiality", "room")
    go_on("decision")
    pick("method", "own_advice")
    go_on("people")
    type_in("text", LIST)
    page.keyboard.press("Tab")
    page.locator("button.go").press("Enter")
    expect(page.locator("#h-seen")).to_be_visible()
    go_on("table")
    page.locator("#kind_to_0").focus()
    page.keyboard.press("ArrowDown")
    page.locator("button[name=kind][value='0']").press("Enter")
    page.wait_for_url(re.compile(r"/invite/table/#groups"))
    go_on("look")
    go_on("send")
    page.locator("button.go").press("Enter")
    page.wait_for_url(re.compile(rf"/sessions/{session.pk}/(#.*)?$"))

    assert DialogueSession.objects.get().status == "planned"
    assert set(Invitation.objects.values_list("group__key", flat=True)) == {"companies"}
