"""Screen four: a list that comes again is told truly."""

import pytest

from sessions.actions.plan import plan_session
from stakeholders.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

HEAD = "Naam\tOrganisatie\tE-mail\tTelefoon\n"
FIRST = HEAD + "An Bos\tKuiper\tan@x.example\t\nBo Dijk\tDe Linge\tgeen\t\nCor Eik\tDelta\t\t\n"
AGAIN = HEAD + "An Bos\tKuiper\tan@x.example\t\nBo Dijk\tDe Linge\tgeen\t0344 555 012\nCor Eik\tDelta\t\t\n"


@pytest.fixture
def address(workspace, bram):
    session = plan_session(workspace=workspace, by=bram)
    return workspace.url("sessions:invite_people", session.pk)


@pytest.fixture
def client(bram, as_user):
    return as_user(bram)


def read(client, address, text):
    return client.post(address, {"text": text, "read": "1"}, follow=True)


def confirmed(client, address, **said):
    answer = client.post(address, {"confirm": "1"} | said)
    return [str(message) for message in client.get(answer.url).context["messages"]]


def numbers(answer):
    judged = answer.context["preview"].judgement
    return judged.adds, judged.known, judged.updates, judged.without, len(judged.unreachable)


def test_a_first_list_adds_and_says_whom_one_cannot_reach(client, address):
    page = read(client, address, FIRST)

    assert numbers(page) == (3, 0, 0, 2, 2)
    assert "Add 3 people" in page.content.decode()
    assert "2 people cannot be reached yet, by mail, letter or telephone:" in page.content.decode()
    assert confirmed(client, address) == ["3 people are on the list."]


def test_a_corrected_list_says_who_is_updated(client, address):
    read(client, address, FIRST)
    client.post(address, {"confirm": "1"})

    page = read(client, address, AGAIN)
    text = page.content.decode()

    assert numbers(page) == (0, 3, 1, 2, 1)
    assert "Update 1 person" in text
    assert "filled in: telephone" in text
    cor = Person.objects.get(name="Cor Eik")
    assert cor.workspace.url("stakeholders:person_edit", cor.pk) in text
    assert confirmed(client, address) == ["3 people are on the list. 1 person was updated."]
    assert Person.objects.get(name="Bo Dijk").phone == "0344 555 012"


def test_new_and_updated_stand_on_one_button(client, address):
    read(client, address, FIRST)
    client.post(address, {"confirm": "1"})

    page = read(client, address, AGAIN + "Dex Fok\tKuiper\tdex@x.example\t\n")

    assert "Add 1 and update 1" in page.content.decode()
    assert confirmed(client, address) == ["4 people are on the list. 1 person was updated."]


def test_the_same_list_again_changes_nothing_and_says_so(client, address):
    read(client, address, FIRST)
    client.post(address, {"confirm": "1"})

    page = read(client, address, FIRST)

    assert "Nothing new: go on" in page.content.decode()
    assert confirmed(client, address) == ["3 people are on the list."]


def test_known_people_who_are_not_on_this_list_are_added(client, address, workspace, bram):
    read(client, address, FIRST)
    client.post(address, {"confirm": "1"})
    other = workspace.url("sessions:invite_people", plan_session(workspace=workspace, by=bram).pk)

    page = read(client, other, FIRST)

    assert "Add 3 people" in page.content.decode()
    assert confirmed(client, other) == ["3 people are on the list."]


@pytest.mark.parametrize(
    ("pasted", "is_perhaps"),
    [
        ("Án  Bos <an.bos@y.example>", True),
        (HEAD + "An Bos\tAnother\tan.bos@y.example\t", False),
        ("Ans Bos <ans@y.example>", False),
    ],
)
def test_the_same_name_without_organisation_is_perhaps_the_same(client, address, pasted, is_perhaps):
    read(client, address, FIRST)
    client.post(address, {"confirm": "1"})

    page = read(client, address, pasted).content.decode()

    assert ("Bos, Kuiper" in page and "perhaps the same as" in page) is is_perhaps
    assert ("person has the same name as somebody else." in page) is is_perhaps


def line_of(page, name):
    (row,) = [row for row in page.context["preview"].judgement.rows if row.is_lookalike and row.name == name]
    return str(row.line)


def test_a_namesake_is_added_unless_it_is_ticked_as_the_same_person(client, address):
    read(client, address, FIRST)
    client.post(address, {"confirm": "1"})
    page = read(client, address, "An Bos <an.bos@y.example>")

    assert 'name="same"' in page.content.decode()
    client.post(address, {"confirm": "1"})

    assert Person.objects.filter(name="An Bos").count() == 2


def test_a_namesake_that_is_ticked_is_one_with_whom_the_register_knows(client, address, workspace, bram):
    read(client, address, FIRST)
    client.post(address, {"confirm": "1"})
    other = workspace.url("sessions:invite_people", plan_session(workspace=workspace, by=bram).pk)
    page = read(client, other, HEAD + "Bo Dijk\t\tbo@y.example\t0344 555 012\n")

    assert confirmed(client, other, same=line_of(page, "Bo Dijk")) == [
        "1 person is on the list. 1 person was updated."
    ]
    assert Person.objects.filter(name="Bo Dijk").values_list("email", "phone").get() == (
        "bo@y.example",
        "0344 555 012",
    )


def test_the_address_of_whom_the_register_knows_stays(client, address):
    read(client, address, FIRST)
    client.post(address, {"confirm": "1"})
    page = read(client, address, "An Bos <an.bos@y.example>")

    confirmed(client, address, same=line_of(page, "An Bos"))

    assert Person.objects.get(name="An Bos").email == "an@x.example"


def test_two_namesakes_in_one_list_become_one_and_the_tick_stays_while_looking(client, address):
    text = HEAD + "An Bos\tKuiper\tan@x.example\t\nAn Bos\tKuiper\tan@y.example\t0344 555 012\n"
    page = read(client, address, text)
    assert page.context["preview"].judgement.adds == 2

    kinds = {field.name: field.value() for field in page.context["preview"].form if field.value()}
    client.post(address, kinds | {"columns": "1", "same": line_of(page, "An Bos")})
    page = client.get(address)

    assert page.context["preview"].judgement.adds == 1
    assert "checked" in page.content.decode().partition('name="same"')[2][:40]
    client.post(address, {"confirm": "1", "same": line_of(page, "An Bos")})
    assert Person.objects.values_list("name", "email", "phone").get() == (
        "An Bos",
        "an@x.example",
        "0344 555 012",
    )


LATER = "The columns have changed. Look at the list once more; nothing is added yet."


@pytest.fixture(params=["screen", "register"])
def list_page(request, client, address, workspace):
    """Where a list of two columns that are names was read: screen four, and the page of the register."""
    text = "Naam\tBedrijf\tE-mail\nKuiper\tAn Bos\tan@x.example\n"
    if request.param == "screen":
        return read(client, address, text)
    return client.post(workspace.url("stakeholders:person_import"), {"text": text}, follow=True)


def test_columns_changed_while_confirming_are_shown_before_anything_is_added(client, list_page):
    kinds = {field.name: field.value() for field in list_page.context["preview"].form if field.value()}
    where = list_page.request["PATH_INFO"]
    swapped = kinds | {"column_0": "organisation", "column_1": "name"}

    page = client.post(where, swapped | {"confirm": "1"}, follow=True)

    assert not Person.objects.exists()
    assert [str(message) for message in page.context["messages"]] == [LATER]
    (row,) = page.context["preview"].judgement.rows
    assert (row.name, row.organisation) == ("An Bos", "Kuiper")
    client.post(where, swapped | {"confirm": "1"})
    assert Person.objects.values_list("name", "organisation__name").get() == ("An Bos", "Kuiper")


def test_confirming_without_touching_the_columns_adds_at_once(client, list_page):
    kinds = {field.name: field.value() for field in list_page.context["preview"].form if field.value()}

    client.post(list_page.request["PATH_INFO"], kinds | {"confirm": "1"})

    assert Person.objects.values_list("name", "organisation__name").get() == ("Kuiper", "An Bos")
