"""Paper: the briefing as tagged PDF, letters in one file, the page for calling."""

import io
import re
import subprocess
from dataclasses import replace
from datetime import timedelta

import icalendar
import pikepdf
import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.documents.pdf import render_pdf
from dialoog.kernel.files import store
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import invite, make_agenda_item, make_person, make_promised_session
from sessions import papers
from sessions.actions.brief import plan_briefing, preview
from sessions.actions.letters import letter_copies
from sessions.actions.send import send_briefing
from sessions.models import BriefingKind, DecisionProcedure, SessionGroup
from sessions.moments import moments
from sessions.reading import Words, read
from sessions.telling import freeze
from stakeholders.actions.access import give_access_many, token_of
from stakeholders.models import AccessLink, Channel


@pytest.fixture
def session(workspace, anna):
    workspace.postal_address = "Home & Table\nPO Box 1\n2500 AA The Hague"
    workspace.save()
    session = make_promised_session(workspace=workspace, contact=anna, rules="One speaks.\nNo names.")
    invite(session=session)
    SessionGroup.objects.filter(session=session).update(
        why_you="you buy", what_we_ask="name your three main materials"
    )
    return session


@pytest.fixture
def posted(session, workspace, anna):
    """A session that was sent, with somebody reached by post."""
    person = make_person(
        workspace=workspace,
        name="Geert Friso",
        channel=Channel.LETTER,
        street="Road 12",
        postcode="9700 AA",
        city="Groningen",
    )
    invite(session=session, person=person)
    briefing = plan_briefing(session=session, by=anna)
    while send_briefing(briefing.pk):
        pass
    session.refresh_from_db()
    return session


def pdf_of(session, kind="invitation", language="en"):
    group = session.groups.first().group_id
    reading = preview(session, kind, language, group)
    return papers.briefing_pdf(
        reading, emblem=papers.emblem_sizes(session), seed=session.pk, version="Version of today."
    )


def letter_of(session, *, opening="", **words):
    """The HTML of one person's cover; `words` in place of what was promised."""
    row = session.invitations.first()
    link = give_access_many(people=[row.person], by=Actor.system())[row.person_id]
    reading = replace(preview(session, "invitation", "en", row.group_id), **words)
    letter = papers.Letter(person=row.person, link=link, reading=reading, briefing=None, opening=opening)
    return papers.letter_html(session, letter, pages=2)


def heights_of(pdf):
    """How far down the first page each word ends, in millimetres; of a word that comes twice the last."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", "-", "-"], input=pdf, capture_output=True, check=True
    )
    found = re.findall(r'yMax="([\d.]+)">([^<]*)</word>', done.stdout.decode())
    return {word: float(points) * 25.4 / 72 for points, word in found}


def text_of(pdf):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_the_briefing_is_tagged_in_its_language_and_says_the_promise(session):
    pdf = pdf_of(session)
    text = text_of(pdf)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en"
        assert str(opened.docinfo.Title) == session.title
        assert len(opened.pages) == 1
    for words in ("What you may expect", "three main materials", "You help make the", "page 1 of 1"):
        assert words in " ".join(text.split())


def test_the_reason_per_person_is_not_in_the_shared_pdf(session):
    assert "you buy" not in text_of(pdf_of(session))


def test_the_rules_of_deciding_take_a_second_page(session):
    session.decides = "advice"
    session.save()
    DecisionProcedure.objects.create(
        session=session, method="no_objection", fallback="three_quarters", tie_rule="severity"
    )

    text = text_of(pdf_of(session))

    assert len(text.split("\f")) - 1 == 2
    assert "strong objection" in text.split("\f")[1]


STRIP, A4 = 209, 297
LINE = "What the workshops, the buyers and the unions each can do about late changes. "
RULE = "Every organisation says whether it has a strong objection, and what harm it sees. "


def write(session, *, goal, rules):
    """The promise with a goal of so many characters and a procedure of so many rules."""
    session.goal = session.use_of_outcomes = (LINE * 8)[:goal]
    session.last_time, session.decides = (LINE * 8)[: goal // 2], "advice"
    session.adopts_by = session.report_by
    session.save()
    own = {"question": RULE, "electorate": RULE, "own_method": RULE * 2, "threshold": RULE}
    DecisionProcedure.objects.create(session=session, method="other", quorum_groups=2, **own)
    content = freeze(session)
    for words in content["languages"].values():
        words["procedure"] = [[RULE * (1 + number % 3), ""] for number in range(rules)]
    return content


def pages_of(content, language, session):
    reading = read(content, language, ask=(LINE * 4)[:200])
    emblem = [["square", 9], ["circle", 4]]
    pdf = papers.briefing_pdf(reading, emblem=emblem, seed=session.pk, version="Version of today.")
    return [" ".join(page.split()) for page in text_of(pdf).split("\f")[:-1]]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_ordinary_invitation_is_two_pages_with_a_whole_promise_on_the_first(session, language):
    first, second = pages_of(write(session, goal=150, rules=5), language, session)
    with translation.override(language):
        expect, rules = _("Confidential"), _("How it is decided")
        when, answer = _("What happens when"), _("How you answer")

    assert expect in first
    assert when not in first
    assert all(words in second for words in (rules, when, answer, "5 Every", "070 555 01 01"))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("goal", [150, 300, 600])
def test_no_step_moment_or_caption_is_torn_over_two_pages(session, goal, language):
    content = write(session, goal=goal, rules=6)
    reading = read(content, language)

    pages = pages_of(content, language, session)

    assert len(pages) <= 3
    circles = "The right circle:" if language == "en" else "De rechtercirkel:"
    together = [str(reading.goal), *(f"{n} {rule}".strip() for n, rule in enumerate(reading.procedure, 1))]
    with translation.override(language):
        shown = moments(reading)
    assert sum(circles in page and str(reading.say)[:20] in page for page in pages) == 1
    for words in together[1:]:
        assert any(words in page for page in pages)
    assert sum(all(str(each.what) in page for each in shown) for page in pages) == 1


def test_names_in_other_scripts_are_printed_whole(session):
    session.contact_name, session.adopter = "अनन्या राव", "مجلس الإدارة"
    session.workspace.name = "منظمة الحوار"

    pages = pages_of(write(session, goal=150, rules=3), "en", session)

    assert len(pages) == 2
    assert all("अनन्या" in page for page in pages)


def test_the_shared_pdf_says_how_to_answer_and_nothing_personal(posted):
    people = [row.person for row in posted.invitations.select_related("person")]
    briefing = posted.briefings.get()
    files = [store.read(file.pdf.sha256) for file in briefing.files.select_related("pdf")]

    assert files
    for text in map(text_of, files):
        assert "How you answer" in text
        assert "By telephone" in text
        assert "/g/" not in text
        assert not any(person.name in text or (person.email and person.email in text) for person in people)


def test_the_pack_has_programme_parties_and_rules(session):
    make_agenda_item(session=session, title="Welcome", minutes=15)
    make_agenda_item(session=session, title="At tables", form="tables", minutes=60)

    text = text_of(pdf_of(session, kind="pack"))

    for words in ("Programme", "Welcome", "At tables", "Who is invited", "Rules of conduct", "One speaks."):
        assert words in text


def test_the_same_content_is_the_same_file(session):
    assert pdf_of(session) == pdf_of(session)
    assert pdf_of(session) != pdf_of(session, language="nl")


def test_the_preview_is_a_pdf_for_organisers_only(as_user, session, bram, romy, eva):
    workspace = session.workspace
    address = workspace.url("sessions:briefing_preview", session.pk, "invitation")

    response = as_user(bram).get(address, {"group": session.groups.first().group_id})

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert as_user(romy).get(address).status_code == 403
    assert as_user(eva).get(address).status_code == 404
    wrong = workspace.url("sessions:briefing_preview", session.pk, "nothing")
    assert as_user(bram).get(wrong).status_code == 404


def test_the_calendar_is_published_without_a_personal_link(as_user, session, workspace, bram):
    response = as_user(bram).get(workspace.url("sessions:calendar_download", session.pk))

    entry = icalendar.Calendar.from_ical(response.content)
    assert entry["METHOD"] == "PUBLISH"
    assert entry.walk("VEVENT")[0]["SUMMARY"] == session.title
    assert b"/g/" not in response.content


def test_letters_print_a_cover_with_the_link_before_the_same_pages(as_user, posted, workspace, bram):
    address = workspace.url("sessions:letter_print", posted.pk)
    assert as_user(bram).get(address).status_code == 405

    response = as_user(bram).post(address)

    pages = text_of(response.content).split("\f")[:-1]
    assert len(pages) == 2
    for words in ("Geert Friso", "Road 12", "9700 AA Groningen", "Dear Geert Friso", "Will you be there?"):
        assert words in pages[0]
    assert "Geert Friso" not in pages[1]
    assert letter_copies(posted)[0].printed_at is not None
    assert OutgoingMail.objects.count() == 1
    again = as_user(bram).post(address, follow=True)
    assert "There are no letters to print." in again.content.decode()
    assert as_user(bram).post(address, {"all": "1"})["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("told", [0, 50, 60, 130, 300, 600])
def test_a_letter_ends_above_its_strip_however_much_is_told(session, told):
    text = (LINE * 8)[:told]
    session.title = text[:160] or session.title
    session.save()
    words = {"why": Words(f"You are asked because {text}"), "last_time": Words(text)}
    say = Words(f"You help make the outcome. {text[:300]}")
    html = letter_of(session, opening=text[:300], say=say, practical=[Words(text[:300])], **words)

    ends = heights_of(render_pdf(html, identifier="x", title="x", language="en"))

    assert ends["regards,"] < STRIP
    assert STRIP < ends["there?"] < A4


def test_letters_of_the_pack_are_printed_beside_what_was_printed_before(
    as_user, posted, anna, workspace, bram
):
    address = workspace.url("sessions:letter_print", posted.pk)
    as_user(bram).post(address)
    make_agenda_item(session=posted, title="Where the wood comes from")
    pack = plan_briefing(session=posted, by=anna, kind=BriefingKind.PACK)
    while send_briefing(pack.pk):
        pass

    listed = as_user(bram).get(workspace.url("sessions:letter_list", posted.pk)).content.decode()
    printed = " ".join(text_of(as_user(bram).post(address).content).split())

    assert listed.count("Geert Friso") == 2
    assert "Information pack" in listed
    assert "Where the wood comes from" in printed
    assert printed.count("Dear Geert Friso") == 1
    assert letter_copies(posted, only_new=True) == []


def test_letters_of_a_meeting_that_is_over_are_not_printed_any_more(posted):
    assert len(letter_copies(posted, only_new=True)) == 1

    with clock.at(posted.ends_at + timedelta(hours=1)):
        assert letter_copies(posted, only_new=True) == []


def test_the_list_of_letters_shows_what_is_printed_and_no_token(as_user, posted, workspace, bram, romy):
    address = workspace.url("sessions:letter_list", posted.pk)

    page = as_user(bram).get(address).content.decode()

    assert "Geert Friso" in page
    assert "Not yet" in page
    assert not any(token_of(link) in page for link in AccessLink.objects.all())
    assert as_user(romy).get(address).status_code == 403


def test_the_page_for_calling_has_four_sentences_each(as_user, session, workspace, bram):
    person = make_person(workspace=workspace, name="Ananya Rao", channel=Channel.PHONE, phone="06 12")
    invite(session=session, person=person, why_you="you know the workshops")
    make_person(workspace=workspace, name="Not invited")

    page = as_user(bram).get(workspace.url("sessions:phone_list", session.pk)).content.decode()

    for words in (
        "Good day, you are speaking with Anna de Boer",
        "I invite you to a talk",
        "You are asked because you know the workshops.",
        "You help make the outcome.",
        'href="tel:0612"',
    ):
        assert words in page
    assert "Not invited" not in page


@pytest.mark.parametrize(
    ("meets", "offered"),
    [
        ({"place_mode": "place"}, "Yes, for a part"),
        ({"place_mode": "place", "online_link": "https://talk.example.org/1"}, "Yes, partly or online"),
        ({"place_mode": "both"}, "Yes, partly or online"),
        ({"place_mode": "online", "online_link": "https://talk.example.org/1"}, "Yes, for a part"),
    ],
)
def test_paper_offers_online_only_where_it_is_a_choice(as_user, session, bram, meets, offered):
    workspace = session.workspace
    type(session).objects.filter(pk=session.pk).update(**meets)
    session.refresh_from_db()
    row = invite(session=session, person=make_person(workspace=workspace, channel=Channel.PHONE, phone="06"))
    letter = letter_of(session)

    called = as_user(bram).get(workspace.url("sessions:phone_list", session.pk)).content.decode()
    noted = as_user(bram).get(workspace.url("sessions:answer_edit", session.pk, row.pk)).content.decode()

    for text in (called, noted, letter):
        assert offered in text
        assert text.count("Yes, for a part") + text.count("Yes, partly or online") == 1


def test_a_call_is_read_out_in_one_language(as_user, session, workspace, bram):
    person = make_person(workspace=workspace, channel=Channel.PHONE, phone="06 12", language="nl")
    row = invite(session=session, person=person)
    other = make_person(workspace=workspace, channel=Channel.PHONE, phone="06 13", language="tr")
    invite(session=session, person=other)
    type(session).objects.filter(pk=session.pk).update(language="en")

    page = as_user(bram).get(workspace.url("sessions:phone_list", session.pk)).content.decode()

    # nothing is translated, so both are called in the language of the meeting, and the caller reads why
    assert "Goedendag" not in page
    assert page.count("so this is in the language of the meeting") == 2
    assert "Reads Dutch." in page
    assert "Reads Turkish." in page
    assert row.person.language == "nl"


def test_nobody_to_call_says_how_to_change_that(as_user, session, workspace, bram):
    page = as_user(bram).get(workspace.url("sessions:phone_list", session.pk)).content.decode()

    assert "Nobody to call" in page
