"""The words of the mails: order, length, languages, and what a neutral mail keeps to itself."""

from datetime import UTC, date, datetime

import pytest

from dialoog.kernel import clock
from dialoog.testing.factories import make_agenda_item, make_promised_session
from sessions import mails
from sessions.models import DecisionProcedure, SessionText
from sessions.reading import Words, read, source_digest
from sessions.telling import freeze, live

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
WHY = "you buy for a small company. That side of the story was missing"
ASK = "name your three main materials and one habit of buying that makes risks bigger"


@pytest.fixture
def session(workspace, anna):
    with clock.at(NOW):
        session = make_promised_session(
            workspace=workspace,
            contact=anna,
            title="Which raw materials do we take on together?",
            starts_at=datetime(2027, 3, 2, 9, tzinfo=UTC),
            ends_at=datetime(2027, 3, 2, 15, tzinfo=UTC),
            answer_by=date(2027, 2, 5),
            report_by=date(2027, 3, 16),
            goal="a list of at most six raw materials with the gravest risks",
            use_of_outcomes="our work plan",
            not_used_for="judge members",
            decides="advice",
            last_time="nobody knew how our list was made. Our mistake",
            out_of_scope="You do not decide about the budget",
            travel_paid=True,
        )
    DecisionProcedure.objects.create(
        session=session, method="no_objection", fallback="three_quarters", tie_rule="severity"
    )
    return session


def reading_of(session, language="en", kind="invitation", **personal):
    return live(session, language, kind=kind, **{"why": WHY, "ask": ASK, **personal})


def test_the_subject_says_what_when_and_until_when(session):
    parts = mails.invitation(reading_of(session))

    assert parts.subject == (
        "Invitation 2 March: Which raw materials do we take on together? Please answer before 5 February"
    )


def test_the_invitation_has_its_parts_in_order(session):
    text = mails.invitation(reading_of(session), has_opening=True).text

    wanted = [
        "Dear {{name}},",
        "{{opening}}",
        "small company",
        "Last time nobody knew",
        "   Invitation",
        "   Which raw materials do we take on together?",
        "Tuesday 2 March 2027",
        "   Attached: everything as a PDF, and the date for your calendar.",
        "Goal:",
        "What happens with it:",
        "We ask you to name your three main materials",
        "Your influence:",
        "How it is decided:",
        "Confidential:",
        "You hear from us:",
        "Read and answer (1 minute)",
        "Please before 5 February.",
        "{{link}}",
        "You may also call or reply: I fill it in.",
        "Anna de Boer",
        "070 555 01 01",
        "You get this mail because",
        "We do not see whether you open this mail.",
        "Personal link, do not forward",
        "Lees in het Nederlands",
    ]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("language", "goal", "ask"),
    [
        ("en", "Goal: at the end we have together chosen six.", "We ask you to|bring three."),
        ("nl", "Doel: aan het eind hebben we samen zes gekozen.", "We vragen u|er drie mee te brengen."),
    ],
)
def test_goal_and_request_are_sentences_with_their_first_words_in_bold(session, language, goal, ask):
    words = {"en": ("chosen six", "bring three"), "nl": ("zes gekozen", "er drie mee te brengen")}[language]
    session.language, session.goal = language, words[0]
    reading = reading_of(session, language, ask=words[1])

    parts = mails.invitation(reading)

    assert goal in parts.text
    assert ask.replace("|", " ") in parts.text
    begin, rest = ask.split("|")
    assert f"<b>{begin}</b> {rest}" in parts.html


@pytest.mark.parametrize(
    ("language", "text", "sentence"),
    [
        ("nl", "om drie stukken mee te brengen", "We vragen u om drie stukken mee te brengen."),
        ("en", "to bring three", "We ask you to bring three."),
    ],
)
def test_a_word_the_starter_ends_in_is_not_said_twice(session, language, text, sentence):
    session.language = language
    reading = reading_of(session, language, ask=text)

    assert str(reading.ask) == sentence
    assert sentence in mails.invitation(reading).text


def test_the_invitation_stays_under_180_words_besides_the_facts(session):
    text = mails.invitation(reading_of(session)).text
    body = text.partition("Anna de Boer\n")[0].replace("{{link}}", "")
    facts = [line for line in body.splitlines() if line.startswith("   ")]

    words = len(body.split()) - sum(len(line.split()) for line in facts)

    assert words < 180


def test_html_and_text_say_the_same(session):
    parts = mails.invitation(reading_of(session))

    for words in (
        "at the end we have together a list of at most six raw materials",
        "You help make the outcome.",
        "three main materials",
    ):
        assert words in parts.html
        assert words in parts.text
    assert "<script" not in parts.html
    assert "<svg" not in parts.html
    assert 'bgcolor="#7a3e8e"' in parts.html


@pytest.mark.parametrize("level", ["inform", "consult", "involve", "collaborate", "empower"])
def test_the_bar_takes_the_whole_width_at_every_level(session, level):
    cells = mails.influence_cells(reading_of(session, level=level))

    assert sum(cell.width for cell in cells) == 100


def test_a_request_in_another_language_is_that_language_from_its_first_word(session):
    session.language = "nl"

    html = mails.invitation(reading_of(session, "en", ask="er drie te noemen")).html

    assert '<p style="margin:0 0 11px 0" lang="nl"><b>We vragen u</b> er drie te noemen.</p>' in html


def test_the_mail_says_what_is_attached_to_it(session):
    """A neutral mail has no calendar entry, and without a date there is none."""
    neutral = mails.invitation(reading_of(session), is_neutral=True)
    session.date_mode = "poll"
    undated = mails.invitation(reading_of(session))

    for parts in (neutral, undated):
        assert "Attached: everything as a PDF." in parts.text
        assert "Attached: everything as a PDF." in parts.html
        assert "calendar" not in parts.text


def test_a_later_version_has_the_title_and_is_no_invitation_anew(session):
    change = mails.Changed("Goal", Words("a"), Words("b"))

    text = mails.invitation(reading_of(session), changes=[change]).text

    assert "   Which raw materials do we take on together?" in text
    assert "   Invitation" not in text


def test_people_with_the_same_words_share_one_mail(session):
    first = mails.invitation(reading_of(session))

    assert first == mails.invitation(reading_of(session))
    assert first != mails.invitation(reading_of(session, why="you are another"))


def test_a_neutral_mail_shows_nothing_in_a_list_of_mails(session):
    reading = reading_of(session)
    parts = mails.invitation(reading, is_neutral=True)

    assert parts.subject == "A message from Anna de Boer"
    assert "There is a message for you." in parts.html.partition("role=")[0]
    assert mails.sender_name(reading, is_neutral=True) == "Anna de Boer"


@pytest.mark.parametrize("make", [mails.invitation, mails.pack, mails.endorse, mails.reminder])
def test_a_text_without_translation_is_shown_with_a_sentence_saying_so_above_it(session, make):
    session.language = "nl"
    parts = make(reading_of(session, "en"))
    sentence = "Some texts have not been translated. You read them in Dutch."

    for words in (parts.text, parts.html):
        assert words.count(sentence) == 1
        assert words.index(sentence) < words.index("2 March 2027")
    assert 'lang="nl"' in parts.html


@pytest.mark.parametrize("make", [mails.endorse, lambda reading: mails.through(reading, count=3)])
def test_who_passes_it_on_or_stands_for_it_sees_what_the_invited_read(session, make):
    """Sentences that say “you” to the people invited never stand behind “they”."""
    parts = make(reading_of(session))

    for words in (parts.text, parts.html):
        assert words.count("This is what the people invited read:") == 1
        assert words.index("invited read:") < words.index("Goal:") < words.index("You hear from us:")
        assert "Which raw materials do we take on together?" in words.partition("2 March 2027")[0][-900:]
        assert "Their" not in words
        assert "They hear" not in words
    assert "You help make" not in parts.html.partition("role=")[0]
    assert "Influence: You help make the outcome." in parts.text
    assert "<b>Influence:</b> You help make the outcome." in parts.html


def test_a_translated_text_needs_no_such_sentence(workspace, anna):
    session = make_promised_session(workspace=workspace, contact=anna, language="nl", adopter="")
    for name in ("title", "place", "goal", "use_of_outcomes", "not_used_for"):
        source = getattr(session, name)
        SessionText.objects.create(
            session=session,
            field=name,
            language="en",
            text=f"EN {source}",
            source_digest=source_digest(source),
        )

    parts = mails.invitation(live(session, "en", kind="invitation"))

    assert "not been translated" not in parts.text
    assert "EN a list" in parts.text


def test_the_dutch_mail_writes_dates_in_dutch(session):
    parts = mails.invitation(reading_of(session, "nl"))

    assert "2 maart" in parts.subject
    assert "dinsdag 2 maart 2027" in parts.text
    assert 'lang="nl"' in parts.html


def test_rules_that_come_later_are_announced(session):
    DecisionProcedure.objects.filter(session=session).update(method="later", rules_on=date(2027, 2, 9))
    session.refresh_from_db()

    assert "You get the exact rules by 9 February at the latest." in str(
        mails.how_decided(reading_of(session))
    )


def test_how_the_group_comes_to_it_stands_before_who_decides_after(session):
    session.adopter, session.adopts_by = "The board", date(2027, 2, 9)

    text = str(mails.how_decided(reading_of(session)))

    assert text == (
        "The group gives advice that day. We go on until nobody has a strong objection. "
        "The board decides by 9 February at the latest."
    )


def test_who_decides_after_stands_once_in_how_it_is_decided(session):
    session.adopter, session.adopts_by = "The board", date(2027, 2, 9)
    for decides, after in [
        ("advice", "The board decides by 9 February"),
        ("yes", "The board carries it out."),
    ]:
        session.decides = decides

        text = " ".join(str(words) for words in reading_of(session).decision)

        assert text.count(after) == 1
        assert text.index("We go on until") < text.index(after)


def test_what_was_frozen_before_the_two_were_kept_apart_is_still_read(session):
    content = freeze(session)
    for words in content["languages"].values():
        del words["afterwards"]

    text = str(mails.how_decided(read(content, "en")))

    assert text.startswith("The group gives advice that day.")
    assert text.endswith("We go on until nobody has a strong objection.")


def test_a_changed_promise_shows_old_struck_new_and_why(session):
    told = (Words("a long list"), Words("a short list"), Words("You asked for it."))
    change = mails.Changed("Goal", *told)
    parts = mails.invitation(reading_of(session), changes=[change])

    assert parts.subject.startswith("Something changed for 2 March")
    assert "<s " in parts.html
    assert "It was: a long list" in parts.text
    assert "Why: You asked for it." in parts.text


def test_the_pack_tells_the_programme(session):
    make_agenda_item(session=session, title="Welcome", minutes=15)
    make_agenda_item(session=session, title="At tables", minutes=60)
    parts = mails.pack(reading_of(session, kind="pack"))

    assert "10:00  Welcome" in parts.text
    assert "10:15  At tables" in parts.text
    assert "Your answer about coming stays as it is." in parts.text


def test_the_reminder_is_short_and_lets_no_be_an_answer(session):
    parts = mails.reminder(reading_of(session))

    assert parts.subject == "Will you be there on 2 March? Please answer before 5 February"
    assert "“No” is a good answer too." in parts.text
    assert "This is the only reminder." in parts.text


@pytest.mark.parametrize("make", [mails.cancelled, mails.withdrawn])
def test_bad_news_says_why(session, make):
    parts = make(reading_of(session), reason="The hall burnt down")

    assert "The hall burnt down." in parts.text
    assert "{{link}}" not in parts.html + parts.text


def test_what_an_organiser_types_is_text(session):
    session.goal = '<script>alert(1)</script> & "more"'
    parts = mails.invitation(reading_of(session))

    assert "<script>" not in parts.html
    assert "<script>alert(1)</script>" in parts.text
