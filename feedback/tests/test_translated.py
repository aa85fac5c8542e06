"""The report in the reader's language: mail, page and PDF, and what is said of a text nobody translated."""

from datetime import timedelta

import pytest

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.documents.fonts import refuse_missing_glyphs
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import make_agenda_item, make_wish
from feedback.actions.report import deliver_report, paper, save_report, send_report, start_report
from feedback.guest import report_for
from feedback.lines import decided_line, input_line, kept_line, now_line
from feedback.reading import digest_of, read
from feedback.telling import freeze, own_wishes
from feedback.tests.conftest import DAY
from feedback.translations import report_standings, sources_of_report
from sessions.actions.conclude import respond_to_contributions, save_contribution, save_outcome
from sessions.actions.follow_up import make_commitment
from sessions.actions.translate import keep_text
from sessions.models import DialogueSession
from sessions.translations import sources_of
from stakeholders.models import Person

pytestmark = pytest.mark.django_db
IN_TIME = DAY + timedelta(days=12)
ENGLISH = {
    "Welke grondstoffen?": "Which raw materials?",
    "zes grondstoffen": "six raw materials",
    "Het bestuur nam de lijst over.": "The board adopted the list.",
    "Den Haag was ver": "The Hague was far",
    "Katoen": "Cotton",
    "Palmolie haalde het niet.": "Palm oil did not make it.",
    "2,9 van 5": "2.9 of 5",
    "Late wijzigingen": "Late changes",
    "Zie toezegging 1": "See commitment 1",
    "Wij leggen bestellingen eerder vast": "We fix orders earlier",
}


@pytest.fixture
def reader(held):
    """The one of all who reads English; the meeting was held in Dutch."""
    DialogueSession.objects.filter(pk=held.pk).update(language="nl", title="Welke grondstoffen?")
    Person.objects.update(language="nl")
    invitation = held.invitations.order_by("pk").first()
    Person.objects.filter(pk=invitation.person_id).update(language="en")
    held.refresh_from_db()
    return held.invitations.select_related("person").get(pk=invitation.pk)


@pytest.fixture
def report(held, reader, anna):
    by = Actor.user(anna)
    with clock.at(DAY + timedelta(days=2)):
        save_outcome(session=held, kind="decision", text="Katoen", figure="4,3", by=by)
        save_outcome(session=held, kind="open", text="Palmolie haalde het niet.", figure="2,9 van 5", by=by)
        late = save_contribution(session=held, text="Late wijzigingen", people=[reader], by=by)
        responses = {late.pk: ("adopted", "Zie toezegging 1", None)}
        respond_to_contributions(session=held, responses=responses, by=by)
        make_commitment(
            session=held,
            text="Wij leggen bestellingen eerder vast",
            owner_name="Haverkamp",
            due_on=(DAY + timedelta(days=90)).date(),
            by=by,
        )
        draft = start_report(session=held, by=by)
        fields = {
            "decided": "zes grondstoffen",
            "adoption": "Het bestuur nam de lijst over.",
            "as_announced": "yes",
            "missing": "Den Haag was ver",
        }
        return save_report(report=draft, fields=fields, by=by)


def sources(session):
    return [*sources_of(session), *sources_of_report(session)]


def translate(session, texts=None):
    texts = ENGLISH if texts is None else texts
    for source in sources(session):
        if source.text in texts:
            keep_text(session=session, source=source, language="en", text=texts[source.text])


def send(report, by):
    with clock.at(IN_TIME):
        send_report(report=report, by=Actor.user(by))
        report.refresh_from_db()
        deliver_report(report=report)
    report.refresh_from_db()


def mail_to(person):
    mail = OutgoingMail.objects.select_related("body").get(body__kind="report", to_email=person.email)
    return mail.body.html + mail.body.text + str(mail.personal)


def test_everything_there_is_to_translate_is_asked(held, report):
    assert {source.text for source in sources(held)} == set(ENGLISH)
    (standing,) = report_standings(held)
    assert (standing.language, standing.people, standing.done, standing.total) == ("en", 1, 0, 10)

    translate(held)

    (standing,) = report_standings(held)
    assert standing.sentence == "1 person reads English: everything is translated."


def test_the_mail_in_english_has_the_outcomes_in_english(held, report, reader, anna):
    translate(held)

    send(report, anna)

    mail = mail_to(reader.person)
    assert "Decided: six raw materials" in mail
    assert "Cotton. The board adopted the list." in mail
    assert "“Late changes” was adopted. See commitment 1." in mail
    assert "The Hague was far." in mail
    assert "We fix orders earlier" in mail
    assert not [text for text in ENGLISH if text in mail]
    assert "have not been translated" not in mail


def test_page_and_paper_say_the_same(held, report, reader, anna):
    translate(held)
    send(report, anna)

    reading = report_for(reader).reading
    printed = paper(read(report.content, "en"))

    assert (str(reading.title), reading.original) == ("Which raw materials?", "")
    assert [str(text) for _kind, texts in reading.other_items for text in texts] == [
        "Palm oil did not make it."
    ]
    assert [str(item.text) for item in reading.decided_items] == ["Cotton"]
    assert [(str(each.text), str(each.reason)) for each in reading.own] == [
        ("Late changes", "See commitment 1.")
    ]
    assert "Palm oil did not make it." in printed
    assert not [text for text in ENGLISH if text in printed]
    refuse_missing_glyphs(printed)


def test_a_text_nobody_translated_is_said_to_be_in_its_own_language(held, report, reader, anna):
    translate(held, {text: said for text, said in ENGLISH.items() if text != "Katoen"})

    send(report, anna)

    reading = report_for(reader).reading
    mail = mail_to(reader.person)
    assert [(str(item.text), item.text.lang) for item in reading.decided_items] == [("Katoen", "nl")]
    assert reading.adoption.lang == ""
    assert reading.original == "nl"
    assert "Some texts were written in Dutch and have not been translated." in mail
    assert '<td lang="nl">Katoen</td>' in paper(read(report.content, "en"))


def test_who_reads_the_language_of_the_meeting_reads_it_as_it_was_written(held, report, anna):
    translate(held)
    send(report, anna)

    reading = read(report.content, "nl")

    assert (reading.original, str(reading.decided)) == ("", "zes grondstoffen")


def test_a_changed_source_is_told_as_it_is_now_and_not_as_it_was_translated(held, report, anna):
    translate(held)
    by = Actor.user(anna)
    save_report(report=report, fields={"decided": "vijf grondstoffen"}, by=by)

    reading = read(freeze(report, IN_TIME.date()), "en")

    assert (str(reading.decided), reading.decided.lang) == ("vijf grondstoffen", "nl")
    assert [each.stale for each in report_standings(held)] == [1]


def test_what_was_sent_keeps_its_translation(held, report, reader, anna):
    translate(held)
    send(report, anna)
    before = report.digest

    translate(held, dict.fromkeys(ENGLISH, "Something else"))

    report.refresh_from_db()
    assert digest_of(report.content) == report.digest == before
    assert str(report_for(reader).reading.decided) == "six raw materials"


def test_translations_are_part_of_what_is_frozen(held, report):
    plain = digest_of(freeze(report, IN_TIME.date()))
    translate(held)

    assert digest_of(freeze(report, IN_TIME.date())) != plain


def test_an_answer_to_a_wish_is_read_in_the_readers_language(held, report, reader, workspace):
    item = make_agenda_item(session=held, title="Aan tafel")
    make_wish(session=held, invitation=reader, text="Late changes", response="Dat komt in juni.")
    answers = {"Dat komt in juni.": "That comes in June.", "Aan tafel": "At the table"}

    def told():
        wishes = own_wishes(held, invitation=reader)[reader.pk]
        reading = read(freeze(report, IN_TIME.date()), "en", [], wishes)
        return input_line(reading, is_protected=False)

    assert told().endswith("Dat komt in juni. We wrote that answer in Dutch.")
    translate(held, answers)
    assert told() == "“Late changes” was not on the programme. That comes in June."
    held.wishes.update(agenda_item=item)
    translate(held, answers)
    assert told() == "“Late changes” was on the programme: “At the table”."


def test_answers_to_wishes_of_those_who_read_it_are_not_asked(held, report, reader):
    other = held.invitations.order_by("pk").last()
    make_wish(session=held, invitation=other, response="Dat komt in juni.")

    assert "Dat komt in juni." not in {source.text for source in sources(held)}


def test_the_lines_of_a_dutch_report_to_a_dutch_reader_stay_dutch(held, report):
    reading = read(freeze(report, IN_TIME.date()), "nl")

    lines = " ".join([decided_line(reading), kept_line(reading), now_line(reading)])

    assert "Katoen" in lines
    assert "Den Haag was ver" in lines


def test_the_report_screens_say_who_reads_another_language(held, report, workspace, anna, as_user):
    client = as_user(anna)

    for name in ("report_edit", "report_send"):
        page = client.get(workspace.url(f"feedback:{name}", held.pk)).content.decode()
        assert "1 person reads English: 10 texts are not in English yet" in page
        assert workspace.url("portal:translation_edit", held.pk) in page

    form = client.get(workspace.url("portal:translation_edit", held.pk)).context["form"]
    assert "en-report-decided" in form.fields
