"""Screen four asks in which language people abroad are told, and every page follows what was chosen."""

import pytest

from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import invite, make_person, make_promised_session
from sessions.actions.brief import plan_briefing
from sessions.actions.plan import plan_session
from sessions.actions.send import send_briefing
from sessions.queries import mailing_standings
from sessions.readiness.registry import open_findings
from stakeholders.models import ImportDraft, Person, SeedGroup

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

HEAD = "Naam\tOrganisatie\tE-mail\tPlaats\tTaal\n"
LIST = (
    HEAD + "An Bos\tKuiper\tan@x.example\tZwolle\t\nMei Tran\tSong Hong\tmei@x.example\tHanoi\t\n"
    "Arjun Mehta\tMehta Pvt Ltd\tarjun@x.example\t\t\nImran Khan\tKhan\timran@x.example\tLahore\t\n"
    "Bart Claes\tClaes\tbart@x.example\tAntwerpen\t\nLi Wei\tWei\tli@x.example\tShanghai\tChinees\n"
)
ASKED = "seem to be abroad: "


@pytest.fixture
def session(workspace, bram):
    session = plan_session(workspace=workspace, by=bram)
    type(session).objects.filter(pk=session.pk).update(language="nl")
    session.refresh_from_db()
    return session


@pytest.fixture
def address(workspace, session):
    return workspace.url("sessions:invite_people", session.pk)


@pytest.fixture
def client(bram, as_user):
    return as_user(bram)


def read(client, address, text=LIST):
    return client.post(address, {"text": text, "read": "1"}, follow=True)


def columns(page):
    return {field.name: field.value() for field in page.context["preview"].form if field.value()}


def languages():
    return dict(Person.objects.values_list("name", "language"))


def test_those_who_seem_to_be_abroad_are_asked_about_once_in_one_line(client, address):
    page = read(client, address)
    text = page.content.decode()

    assert f"3 people {ASKED}Mei Tran, Arjun Mehta and 1 other." in text
    form = page.context["preview"].abroad
    assert [code for code, _name in form["abroad"].field.choices] == ["nl", "en"]
    assert form["abroad"].value() == "nl"
    assert [field.label for field in form.each] == ["Mei Tran (Hanoi)", "Arjun Mehta", "Imran Khan (Lahore)"]


def test_without_anybody_abroad_nothing_is_asked(client, address):
    page = read(client, address, HEAD + "An Bos\tKuiper\tan@x.example\tZwolle\t\n").content.decode()

    assert "abroad" not in page


def test_the_choice_counts_in_the_confirming_and_only_for_them(client, address):
    read(client, address)

    client.post(address, {"confirm": "1", "abroad": "en", "abroad_4": "nl"})

    assert languages() == {
        "An Bos": "nl",
        "Mei Tran": "en",
        "Arjun Mehta": "nl",
        "Imran Khan": "en",
        "Bart Claes": "nl",
        "Li Wei": "zh",
    }


def test_without_a_choice_everybody_reads_the_language_of_the_meeting(client, address):
    read(client, address)
    client.post(address, {"confirm": "1"})

    assert set(languages().values()) == {"nl", "zh"}


def test_the_choice_stays_when_the_list_is_looked_at_again(client, address):
    page = read(client, address)

    client.post(address, columns(page) | {"columns": "1", "abroad": "en", "abroad_4": "nl"})
    form = client.get(address).context["preview"].abroad

    assert form["abroad"].value() == "en"
    assert form["abroad_4"].value() == "nl"
    assert form.has_own
    client.post(address, {"confirm": "1"})
    assert (languages()["Mei Tran"], languages()["Arjun Mehta"]) == ("en", "nl")


def test_of_very_many_people_abroad_each_of_the_first_is_asked_and_all_have_the_one_choice(client, address):
    lines = "".join(f"Mei Tran {n}\tSong {n}\tmei{n}@x.example\tHanoi\t\n" for n in range(1100))
    page = read(client, address, HEAD + lines)
    each = page.context["preview"].abroad.each

    fields = {field.html_name: "" for field in each} | {"abroad": "en", "confirm": "1"}

    assert len(each) == 200
    assert client.post(address, columns(page) | fields).status_code == 302
    assert set(languages().values()) == {"en"}


def test_a_language_that_is_none_is_not_taken(client, address):
    read(client, address)

    client.post(address, {"confirm": "1", "abroad": "xx"})

    assert not Person.objects.exists()
    assert ImportDraft.objects.exists()


def test_who_is_known_keeps_the_language_the_register_names(client, address, workspace):
    make_person(workspace=workspace, name="Mei Tran", email="mei@x.example", language="vi")
    page = read(client, address)

    assert "2 people seem to be abroad" in page.content.decode()
    client.post(address, {"confirm": "1", "abroad": "en"})
    assert languages()["Mei Tran"] == "vi"


def test_the_list_of_the_register_asks_it_too(client, workspace):
    page = client.post(workspace.url("stakeholders:person_import"), {"text": LIST}, follow=True)

    # this workspace is English, so of Antwerp it is not known which language is read
    assert f"4 people {ASKED}" in page.content.decode()
    client.post(page.request["PATH_INFO"], columns(page) | {"confirm": "1", "abroad": "nl"})
    assert (languages()["Mei Tran"], languages()["An Bos"]) == ("nl", "en")


def test_the_texts_not_translated_follow_the_choice(client, address, session):
    session.groups.update(why_you="Waarom")
    type(session).objects.filter(pk=session.pk).update(goal="Ons doel", title="Een gesprek")
    read(client, address)
    client.post(address, {"confirm": "1", "abroad": "en"})
    session.refresh_from_db()

    (english,) = [each for each in mailing_standings(session, "invitation") if each.language == "en"]

    # Chinese is not ours: those people read our own words in English
    assert (english.people, english.gaps) == (4, 2)


@pytest.fixture
def planned(workspace, anna):
    session = make_promised_session(workspace=workspace, contact=anna, days=60, version=1, language="nl")
    for _number in range(3):
        person = make_person(workspace=workspace, language="nl")
        invite(session=session, person=person, group=SeedGroup.COMPANIES)
    session.groups.update(why_you="u weet ervan", what_we_ask="noem drie risico's")
    plan_briefing(session=session, by=anna)
    session.refresh_from_db()
    return session


@pytest.mark.parametrize("screen", ["look", "send"])
def test_after_planning_both_screens_follow_a_changed_language(client, workspace, planned, screen):
    person = planned.invitations.first().person
    page = workspace.url(f"sessions:invite_{screen}", planned.pk)
    assert "1 person reads English" not in client.get(page).content.decode()

    form = client.get(workspace.url("stakeholders:person_edit", person.pk)).context["form"]
    data = {field.name: field.value() or "" for field in form} | {"language": "en"}
    answer = client.post(workspace.url("stakeholders:person_edit", person.pk), data)

    assert answer.status_code == 302
    assert "1 person reads English" in client.get(page).content.decode()


def test_who_reads_another_language_stands_once_on_the_screen_that_shows_the_mail(client, workspace, planned):
    Person.objects.filter(invitations=planned.invitations.first()).update(language="en")

    page = client.get(workspace.url("sessions:invite_look", planned.pk)).content.decode()

    assert page.count("1 person reads English") == 1
    assert "Show the mail in English" in page


def findings(session):
    found = open_findings(session)
    return {finding.id for finding in (*found.shown, *found.rest)}


def test_after_planning_the_open_points_follow_a_changed_language(planned):
    assert "T76" not in findings(planned)

    Person.objects.filter(invitations=planned.invitations.first()).update(language="en")

    assert "T76" in findings(planned)


def test_after_planning_the_mail_goes_in_the_language_of_the_moment_it_leaves(planned):
    Person.objects.filter(invitations=planned.invitations.first()).update(language="en")

    briefing = planned.briefings.get()
    while send_briefing(briefing.pk):
        pass

    assert sorted(OutgoingMail.objects.values_list("body__language", flat=True)) == ["en", "nl", "nl"]


def test_abroad_is_seen_from_the_country_of_the_workspace(client, address, workspace):
    type(workspace).objects.filter(pk=workspace.pk).update(country="BE", language="nl")
    rows = HEAD + "Bart Claes\tClaes Hout\tbart@x.example\tAntwerpen\t\n"
    rows += "An Bos\tKuiper Hout\tan@x.example\tAmsterdam\t\nMei Tran\tSong Hout\tmei@x.example\tHanoi\t\n"

    page = read(client, address, rows)

    assert "1 person seems to be abroad: Mei Tran" in page.content.decode()
    groups = {row.name: row.group for row in page.context["preview"].judgement.people}
    assert groups == {"Bart Claes": "companies", "An Bos": "suppliers", "Mei Tran": "suppliers"}
