"""What we proposed for a group is read by everybody in their own language, and nobody translates it."""

import pytest
from django.conf import settings

from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import invite, make_person, make_promised_session
from sessions import papers
from sessions.actions.brief import plan_briefing
from sessions.actions.send import send_briefing
from sessions.actions.translate import keep_text
from sessions.queries import mailing_standings
from sessions.readiness.registry import open_findings
from sessions.reading import read
from sessions.table_texts import EXAMPLES, example
from sessions.telling import freeze, live
from sessions.translations import Source, sources_of
from stakeholders.models import SeedGroup

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def session(workspace, anna):
    """In Dutch; somebody of two groups reads English, and both groups have what we proposed."""
    session = make_promised_session(workspace=workspace, contact=anna, days=60, version=1, language="nl")
    for key in (SeedGroup.COMPANIES, SeedGroup.UNIONS):
        person = make_person(workspace=workspace, language="en")
        invite(session=session, person=person, group=key)
        why, ask = example(key, "nl")
        session.groups.filter(group__key=key).update(why_you=why, what_we_ask=ask)
    return session


def texts_of(session, key=SeedGroup.UNIONS):
    row = session.groups.get(group__key=key)
    return {"why": row.why_you, "ask": row.what_we_ask}


def of_groups(session):
    return [source for source in sources_of(session) if source.owner == "group"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_of_our_sentences_are_the_same(language):
    """They are found by their words, so the words must say whose they are."""
    texts = [text for key in EXAMPLES for text in example(key, language)]

    assert len(set(texts)) == len(texts) == 2 * len(EXAMPLES)


@pytest.mark.django_db
def test_a_reader_of_another_language_reads_ours_in_theirs(session):
    reading = live(session, "en", kind="invitation", **texts_of(session))

    why, ask = example(SeedGroup.UNIONS, "en")
    assert str(reading.why) == f"You are asked because {why}"
    assert str(reading.ask) == f"We ask you to {ask}"
    assert (reading.why.lang, reading.ask.lang) == ("", "")


@pytest.mark.django_db
def test_ours_are_no_work_for_the_organiser(session):
    (invitation,) = mailing_standings(session, "invitation")
    point = open_findings(session).find("T76")
    session.groups.update(why_you="om een eigen reden")
    (own,) = mailing_standings(session, "invitation")

    assert of_groups(session)[0].text == "om een eigen reden"
    assert point.title == invitation.sentence
    assert own.missing == invitation.missing + 1


@pytest.mark.django_db
def test_mail_paper_and_telephone_have_ours_in_the_readers_language(session, anna):
    briefing = plan_briefing(session=session, by=anna)
    while send_briefing(briefing.pk):
        pass
    why, ask = example(SeedGroup.UNIONS, "en")
    texts = texts_of(session)
    row = session.invitations.select_related("person").get(group__key=SeedGroup.UNIONS)

    reading = read(freeze(session), "en", **texts)
    script = " ".join(papers.phone_script(reading, row.person)["lines"])
    printed = papers.briefing_html(reading, emblem=[], seed=1, version="")
    bodies = [mail.body for mail in OutgoingMail.objects.select_related("body")]

    assert any(why in body.text and ask in body.text for body in bodies)
    assert not any("U bent erbij omdat" in body.text for body in bodies if body.language == "en")
    assert why in script
    assert ask in printed


@pytest.mark.django_db
def test_a_translation_somebody_made_goes_before_ours(session):
    """Of the same words the organiser may know better ones."""
    row = session.groups.get(group__key=SeedGroup.UNIONS)
    source = Source("group", str(row.group_id), "why_you", "groups", "", row.why_you, 600)
    keep_text(session=session, source=source, language="en", text="you speak for the weavers.")

    reading = live(session, "en", kind="invitation", **texts_of(session))

    assert str(reading.why) == "You are asked because you speak for the weavers."


@pytest.mark.django_db
def test_ours_that_was_changed_is_the_organisers(session):
    session.groups.update(why_you="u kent ons al jaren.")

    reading = live(session, "en", kind="invitation", **texts_of(session))

    assert reading.why.lang == "nl"
    assert {source.field for source in of_groups(session)} == {"why_you"}
