"""Words to a group, the rules and the programme in the reader's language: mail, page, paper and telephone."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dialoog.kernel import tokens
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import invite, make_agenda_item, make_person, make_promised_session
from sessions import file_names, papers
from sessions.actions.agenda import move_item, remove_item
from sessions.actions.brief import plan_briefing
from sessions.actions.change import change_programme, correct_typo, propose_change
from sessions.actions.conclude import contributions_from_wishes, recognisable_wishes, word_for_word
from sessions.actions.endorse import ask_endorsement, reference_of
from sessions.actions.send import changes_to_tell, frozen, send_briefing
from sessions.actions.translate import keep_text
from sessions.calendar import session_calendar
from sessions.models import BriefingKind, Decides, DecisionProcedure, Method, SessionText
from sessions.reading import digest_of, read
from sessions.telling import freeze, live
from sessions.translations import sources_of
from stakeholders.actions.access import give_access, token_of
from stakeholders.models import Channel, Mode, SeedGroup

pytestmark = pytest.mark.django_db
WHY, ASK = "you know the trade", "name three risks"


@pytest.fixture
def session(workspace, anna):
    """In English; two of three read Dutch, in two groups."""
    session = make_promised_session(workspace=workspace, contact=anna, days=60, version=1)
    for group, language in ((SeedGroup.COMPANIES, "nl"), (SeedGroup.COMPANIES, "en"), (SeedGroup.NGOS, "nl")):
        invite(session=session, person=make_person(workspace=workspace, language=language), group=group)
    session.groups.update(why_you=WHY, what_we_ask=ASK)
    return session


def translate(session, **only):
    for source in sources_of(session):
        keep_text(
            session=session, source=source, language="nl", text=only.get(source.field, f"NL {source.text}")
        )


def send_all(briefing):
    while send_briefing(briefing.pk):
        pass
    briefing.refresh_from_db()


def dutch_mail(kind="invitation"):
    mails = OutgoingMail.objects.select_related("body").filter(body__language="nl", body__kind=kind)
    return mails.order_by("-pk").first().body


def test_words_to_a_group_come_in_the_readers_language(session, anna):
    translate(session)
    send_all(plan_briefing(session=session, by=anna))

    body = dutch_mail()

    assert f"U bent erbij omdat NL {WHY}." in body.text or f"NL {WHY}" in body.text
    assert f"NL {ASK}".lower() in body.text.lower()
    assert f" {WHY}" not in body.text.replace(f"NL {WHY}", "")
    assert "zijn niet vertaald" not in body.text


def test_page_and_paper_have_the_same_words(session, anna):
    translate(session)
    send_all(plan_briefing(session=session, by=anna))
    row = session.invitations.filter(person__language="nl").first()
    phone = Client()
    phone.get(
        reverse("portal:guest_enter", args=[token_of(give_access(person=row.person, by=Actor.system()))])
    )

    page = phone.get(reverse("portal:guest_detail", args=[row.pk])).content.decode()
    copy = row.copies.select_related("briefing").get()
    reading = read(copy.briefing.content, "nl", why=copy.why_you, ask=copy.what_we_ask)
    printed = papers.briefing_html(reading, emblem=[], seed=1, version="")

    assert f"NL {WHY}" in page
    assert f"NL {ASK}" in printed
    assert "niet vertaald" not in page + printed
    assert f"NL {WHY}" in " ".join(papers.phone_script(reading, row.person)["lines"])


def test_the_calendar_has_the_title_of_the_reader(session):
    translate(session, title="Een gesprek")

    entry = session_calendar(session, live(session, "nl", kind="invitation"))

    assert b"SUMMARY:Een gesprek" in entry


def test_words_to_one_person_stay_as_they_were_written(session):
    translate(session)

    reading = live(session, "nl", kind="invitation", why="you asked me in July")

    assert str(reading.why) == "You are asked because you asked me in July."
    assert (reading.why.lang, reading.original_language) == ("en", "en")


def test_paper_says_that_a_text_is_not_translated(session):
    reading = live(session, "nl", kind="invitation", ask=ASK)

    printed = papers.briefing_html(reading, emblem=[], seed=1, version="")

    assert "Sommige teksten zijn niet vertaald. U leest ze in het Engels." in printed


def test_one_paper_per_language_and_words_however_they_are_translated(session, anna):
    translate(session, what_we_ask="hetzelfde voor iedereen")
    briefing = plan_briefing(session=session, by=anna)
    send_all(briefing)

    keys = set(briefing.copies.values_list("language", "what_we_ask", "influence"))

    assert briefing.files.count() == len(keys) == 2


def test_what_was_sent_keeps_its_translation(session, anna):
    translate(session)
    briefing = plan_briefing(session=session, by=anna)
    send_all(briefing)

    translate(session, goal="iets anders", why_you="om iets anders")
    reading = read(briefing.content, "nl", why=WHY)

    assert digest_of(briefing.content) == briefing.digest
    assert f"NL {WHY}" in str(reading.why)
    assert "iets anders" not in str(reading.goal)


def test_translations_are_part_of_what_is_frozen(session):
    plain = digest_of(frozen(session, BriefingKind.INVITATION))
    translate(session)

    assert digest_of(frozen(session, BriefingKind.INVITATION)) != plain


def test_the_programme_comes_in_the_readers_language_and_names_need_none(session):
    make_agenda_item(session=session, title="Lunch", lead="Simone", note="Free to walk")
    translate(session, lead="")

    (part,) = live(session, "nl", kind="pack").agenda

    assert [(str(words), words.lang) for words in (part.title, part.lead, part.note)] == [
        ("NL Lunch", ""),
        ("Simone", ""),
        ("NL Free to walk", ""),
    ]
    assert live(session, "nl", kind="pack").original_language == ""


def test_own_rules_are_translated_whole_or_not_at_all(session):
    session.decides = "yes"
    session.save()
    rules = {"question": "Which six?", "own_method": "We give marks", "threshold": "A mean of 3"}
    DecisionProcedure.objects.create(session=session, method=Method.OTHER, **rules)
    translate(session)

    whole = live(session, "nl", kind="invitation")
    SessionText.objects.filter(field="threshold").delete()
    half = live(session, "nl", kind="invitation")

    assert "NL We give marks" in " ".join(map(str, whole.procedure))
    assert ({words.lang for words in whole.procedure}, whole.original_language) == ({""}, "")
    assert "NL" not in " ".join(map(str, half.procedure))
    assert ({words.lang for words in half.procedure}, half.original_language) == ({"en"}, "en")


@pytest.fixture
def sent(session, anna):
    translate(session)
    send_all(plan_briefing(session=session, by=anna))
    session.refresh_from_db()
    return session


def test_a_change_of_time_is_told_in_every_language_by_itself(sent, anna):
    change_programme(
        session=sent, fields={"online_link": "", "contact_phone": "070"}, by=anna, version=sent.version
    )

    (change,) = changes_to_tell(sent, "nl")

    assert (change.old.lang, change.new.lang) == ("", "")


def test_a_changed_promise_is_told_in_the_readers_language_when_it_is_given(sent, anna):
    propose_change(
        session=sent,
        fields={"goal": "two lists."},
        reason="You asked.",
        translated={"nl": {"goal": "twee lijsten.", "reason": "U vroeg erom."}},
        by=anna,
        version=sent.version,
    )
    briefing = sent.briefings.get(version=2)
    send_all(briefing)

    text = dutch_mail().text

    assert "twee lijsten." in text
    assert "U vroeg erom." in text
    assert "two lists" not in text
    assert "niet vertaald" not in text


def test_a_changed_promise_nobody_translated_is_told_as_it_was_written(sent, anna):
    propose_change(
        session=sent, fields={"goal": "two lists."}, reason="You asked.", by=anna, version=sent.version
    )
    send_all(sent.briefings.get(version=2))

    body = dutch_mail()

    assert "two lists." in body.text
    assert 'lang="en">At the end we have together two lists.' in body.html
    assert "Sommige teksten zijn niet vertaald" in body.text


def test_a_mended_typing_error_leaves_the_translation_standing(sent, anna):
    correct_typo(session=sent, fields={"goal": "a lisst of six."}, by=anna, version=sent.version)

    reading = live(sent, "nl", kind="invitation")

    assert reading.goal.lang == ""
    assert "NL" in str(reading.goal)


def test_the_form_of_a_change_asks_for_the_other_language(sent, workspace, bram, as_user):
    client = as_user(bram)
    url = workspace.url("sessions:change_edit", sent.pk, "typo")
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}

    response = client.post(url, data | {"goal": "a lisst.", "goal-nl": "een lijst."})
    assert response.status_code == 302, response.context["form"].errors
    sent.refresh_from_db()

    assert list(form.fields).index("goal-nl") == list(form.fields).index("goal") + 1
    assert "een lijst." in str(live(sent, "nl", kind="invitation").goal)


def test_a_changed_programme_is_told_in_the_languages_its_titles_have(sent, anna):
    first, second = (make_agenda_item(session=sent, title=title) for title in ("Welcome", "Lunch"))
    translate(sent)
    send_all(plan_briefing(session=sent, by=anna, kind=BriefingKind.PACK))
    sent.refresh_from_db()
    second.session = first.session = sent

    move_item(item=second, up=True, seen=second.position, by=anna)
    remove_item(item=first, by=anna)
    moved, removed = changes_to_tell(sent, "nl")

    assert (str(moved.old), str(moved.new)) == ("NL Welcome · NL Lunch", "NL Lunch · NL Welcome")
    assert (str(removed.old), removed.old.lang) == ("NL Welcome, 30 minuten", "")
    assert not SessionText.objects.filter(owner="agenda", key=str(first.pk)).exists()


def test_reading_in_another_language_asks_the_database_no_more(session, django_assert_num_queries):
    translate(session)
    many = [make_agenda_item(session=session, title=f"Part {number}") for number in range(3)]
    with django_assert_num_queries(5):
        live(session, "nl", kind="pack")
    make_agenda_item(session=session, title="One more")
    translate(session)
    with django_assert_num_queries(5):
        live(session, "nl", kind="pack")
    assert len(many) == 3


def test_own_words_of_somebody_protected_are_warned_about(session, workspace, anna, as_user):
    through = make_person(workspace=workspace)
    hidden = make_person(
        workspace=workspace,
        name="W1",
        channel=Channel.INTERMEDIARY,
        intermediary=through,
        participation_mode=Mode.PSEUDONYM,
    )
    open_row = session.invitations.first()
    for row in (invite(session=session, person=hidden), open_row):
        session.wishes.create(invitation=row, kind="agenda", text=f"Words of {row.pk}")
    session.wishes.create(kind="agenda", text="Words of nobody")
    client, page = as_user(anna), workspace.url("sessions:meeting_detail", session.pk)

    before = client.get(page).content.decode()
    assert recognisable_wishes(session).count() == 2
    contributions_from_wishes(session=session, by=Actor.user(anna))
    after = client.get(page).content.decode()
    marked = word_for_word(session)

    assert "2 answers are from people who must not be recognised" in before
    assert after.count("Their own words can betray who said this.") == len(marked) == 2
    assert not session.contributions.filter(pk__in=marked, wishes__invitation=open_row).exists()
    session.contributions.filter(pk__in=marked).update(text="Said in other words")
    assert word_for_word(session) == set()


def test_content_frozen_before_there_were_translations_is_still_read(session):
    content = freeze(session, "invitation")
    for words in content["languages"].values():
        del words["ours"]

    assert str(read(content, "nl", why=WHY).why) == f"You are asked because {WHY}."


def test_who_decides_is_quoted_where_the_name_has_no_translation(session):
    """Our sentence stays ours; the name in it is shown as the name it is, in its own language."""
    session.decides = Decides.ADVICE
    session.save()
    reading = live(session, "nl", kind=BriefingKind.INVITATION)

    assert reading.decided.text.startswith("De groep geeft die dag een advies. “The board” besluit")
    assert (reading.decided.name, reading.decided.name_lang) == ("“The board”", "en")
    assert "“The board”" in reading.say.text
    assert reading.is_fallback

    translate(session, adopter="het bestuur")
    reading = live(type(session).objects.get(pk=session.pk), "nl", kind=BriefingKind.INVITATION)

    assert "Het bestuur besluit" in reading.decided.text
    assert reading.decided.name == ""
    assert "“" not in live(session, "en", kind=BriefingKind.INVITATION).decided.text


def test_mail_and_page_mark_the_language_of_who_decides(session, anna):
    send_all(plan_briefing(session=session, by=anna))
    row = session.invitations.filter(person__language="nl").first()
    phone = Client()
    phone.get(
        reverse("portal:guest_enter", args=[token_of(give_access(person=row.person, by=Actor.system()))])
    )

    page = phone.get(reverse("portal:guest_detail", args=[row.pk])).content.decode()

    marked = '<bdi lang="en">“The board”</bdi>'
    assert marked in page
    assert marked in dutch_mail().html
    assert "“The board”" in dutch_mail().text


def test_the_sentence_about_influence_stays_ours_whatever_follows_it(session):
    """What it is not about is the organiser's own text: shown behind ours as it was written, and marked."""
    session.out_of_scope = "the budget"
    session.save()

    say = live(session, "nl", kind=BriefingKind.INVITATION).say

    ours = "U maakt samen met ons de uitkomst. “The board” neemt die over"
    assert (say.text[: len(ours)], say.text[-12:]) == (ours, " the budget.")
    assert (say.lang, say.name_lang, say.tail, say.tail_lang) == ("", "en", "the budget.", "en")


def test_everybody_reads_whose_language_a_sentence_about_influence_ends_in(session, anna):
    session.out_of_scope = "the budget"
    session.save()
    ask_endorsement(session=session, name="Gerard", email="g@example.org", by=anna)
    send_all(plan_briefing(session=session, by=anna))
    copy = session.invitations.filter(person__language="nl").first().copies.select_related("briefing").get()
    asked = session.endorsements.get()
    reading = read(copy.briefing.content, "nl", level=copy.influence)

    link = reverse("endorsement_answer", args=[tokens.make_token(reference_of(asked))])
    endorser = Client().get(f"{link}?language=nl").content.decode()
    printed = papers.briefing_html(reading, emblem=[], seed=1, version="")

    for page in (dutch_mail().html, endorser, printed):
        assert '<bdi lang="en">“The board”</bdi>' in page
        assert '<bdi lang="en">the budget.</bdi>' in page


def test_a_changed_influence_is_told_in_one_language(session, anna):
    """A sentence that is half in another language is no translation of what changed."""
    session.out_of_scope = "the budget"
    session.save()
    send_all(plan_briefing(session=session, by=anna))
    session.refresh_from_db()

    propose_change(
        session=session, fields={"influence": "consult"}, reason="So.", by=anna, version=session.version
    )
    assert session.changes.filter(field="influence").exists()
    assert not SessionText.objects.filter(owner="change", field__in=("old", "new"), language="nl").exists()


def test_files_are_called_in_the_readers_language(session, anna):
    """Whoever gets Dutch finds Dutch names in the list of files, and no name of anybody."""
    send_all(plan_briefing(session=session, by=anna))

    bodies = {mail.body for mail in OutgoingMail.objects.select_related("body").order_by("pk")}

    names = {
        (body.language, *body.attachments.order_by("position").values_list("filename", flat=True))
        for body in bodies
    }
    assert names == {
        ("nl", "informatie.pdf", "bijeenkomst.ics"),
        ("en", "information.pdf", "meeting.ics"),
    }


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_file_name_is_plain_letters(language):
    with translation.override(language):
        names = [
            file_names.information_pdf(),
            file_names.information_pdf(is_neutral=True),
            file_names.letters_pdf(),
            file_names.calendar_ics(),
        ]

    assert all(re.fullmatch(r"[a-z]+\.(pdf|ics)", name) for name in names)
    assert len(set(names)) == len(names)
