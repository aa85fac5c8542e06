"""Pages of people as their users meet them."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.kernel.audit.models import AuditEvent
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import AccessLink, Channel, ImportDraft, Mode, Person, SeedGroup
from stakeholders.testing import make_group, make_organisation, make_person

pytestmark = pytest.mark.django_db

PAGES = [
    "person_list",
    "person_new",
    "person_import",
    "person_export",
    "organisation_list",
    "group_list",
    "group_new",
]
ROW_PAGES = ["person_detail", "person_edit", "organisation_detail", "organisation_edit"]
POST_PAGES = ["person_archive", "person_link"]
FORM = {
    "name": "Jan",
    "channel": "mail",
    "email": "jan@example.org",
    "participation_mode": "named",
    "language": "nl",
}
LIST = "Naam\tOrganisatie\tMail\nFemke Haverkamp\tHaverkamp\tfemke@example.org\nTotaal\t1\t"


@pytest.fixture
def anna_client(as_user, anna, workspace):
    return as_user(anna)


def rows(workspace) -> dict[str, int]:
    organisation = make_organisation(workspace)
    person = make_person(workspace, organisation=organisation)
    return {"person": person.pk, "organisation": organisation.pk}


def addresses(workspace) -> list[str]:
    pks = rows(workspace)
    plain = [workspace.url(f"stakeholders:{name}") for name in PAGES]
    return plain + [workspace.url(f"stakeholders:{name}", pks[name.split("_")[0]]) for name in ROW_PAGES]


def test_every_page_opens_for_an_organiser(as_user, bram, workspace):
    client = as_user(bram)

    assert {client.get(address).status_code for address in addresses(workspace)} == {200}


def test_outsider_finds_nothing(as_user, eva, workspace):
    client = as_user(eva)

    assert {client.get(address).status_code for address in addresses(workspace)} == {404}


def test_reader_and_facilitator_may_not(as_user, romy, chaima, workspace):
    for user in (romy, chaima):
        assert {as_user(user).get(address).status_code for address in addresses(workspace)} == {403}


def test_rows_of_another_workspace_are_not_found(anna_client, workspace, eva):
    elsewhere = rows(eva.workspaces.get())

    for name in ROW_PAGES:
        address = workspace.url(f"stakeholders:{name}", elsewhere[name.split("_")[0]])
        assert anna_client.get(address).status_code == 404
    for name in POST_PAGES:
        assert anna_client.post(workspace.url(f"stakeholders:{name}", elsewhere["person"])).status_code == 404


def test_changing_pages_refuse_to_be_opened(anna_client, workspace):
    person = make_person(workspace)

    for name in POST_PAGES:
        assert anna_client.get(workspace.url(f"stakeholders:{name}", person.pk)).status_code == 405


# --- the list


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["person_list", "organisation_list", "group_list", "person_export"])
def test_list_takes_as_many_queries_for_three_as_for_one(anna_client, workspace, name):
    address = workspace.url(f"stakeholders:{name}")
    ensure_groups(workspace)
    make_person(workspace, organisation=make_organisation(workspace, group=make_group(workspace)))
    anna_client.get(address)
    with_one = queries(anna_client, address)
    through = make_person(workspace, group=make_group(workspace, SeedGroup.NGOS))
    make_person(
        workspace,
        channel=Channel.INTERMEDIARY,
        intermediary=through,
        organisation=make_organisation(workspace),
    )

    assert queries(anna_client, address) == with_one


@pytest.mark.postgres
def test_list_of_five_thousand_is_flat(anna_client, workspace):
    address = workspace.url("stakeholders:person_list")
    make_person(workspace)
    anna_client.get(address)
    with_one = queries(anna_client, address)
    Person.objects.bulk_create(
        Person(workspace=workspace, name=f"Person {n:04}", email=f"p{n}@example.org") for n in range(5_000)
    )

    assert queries(anna_client, address) <= with_one
    page = anna_client.get(address)
    assert page.content.count(b"<tr>") == 51
    assert len(page.content) < 80_000


def test_list_narrows_by_words_group_channel_and_archive(anna_client, workspace):
    address = workspace.url("stakeholders:person_list")
    ngos = make_group(workspace, SeedGroup.NGOS)
    make_person(workspace, name="Hugo", group=ngos)
    make_person(workspace, name="Geert", channel=Channel.PHONE, phone="1")

    def found(**query):
        return [person.name for person in anna_client.get(address, query).context["page"]]

    assert found() == ["Geert", "Hugo"]
    assert found(q="hug") == ["Hugo"]
    assert found(group=ngos.pk) == ["Hugo"]
    assert found(group="none") == ["Geert"]
    assert found(channel="phone") == ["Geert"]
    assert found(archived="1") == []
    assert found(q="\x00", group="x", channel="pigeon", page="many") == ["Geert", "Hugo"]
    assert found(group="9" * 20) == ["Geert", "Hugo"]


def test_export_guards_formulas_and_protected_people(anna_client, workspace):
    workers = make_group(workspace, SeedGroup.WORKERS)
    make_person(workspace, name="=HYPERLINK(1)", phone="+31 6 1")
    make_person(
        workspace, name="Zita", participation_mode=Mode.PSEUDONYM, group=workers, phone="06", place="Bundi"
    )

    content = anna_client.get(workspace.url("stakeholders:person_export")).content.decode("utf-8-sig")

    lines = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert lines[0][:3] == ["Name", "Organisation", "Group"]
    assert (lines[1][0], lines[1][4]) == ("'=HYPERLINK(1)", "+31 6 1")
    assert lines[2] == ["someone of the group “Workers”", "", "Workers", "", "", "", ""]


# --- one person


def test_person_is_added_with_a_new_organisation(anna_client, workspace):
    page = anna_client.post(
        workspace.url("stakeholders:person_new"),
        FORM | {"organisation_name": "Haverkamp", "email": "JAN@example.org"},
    )

    person = workspace.people.get()
    assert page.url == workspace.url("stakeholders:person_detail", person.pk)
    assert (person.email, person.organisation.name) == ("jan@example.org", "Haverkamp")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": ""}, "name", "fill"),
        ({"name": "x" * 100_000}, "name", "120"),
        ({"email": "jan@"}, "email", "valid"),
        ({"email": "andré@example.org"}, "email", "letters that mail servers do not accept"),
        ({"email": "kees.yıldız@example.org"}, "email", "letters that mail servers do not accept"),
        ({"email": ""}, "email", "choose another way"),
        ({"email": "karin@example.org"}, "email", "already"),
        ({"channel": "letter"}, "street", "letter"),
        ({"channel": "phone"}, "phone", "telephone number"),
        ({"channel": "intermediary"}, "through", "Nobody"),
        ({"channel": "intermediary", "through": "Nobody Here"}, "through", "Nobody"),
        ({"channel": "intermediary", "through": "Twin"}, "through", "More than one"),
        ({"note": "x" * 100_000}, "note", "4000"),
        ({"language": "klingon"}, "language", "choice"),
    ],
)
def test_wrong_input_keeps_what_was_typed_and_says_why(anna_client, workspace, fields, field, words):
    make_person(workspace, email="karin@example.org")
    make_person(workspace, name="Twin")
    make_person(workspace, name="Twin")

    page = anna_client.post(
        workspace.url("stakeholders:person_new"), FORM | {"job": "Kept as typed"} | fields
    )

    assert page.status_code == 422
    assert words in str(page.context["form"].errors[field])
    assert "Kept as typed" in page.content.decode()
    assert workspace.people.count() == 3


def test_emoji_other_directions_and_nul_are_taken(anna_client, workspace):
    anna_client.post(
        workspace.url("stakeholders:person_new"), FORM | {"name": "أحمد \x00👩‍🌾", "note": "\x00"}
    )

    assert workspace.people.get().name == "أحمد 👩‍🌾"


def test_person_behind_an_intermediary_is_found_by_name_or_address(anna_client, workspace):
    through = make_person(workspace, name="Ananya Rao", email="ananya@example.org")
    for name, words in (("Bina", "ananya rao"), ("Dhara", "ANANYA@example.org")):
        anna_client.post(
            workspace.url("stakeholders:person_new"),
            FORM | {"name": name, "email": "", "channel": "intermediary", "through": words},
        )

    assert set(through.reaches.values_list("name", flat=True)) == {"Bina", "Dhara"}
    page = anna_client.get(workspace.url("stakeholders:person_detail", through.reaches.first().pk))
    assert "Ananya Rao holds the link" in page.content.decode()


def test_person_is_changed(anna_client, workspace):
    person = make_person(workspace, language="ti", organisation=make_organisation(workspace, name="Old"))
    address = workspace.url("stakeholders:person_edit", person.pk)
    assert 'value="Old"' in anna_client.get(address).content.decode()

    anna_client.post(address, FORM | {"organisation_name": "", "group": make_group(workspace).pk})

    person.refresh_from_db()
    assert (person.name, person.organisation, person.group) == ("Jan", None, make_group(workspace))


def test_person_page_shows_link_and_makes_and_stops_it(anna_client, workspace):
    person = make_person(workspace)
    detail, link = (
        workspace.url(f"stakeholders:{name}", person.pk) for name in ("person_detail", "person_link")
    )
    assert "No link yet" in anna_client.get(detail).content.decode()

    anna_client.post(link, {"renew": "1"})
    assert "Works" in anna_client.get(detail).content.decode()

    anna_client.post(link, {"revoke": "1"})
    assert "No link yet" in anna_client.get(detail).content.decode()
    assert AccessLink.objects.get().is_revoked


def test_person_is_archived_and_brought_back(anna_client, workspace):
    person = make_person(workspace)
    address = workspace.url("stakeholders:person_archive", person.pk)

    page = anna_client.post(address, follow=True)
    assert "In the archive" in page.content.decode()
    anna_client.post(address, {"restore": "1"})

    person.refresh_from_db()
    assert person.is_archived is False


def test_intermediary_is_not_archived_with_a_sentence(anna_client, workspace):
    through = make_person(workspace)
    make_person(workspace, channel=Channel.INTERMEDIARY, intermediary=through)

    page = anna_client.post(workspace.url("stakeholders:person_archive", through.pk), follow=True)

    assert "Other people are reached through this person" in page.content.decode()


def test_what_people_wrote_is_shown_as_text(anna_client, workspace):
    person = make_person(workspace, name="<script>x</script>", note="<b>x</b>")

    for address in (
        workspace.url("stakeholders:person_list"),
        workspace.url("stakeholders:person_detail", person.pk),
    ):
        assert "<script>x" not in anna_client.get(address).content.decode()


# --- organisations and groups


def test_organisation_is_changed_and_a_name_in_use_refused(anna_client, workspace):
    organisation, other = make_organisation(workspace, name="One"), make_organisation(workspace, name="Two")
    address = workspace.url("stakeholders:organisation_edit", organisation.pk)

    assert anna_client.post(address, {"name": "two"}).status_code == 422
    assert anna_client.post(address, {"name": "Three", "group": make_group(workspace).pk}).status_code == 302

    organisation.refresh_from_db()
    assert (organisation.name, organisation.group.key, other.name) == ("Three", "companies", "Two")


def test_group_is_added_and_a_name_in_use_refused(anna_client, workspace):
    address = workspace.url("stakeholders:group_new")

    assert anna_client.post(address, {"name": "Unions", "cluster": "society"}).status_code == 422
    assert anna_client.post(address, {"name": "Youth", "cluster": "society"}).status_code == 302

    assert "Youth" in anna_client.get(workspace.url("stakeholders:group_list")).content.decode()


# --- several at once


def test_several_people_get_another_language_and_the_list_comes_back_as_it_was(anna_client, workspace):
    several = [make_person(workspace, language="nl") for _number in range(3)]
    several[2].language = "en"
    several[2].save()
    address = workspace.url("stakeholders:person_languages")
    shown = workspace.url("stakeholders:person_list") + "?q=person"
    other = make_person(workspace, language="nl")

    answer = anna_client.post(
        f"{address}?next={shown}", {"person": [person.pk for person in several], "language": "en"}
    )

    assert answer.url == shown
    page = anna_client.get(shown)
    assert [str(message) for message in page.context["messages"]] == [
        "2 people read another language now: English."
    ]
    assert set(workspace.people.filter(language="en")) == set(several)
    assert set(workspace.people.filter(language="nl")) == {other}
    changed = AuditEvent.objects.filter(verb="person.changed")
    assert [event.data for event in changed] == [{"fields": ["language"]}] * 2


@pytest.mark.parametrize(
    ("data", "words"),
    [({"language": "en"}, "Tick somebody first."), ({"language": "klingon"}, "klingon")],
)
def test_several_at_once_without_anybody_or_language_is_refused(anna_client, workspace, data, words):
    person = make_person(workspace, language="nl")
    data = data if data["language"] == "en" else data | {"person": [person.pk]}

    answer = anna_client.post(workspace.url("stakeholders:person_languages"), data, follow=True)

    assert words in str(next(iter(answer.context["messages"])))
    person.refresh_from_db()
    assert person.language == "nl"


def test_several_at_once_never_touches_another_workspace(anna_client, workspace, eva):
    theirs = make_person(eva.workspaces.get(), language="nl")

    anna_client.post(
        workspace.url("stakeholders:person_languages"), {"person": [theirs.pk], "language": "en"}
    )

    theirs.refresh_from_db()
    assert theirs.language == "nl"


# --- lists


def upload(content: bytes, name: str = "gasten.xlsx") -> dict:
    return {"file": SimpleUploadedFile(name, content), "text": ""}


def test_list_goes_from_file_over_preview_to_people(anna_client, workspace):
    book = openpyxl.Workbook()
    for row in LIST.split("\n"):
        book.active.append(row.split("\t"))
    content = io.BytesIO()
    book.save(content)

    page = anna_client.post(
        workspace.url("stakeholders:person_import"), upload(content.getvalue()), follow=True
    )

    assert "gasten.xlsx" in page.content.decode()
    assert page.context["preview"].counts == {"new": 1, "double": 0, "without": 0, "refused": 1}
    assert not workspace.people.exists()
    address = page.request["PATH_INFO"]
    chosen = {"column_0": "name", "column_1": "organisation", "column_2": "email"}
    anna_client.post(address, chosen | {"confirm": "1"})
    again = anna_client.post(address, chosen | {"confirm": "1"}, follow=True)

    assert "added already" in again.content.decode()
    assert [person.name for person in workspace.people.all()] == ["Femke Haverkamp"]


def test_columns_are_corrected_and_the_list_looked_at_again(anna_client, workspace):
    page = anna_client.post(workspace.url("stakeholders:person_import"), {"text": LIST}, follow=True)
    address = page.request["PATH_INFO"]

    page = anna_client.post(
        address, {"column_0": "organisation", "column_1": "name", "column_2": "", "columns": "1"}, follow=True
    )

    assert page.context["preview"].counts["without"] == 1
    assert anna_client.post(address, {"column_0": "nonsense"}).status_code == 422


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"text": ""}, "file", "Choose a file"),
        ({"text": "\n\n \x00"}, "file", "Choose a file"),
        (upload(b"%PDF-1.4", "list.pdf"), "file", "PDF"),
        (upload(b"\xd0\xcf\x11\xe0", "list.xls"), "file", "old Excel"),
        (upload(b"", "empty.csv"), "file", "empty"),
    ],
)
def test_list_that_cannot_be_read_is_refused_with_a_sentence(anna_client, workspace, data, field, words):
    page = anna_client.post(workspace.url("stakeholders:person_import"), data)

    assert page.status_code == 422
    assert words in str(page.context["form"].errors[field])
    assert not ImportDraft.objects.exists()


def test_file_beyond_what_the_server_takes_is_refused_with_a_sentence(anna_client, workspace):
    page = anna_client.post(workspace.url("stakeholders:person_import"), upload(b"x" * (13 * 1024 * 1024)))

    assert page.status_code == 422
    assert "10 MB" in str(page.context["form"].errors["file"])


def test_list_of_a_colleague_is_not_found(anna_client, as_user, bram, workspace):
    page = anna_client.post(workspace.url("stakeholders:person_import"), {"text": LIST}, follow=True)

    assert as_user(bram).get(page.request["PATH_INFO"]).status_code == 404


def test_long_list_shows_a_few_rows_of_every_kind_and_folds_the_rest(anna_client, workspace):
    lines = [f"Naam {n}\torg\tn{n}@example.org" for n in range(40)] + ["Totaal\t\t", "Geert\tFriso\t"]
    text = "\n".join(["Naam\tBedrijf\tMail", *lines])

    page = anna_client.post(workspace.url("stakeholders:person_import"), {"text": text}, follow=True)

    preview = page.context["preview"]
    assert {row.verdict.value for row in preview.first} == {"new", "without", "refused"}
    assert len(preview.first) == 8
    assert len(preview.rest) == 34


def test_long_list_shows_every_refused_row_and_then_every_remark_before_the_others(anna_client, workspace):
    lines = [f"Naam {n}\torg\tn{n}@example.org" for n in range(40)]
    refused = [f"Fout {n}\torg\tfout{n}@" for n in range(9)]
    said = [f"Zonder {n}\torg\t" for n in range(5)]
    text = "\n".join(["Naam\tBedrijf\tMail", *lines[:20], *said, *lines[20:], *refused])

    page = anna_client.post(workspace.url("stakeholders:person_import"), {"text": text}, follow=True)

    preview = page.context["preview"]
    kinds = [row.verdict.value for row in preview.first]
    assert kinds == ["refused"] * 9 + ["without"] * 5 + ["new"] * 2
    assert len(preview.first) + len(preview.rest) == 54
    assert page.content.decode().count("the address is not complete") == 9


def test_a_mended_name_can_be_written_as_it_stood_and_stays_so(anna_client, workspace):
    text = LIST.replace("Femke Haverkamp", "FEMKE HAVERKAMP")
    for written in ("Femke Haverkamp", "FEMKE HAVERKAMP"):
        page = anna_client.post(workspace.url("stakeholders:person_import"), {"text": text}, follow=True)
        kinds = {field.name: field.value() for field in page.context["preview"].form if field.value()}
        anna_client.post(page.request["PATH_INFO"], kinds | {"confirm": "1"})
        person = workspace.people.get()
        assert person.name == written
        edit = workspace.url("stakeholders:person_edit", person.pk)
        anna_client.post(edit, FORM | {"name": "FEMKE HAVERKAMP", "email": "femke@example.org"})
