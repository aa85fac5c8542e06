"""The dated line on paper: in order, from what was promised, nothing made up."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from dialoog.testing.factories import make_promised_session
from sessions.models import DecisionProcedure
from sessions.moments import moments
from sessions.reading import read
from sessions.telling import freeze


@pytest.fixture
def session(workspace, anna):
    return make_promised_session(
        workspace=workspace,
        contact=anna,
        starts_at=datetime(2027, 3, 2, 9, tzinfo=UTC),
        ends_at=datetime(2027, 3, 2, 15, tzinfo=UTC),
        answer_by=date(2027, 2, 5),
        report_by=date(2027, 3, 16),
        decides="advice",
        adopts_by=date(2027, 4, 13),
    )


def line(content, language="en"):
    with translation.override(language):
        return [(each.when, str(each.what), str(each.more)) for each in moments(read(content, language))]


def test_the_line_has_what_was_promised_in_the_order_of_its_days(session):
    assert line(freeze(session)) == [
        ("before 5 February", "You answer", "Whether you come, and whether this is clear."),
        (
            "before the meeting",
            "You get the programme",
            "Made from everybody’s answers, with the rules of conduct.",
        ),
        ("Tuesday 2 March 2027", "The meeting", "10:00 to 16:00, Nieuwspoort, The Hague"),
        ("by 16 March", "You hear from us", "Also about what you told us"),
        ("by 13 April", "The board decides", ""),
    ]


def test_the_line_speaks_the_language_of_its_reader(session):
    told = line(freeze(session), "nl")

    assert [when for when, _what, _more in told] == [
        "vóór 5 februari",
        "vóór de bijeenkomst",
        "dinsdag 2 maart 2027",
        "uiterlijk 16 maart",
        "uiterlijk 13 april",
    ]
    assert told[-1][1] == "“The board” besluit"


def test_a_decision_without_a_day_follows_the_meeting_without_one(session):
    session.adopts_by = None

    assert line(freeze(session))[3] == ("afterwards", "The board decides afterwards.", "")


def test_where_nothing_is_decided_nothing_of_it_is_said(session):
    session.decides = "no"

    assert [what for _when, what, _more in line(freeze(session))][2:] == ["The meeting", "You hear from us"]


def test_rules_that_come_later_have_their_day(session):
    session.save()
    DecisionProcedure.objects.create(session=session, method="later", rules_on=date(2027, 1, 20))

    assert line(freeze(session))[0] == ("by 20 January", "You get the exact rules of how it is decided", "")


def test_a_date_chosen_together_shows_what_can_be_chosen(session):
    session.date_mode = "poll"
    session.save()
    session.date_options.create(starts_at=session.starts_at, ends_at=session.ends_at)

    assert line(freeze(session))[2][:2] == ("The date is not settled yet", "The meeting")
    assert "Tuesday 2 March 2027, 10:00" in line(freeze(session))[2][2]


def test_the_pack_begins_with_the_meeting(session):
    assert line(freeze(session, "pack"))[0][1] == "The meeting"


def test_what_was_frozen_before_the_day_was_kept_apart_says_it_in_its_sentence(session):
    content = freeze(session)
    for words in content["languages"].values():
        del words["adopts_by"], words["has_online_choice"]

    assert ("afterwards", "The board decides by 13 April at the latest.", "") in line(content)
    assert read(content, "en").has_online_choice
