"""Screen 5: who speaks for which group."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from dialoog.kernel import clock
from dialoog.testing.factories import invite, make_organisation, make_person, make_promised_session
from sessions.actions.invite import add_invitees
from sessions.models import Invitation
from sessions.table_view import table_view
from stakeholders.models import Organisation, SeedGroup, StakeholderGroup
from stakeholders.testing import make_group

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def session(workspace):
    return make_promised_session(workspace=workspace)


@pytest.fixture
def client(bram, as_user) -> Client:
    return as_user(bram)


@pytest.fixture
def companies(workspace):
    return make_group(workspace, SeedGroup.COMPANIES)


@pytest.fixture
def unions(workspace):
    return make_group(workspace, SeedGroup.UNIONS)


def invited(session, name, *, group=None, guessed=False, people=1):
    organisation = make_organisation(
        workspace=session.workspace, name=name, group=group, group_guessed=guessed
    )
    return [
        invite(
            session=session,
            person=make_person(workspace=session.workspace, organisation=organisation, name=f"{name} {n}"),
            group=SeedGroup(group.key) if group else None,
        )
        for n in range(people)
    ]


def post(client, session, **data):
    session.refresh_from_db()
    address = session.workspace.url("sessions:invite_table", session.pk)
    return client.post(address, {"version": session.version, "history": "no", **data})


def of(session, name):
    (party,) = [each for each in table_view(session).organisations if each.name == name]
    return party


def test_one_row_per_organisation_and_every_control_has_a_name_of_its_own(session, client, companies):
    invited(session, "Smit Servies", group=companies, people=2)
    invited(session, "Friso Textiel", group=companies, guessed=True)

    page = client.get(session.workspace.url("sessions:invite_table", session.pk)).content.decode()

    assert len(re.findall(r'<select class="in quiet" id="of_', page)) == 2
    labels = re.findall(r'<label[^>]*for="(?:of|who|kind_to)_[^"]*">([^<]+)', page)
    assert len(labels) == len(set(labels))
    calls = re.findall(r'call first<span class="vh">: ([^<]+)', page)
    assert sorted(calls) == ["Friso Textiel 0", "Smit Servies 0", "Smit Servies 1"]


def test_a_guess_is_marked_before_its_group_is_opened(session, client, companies):
    invited(session, "Smit Servies", group=companies)
    invited(session, "Friso Textiel", group=companies, guessed=True)

    page = client.get(session.workspace.url("sessions:invite_table", session.pk)).content.decode()

    names = page.partition('<ul class="names">')[2].partition("</ul>")[0]
    assert re.findall(r"<li>([^<]+?) ?<span>\?", names) == ["Friso Textiel"]
    assert "<li>Smit Servies</li>" in names


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        ([None, "known"], "1 organisation has no group yet"),
        (["guess", "known"], "Every organisation got a group, 1 as a guess (?)."),
        (["known"], "Every organisation has a group."),
    ],
)
def test_the_sentence_above_the_table_is_true(session, companies, groups, sentence):
    for number, kind in enumerate(groups):
        invited(session, f"O{number}", group=companies if kind else None, guessed=kind == "guess")

    assert table_view(session).lead.startswith(sentence)


def test_an_organisation_goes_to_another_group_with_all_its_people(session, client, companies, unions):
    rows = invited(session, "Smit", group=companies, guessed=True, people=2)

    answer = post(client, session, **{of(session, "Smit").field: unions.pk})

    assert set(Invitation.objects.values_list("group_id", flat=True)) == {unions.pk}
    organisation = rows[0].person.organisation
    organisation.refresh_from_db()
    assert (organisation.group, organisation.group_guessed) == (unions, False)
    # the new group has two sentences nobody read yet, and the page says so where it begins
    assert answer.url.endswith("/invite/table/")
    assert "Read its two sentences, then go on." in client.get(answer.url).content.decode()


def test_a_group_somebody_chose_before_stays_in_the_register(session, client, companies, unions):
    rows = invited(session, "Smit", group=companies)

    post(client, session, **{of(session, "Smit").field: unions.pk})

    rows[0].refresh_from_db()
    assert rows[0].group == unions
    assert Organisation.objects.get(name="Smit").group == companies


def test_one_person_of_an_organisation_may_speak_for_another_group(session, client, companies, unions):
    first, second = invited(session, "Smit", group=companies, guessed=True, people=2)

    post(client, session, **{f"who_{second.pk}": unions.pk})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.group, second.group) == (companies, unions)
    assert Organisation.objects.get(name="Smit").group == companies


def test_all_without_a_group_go_at_once_except_who_was_chosen_apart(session, client, companies, unions):
    invited(session, "A")
    invited(session, "B")

    post(client, session, kind="0", kind_to_0=companies.pk, **{of(session, "B").field: unions.pk})

    assert Organisation.objects.get(name="A").group == companies
    assert Organisation.objects.get(name="B").group == unions


def test_a_button_for_all_without_a_choice_says_so(session, client):
    invited(session, "A")

    answer = post(client, session, kind="0", kind_to_0="")

    assert answer.status_code == 422
    assert "Choose a group for all of them." in answer.content.decode()


def test_going_on_confirms_what_was_guessed(session, client, companies):
    invited(session, "Smit", group=companies, guessed=True)

    answer = post(client, session)

    assert answer.url.endswith("/invite/look/")
    assert not Organisation.objects.filter(group_guessed=True).exists()


def test_whoever_was_told_their_group_keeps_it(session, client, companies, unions):
    (row,) = invited(session, "Smit", group=companies)
    Invitation.objects.filter(pk=row.pk).update(sent_at=clock.now())

    post(client, session, **{of(session, "Smit").field: unions.pk})

    row.refresh_from_db()
    assert row.group == companies


def test_the_table_takes_the_same_queries_for_one_and_for_many(
    session, client, companies, django_assert_max_num_queries
):
    for number in range(12):
        invited(session, f"O{number}", group=companies, people=2)

    with django_assert_max_num_queries(30):
        client.get(session.workspace.url("sessions:invite_table", session.pk))


# --- screens 3 and 6: what two thirds is


def test_two_thirds_is_said_in_numbers_once_people_are_known(workspace, client):
    session = make_promised_session(workspace=workspace, decides="yes")
    address = workspace.url("sessions:invite_decision", session.pk)
    assert "The number follows with your list." in client.get(address).content.decode()
    for number in range(5):
        invited(session, f"O{number}", people=2)

    assert "Now that is 4 of 5." in client.get(address).content.decode()
    session.refresh_from_db()
    client.post(
        address,
        {"version": session.version, "method": "vote", "fallback": "nothing", "tie_rule": "both"},
    )
    look = client.get(workspace.url("sessions:invite_look", session.pk)).content.decode()
    assert "4 of 5 now." in look


def test_an_advice_promises_no_minimum_that_nobody_chose(workspace, client):
    session = make_promised_session(workspace=workspace, decides="advice")
    for number in range(5):
        invited(session, f"O{number}", people=2)
    address = workspace.url("sessions:invite_decision", session.pk)
    page = client.get(address).content.decode()
    assert "Empty means: there is no minimum." in page
    assert "There is no minimum. If that does not work" in page.partition('data-live="numbers">')[2]

    session.refresh_from_db()
    typed = {"version": session.version, "method": "vote", "fallback": "adopter", "tie_rule": "both"}
    preview = client.post(workspace.url("sessions:decision_preview", session.pk), typed).content.decode()
    client.post(address, typed)
    look = client.get(workspace.url("sessions:invite_look", session.pk)).content.decode()

    session.refresh_from_db()
    assert session.procedure.is_complete
    for shown in (page, preview, look):
        assert "two thirds" not in shown.casefold()
    assert "The advice counts, however many organisations take part. There is no minimum." in preview


def test_the_text_follows_what_stands_in_the_form_and_nothing_is_kept(workspace, client):
    session = make_promised_session(workspace=workspace, decides="yes")
    data = {
        "version": session.version,
        "method": "no_objection",
        "quorum": "7",
        "fallback": "nothing",
        "tie_rule": "both",
    }

    page = client.post(workspace.url("sessions:decision_preview", session.pk), data).content.decode()

    assert "At least 7 organisations must take part." in page
    assert not hasattr(type(session).objects.get(pk=session.pk), "procedure")


def test_screens_agree_about_who_decides_when_nobody_was_named(workspace, client):
    session = make_promised_session(workspace=workspace, decides="advice", adopter="")
    said = escape(f"{workspace.name} decides afterwards.")

    for name in ("invite_decision", "invite_look"):
        assert said in client.get(workspace.url(f"sessions:{name}", session.pk)).content.decode()


WHY_ALL, ASK_ALL = "you know this chain.", "name two risks."


def of_group(session, group):
    row = session.groups.get(group=group)
    return row.why_you, row.what_we_ask


def test_one_sentence_for_all_groups_except_where_a_group_has_its_own(session, client, companies, unions):
    invited(session, "Smit", group=companies)
    invited(session, "Bond", group=unions)

    post(client, session, why_all=WHY_ALL, ask_all=ASK_ALL, **{f"ask_{unions.pk}": "speak for workers."})

    assert of_group(session, companies) == (WHY_ALL, ASK_ALL)
    assert of_group(session, unions) == (WHY_ALL, "speak for workers.")


def test_another_sentence_for_all_reaches_the_groups_without_one_of_their_own(
    session, client, workspace, companies, unions
):
    ngos = make_group(workspace, SeedGroup.NGOS)
    for name, group in (("Smit", companies), ("Bond", unions), ("Draad", ngos)):
        invited(session, name, group=group)
    post(client, session, why_all=WHY_ALL, **{f"why_{ngos.pk}": "you see the workshops."})
    page = client.get(session.workspace.url("sessions:invite_table", session.pk)).content.decode()

    post(client, session, why_all="you buy here.", **{f"why_{ngos.pk}": "you see the workshops."})

    # it is written once on the screen, and stands in grey where it counts
    assert len(re.findall(rf">\s*{re.escape(WHY_ALL)}</textarea>", page)) == 1
    assert f'placeholder="As for all groups: {WHY_ALL}"' in page
    assert {of_group(session, group)[0] for group in (companies, unions)} == {"you buy here."}
    assert of_group(session, ngos)[0] == "you see the workshops."


def test_ours_stand_where_nothing_was_written_and_count_once_the_organiser_goes_on(
    session, client, companies, unions
):
    session.language = "nl"
    session.save(update_fields=["language"])
    invited(session, "Smit", group=companies)
    invited(session, "Bond", group=unions)
    address = session.workspace.url("sessions:invite_table", session.pk)
    page = client.get(address).content.decode()
    ours = re.search(rf'name="why_{unions.pk}"[^>]*>\s*([^<]+)</textarea>', page)

    # as the group reads it, and in the field behind it
    assert "U bent erbij omdat u spreekt namens mensen die het werk doen." in page
    assert ours is not None
    assert ours[1] == "u spreekt namens mensen die het werk doen."
    assert page.count("our proposal") == 2
    assert of_group(session, unions) == ("", "")

    answer = post(client, session, **{f"why_{unions.pk}": ours[1], f"why_{companies.pk}": "u bent groot."})

    assert answer.url.endswith("/invite/look/")
    assert of_group(session, companies)[0] == "u bent groot."
    assert of_group(session, unions)[0] == ours[1]


@pytest.mark.parametrize("button", [{"again": "1"}, {"to": "later"}])
def test_nobody_agreed_to_ours_by_moving_people_or_by_leaving(session, client, companies, unions, button):
    invited(session, "Smit", group=companies)
    invited(session, "Bond", group=unions)
    ours = {f"why_{unions.pk}": "you speak for people who do the work.", f"ask_{unions.pk}": "own words."}

    post(client, session, **ours, **button)

    assert of_group(session, unions) == ("", "own words.")


def test_ours_give_way_to_the_sentence_for_all(session, client, companies, unions):
    invited(session, "Smit", group=companies)
    invited(session, "Bond", group=unions)
    ours = {f"why_{unions.pk}": "you speak for people who do the work.", f"ask_{unions.pk}": "own words."}

    post(client, session, why_all=WHY_ALL, ask_all=ASK_ALL, **ours)

    assert of_group(session, unions) == (WHY_ALL, "own words.")
    assert of_group(session, companies) == (WHY_ALL, ASK_ALL)


def test_a_group_that_comes_later_reads_what_the_others_have_in_common(session, client, companies, unions):
    invited(session, "Smit", group=companies)
    invited(session, "Bond", group=unions)
    post(client, session, why_all=WHY_ALL, ask_all=ASK_ALL)
    ngos = make_group(session.workspace, SeedGroup.NGOS)

    post(client, session, why_all=WHY_ALL, ask_all=ASK_ALL, **{of(session, "Bond").field: ngos.pk})

    assert of_group(session, ngos) == (WHY_ALL, ASK_ALL)


def test_somebody_without_an_organisation_is_not_called_one(session):
    noor = make_person(workspace=session.workspace, organisation=None, name="Noor")
    invite(session=session, person=noor, group=None)

    assert table_view(session).lead.startswith("1 person has no group yet. Choose one.")


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, None),
        ({"place": "Zwolle"}, "Zwolle"),
        ({"job": "teacher", "place": "Zwolle"}, "teacher · Zwolle"),
    ],
)
def test_under_a_name_without_an_organisation_stands_only_what_is_known(session, client, fields, line):
    noor = make_person(workspace=session.workspace, organisation=None, name="Noor", **fields)
    row = invite(session=session, person=noor, group=None)
    Invitation.objects.filter(pk=row.pk).update(call_first=True)

    page = client.get(session.workspace.url("sessions:invite_table", session.pk)).content.decode()

    party = page.partition("<b>Noor</b>")[2].partition("</div>")[0]
    assert re.findall("<small>(.*)</small>", party) == ([line] if line else [])
    assert f'<input type="hidden" name="call" value="{row.pk}">' in party


def test_nobody_without_a_group_is_put_anywhere_unasked_and_stays_to_be_called(session, client, companies):
    invited(session, "Smit", group=companies)
    (row,) = invited(session, "Kok")
    Invitation.objects.filter(pk=row.pk).update(call_first=True)
    page = client.get(session.workspace.url("sessions:invite_table", session.pk)).content.decode()

    assert "selected" not in page.partition('id="kind_to_0"')[2].partition("</select>")[0]
    assert f'<input type="hidden" name="call" value="{row.pk}">' in page


def test_after_a_reason_the_page_is_where_one_was(session, client, workspace):
    invited(session, "Smit")
    farmers = make_group(workspace, SeedGroup.LOCAL)

    answer = post(client, session, gap=f"not_needed:{farmers.pk}", **{f"reason_{farmers.pk}": "No quarry."})

    assert answer.url.endswith("/invite/table/#missed")


def test_a_group_of_ones_own_leads_back_to_the_table(session, client):
    invited(session, "Smit")
    table = session.workspace.url("sessions:invite_table", session.pk)
    address = f"{session.workspace.url('stakeholders:group_new')}?next={table}"

    answer = client.post(address, {"name": "Certifiers", "shape": "star", "cluster": "public"})

    assert answer.url == table
    assert "Certifiers" in client.get(table).content.decode()


def test_who_travels_a_day_is_a_sentence_and_has_no_bar(session):
    session.place = "De Brug, The Hague"
    for place in ("Groningen", "Hanoi", "Jaipur"):
        person = make_person(workspace=session.workspace, place=place, name=place, organisation=None)
        invite(session=session, person=person)
    table = table_view(session)

    assert table.day_sentence == "A day's travel or more: Hanoi and Jaipur."
    assert [row.invitation.person.name for row in table.with_hours] == ["Groningen"]


def test_a_group_without_an_example_is_open_to_be_written(session, client, workspace, bram):
    own = StakeholderGroup.objects.create(workspace=workspace, name="Drivers")
    add_invitees(session=session, people=[make_person(workspace=workspace, group=own)], by=bram)

    page = client.get(session.workspace.url("sessions:invite_table", session.pk)).content.decode()

    assert "Not written yet." in page
    assert '<details class="edit" open>' in page


def test_towns_we_do_not_know_are_named(session):
    session.place = "De Brug, The Hague"
    for place in ("Nergensveen", "Allesdorp aan Zee", "Utrecht"):
        person = make_person(workspace=session.workspace, place=place, name=place)
        invite(session=session, person=person)

    assert (
        table_view(session).unknown_sentence
        == "We do not know how far these are: Allesdorp aan Zee and Nergensveen."
    )
