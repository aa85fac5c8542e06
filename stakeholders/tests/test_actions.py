"""What can be done with people, links and lists."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.audit.trail import first_break
from dialoog.kernel.errors import DomainError
from stakeholders.actions.access import (
    find_link,
    give_access,
    give_access_many,
    renew_access,
    revoke_access,
    token_of,
)
from stakeholders.actions.importing import (
    confirm_draft,
    import_people,
    judge_draft,
    keep_draft,
    known_people,
)
from stakeholders.actions.people import (
    add_organisation,
    add_person,
    archive_person,
    change_organisation,
    change_person,
    erase_person,
    restore_person,
)
from stakeholders.importing import guess_columns, judge, read_pasted
from stakeholders.models import AccessLink, Channel, ImportDraft, Mode, Organisation, Person, SeedGroup
from stakeholders.testing import make_group, make_organisation, make_person
from stakeholders.visibility import name_for_others, organisation_for_others, protected_together

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LIST = (
    "Naam\tOrganisatie\tMail\tTelefoon\tPlaats\n"
    "Femke Haverkamp\tHaverkamp B.V.\tfemke@example.org\t\tHengelo\n"
    "Joost Bos\tHaverkamp B.V.\tjoost@example.org\t\t\n"
    "Karin Dijkema\tFNV\tkarin@example.org\t0612345678\tUtrecht\n"
    "Geert Friso\tFriso Textiel\t\t\t\n"
)


@pytest.fixture
def by(anna) -> Actor:
    return Actor.user(anna)


def rows_of(workspace, text=LIST):
    table = read_pasted(text)
    return judge(table, guess_columns(table), known_people(workspace), language=workspace.language).rows


def verbs(target) -> list[str]:
    return [event.verb for event in AuditEvent.objects.on(target)]


def test_added_person_speaks_the_language_of_the_workspace_and_is_recorded(workspace, by):
    person = add_person(workspace=workspace, name="Jan", email="jan@example.org", by=by)

    assert person.language == "en"
    assert verbs(person) == ["person.added"]
    assert first_break(workspace) is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "JAN@example.org"}, "email"),
        ({"email": ""}, "email"),
        ({"channel": Channel.LETTER}, "street"),
        ({"channel": Channel.LETTER, "street": "Dijk 3"}, "city"),
        ({"channel": Channel.INTERMEDIARY}, "intermediary"),
    ],
)
def test_person_who_cannot_be_is_refused_at_the_field(workspace, by, fields, field):
    make_person(workspace, email="jan@example.org")

    with pytest.raises(DomainError) as refused:
        add_person(workspace=workspace, by=by, **{"name": "Other", "email": "other@example.org", **fields})

    assert refused.value.field == field
    assert workspace.people.count() == 1


def test_refused_person_leaves_no_organisation_behind(workspace, by):
    with pytest.raises(DomainError):
        add_person(workspace=workspace, name="X", organisation_name="New", by=by)

    assert not workspace.organisations.exists()


def test_intermediary_must_be_reachable_directly_and_here(workspace, by):
    first = make_person(workspace)
    behind = add_person(workspace=workspace, name="W1", channel="intermediary", intermediary=first, by=by)

    with pytest.raises(DomainError):
        add_person(workspace=workspace, name="W2", channel="intermediary", intermediary=behind, by=by)
    with pytest.raises(DomainError):
        change_person(person=first, channel="intermediary", intermediary=make_person(workspace), by=by)
    with pytest.raises(DomainError):
        archive_person(person=first, by=by)


def test_row_of_another_workspace_is_never_joined(workspace, eva, by):
    elsewhere = make_organisation(eva.workspaces.get())

    with pytest.raises(ValueError, match="another workspace"):
        add_person(workspace=workspace, name="X", email="x@example.org", organisation=elsewhere, by=by)


def test_changing_nothing_records_nothing(workspace, by):
    person = make_person(workspace, name="Jan")

    change_person(person=person, name="Jan", by=by)
    change_person(person=person, name="Johan", channel=Channel.PHONE, phone="1", by=by)

    assert [event.data for event in AuditEvent.objects.on(person)] == [
        {"fields": ["name", "channel", "phone"]}
    ]


def test_archive_stops_the_link_and_can_be_undone(workspace, by):
    person = make_person(workspace)
    token = token_of(give_access(person=person, by=by))

    archive_person(person=person, by=by)
    archive_person(person=person, by=by)

    assert not find_link(token).works()
    assert list(Person.objects.active()) == []
    assert verbs(person) == ["link.given", "link.revoked", "person.archived"]
    with pytest.raises(DomainError):
        give_access(person=person, by=by)
    assert restore_person(person=person, by=by).is_archived is False


def test_erased_person_keeps_a_row_without_anything_personal(workspace, by):
    person = make_person(
        workspace, name="Jan", organisation=make_organisation(workspace), phone="1", note="x"
    )
    token = token_of(give_access(person=person, by=by))

    erase_person(person=person, by=by)

    person.refresh_from_db()
    assert (person.name, person.email, person.phone, person.note) == ("Erased person", "", "", "")
    assert person.organisation is None
    assert find_link(token).is_revoked


def test_organisation_name_in_use_is_refused(workspace, by):
    one = add_organisation(workspace=workspace, name="One", by=by)
    add_organisation(workspace=workspace, name="Two", by=by)

    with pytest.raises(DomainError):
        change_organisation(organisation=one, name="two", by=by)


# --- links


def test_link_is_given_once_and_only_its_digest_is_kept(workspace, by):
    person = make_person(workspace)

    link = give_access(person=person, by=by)

    assert give_access(person=person, by=by) == link
    assert find_link(token_of(link)) == link
    assert token_of(link) not in str(AccessLink.objects.values())
    assert find_link("forged") is None


def test_renewed_link_stops_the_old_one_and_still_finds_it(workspace, by):
    person = make_person(workspace)
    old = token_of(give_access(person=person, by=by))

    new = renew_access(person=person, by=by)

    assert (new.generation, new.works()) == (2, True)
    assert find_link(old).is_revoked
    assert find_link(old).person == person


def test_expired_link_is_found_and_given_again(workspace, by):
    person = make_person(workspace)
    link = give_access(person=person, by=by, expires_at=clock.now() + timedelta(days=1))

    with clock.at(clock.now() + timedelta(days=2)):
        assert find_link(token_of(link)).works() is False
        assert give_access(person=person, by=by).generation == 2


def test_person_behind_an_intermediary_is_reached_by_that_link(workspace, by):
    through = make_person(workspace)
    behind = make_person(workspace, channel=Channel.INTERMEDIARY, intermediary=through)

    assert give_access(person=behind, by=by) == give_access(person=through, by=by)
    with pytest.raises(DomainError):
        renew_access(person=behind, by=by)


def test_many_links_take_few_queries(workspace, by, django_assert_max_num_queries):
    through = make_person(workspace)
    for number in range(300):
        make_person(workspace, name=str(number))
    behind = make_person(workspace, channel=Channel.INTERMEDIARY, intermediary=through)
    people = list(workspace.people.with_group().select_related("workspace"))
    revoke_access(person=people[5], by=by)

    with django_assert_max_num_queries(25):
        links = give_access_many(people=people, by=by)

    assert len(set(links.values())) == 301
    assert links[behind.pk] == links[through.pk]
    assert give_access_many(people=people, by=by) == links
    assert find_link(token_of(links[people[7].pk])).person == people[7]


# --- lists


def test_list_becomes_people_with_organisations_and_groups(workspace, by):
    people = import_people(workspace=workspace, rows=rows_of(workspace), by=by)

    assert [(p.name, p.organisation.name, p.channel) for p in people] == [
        ("Femke Haverkamp", "Haverkamp B.V.", "mail"),
        ("Joost Bos", "Haverkamp B.V.", "mail"),
        ("Karin Dijkema", "FNV", "mail"),
        ("Geert Friso", "Friso Textiel", "phone"),
    ]
    assert [o.group and o.group.key for o in Organisation.objects.order_by("pk").with_group()] == [
        "companies",
        "unions",
        "companies",
    ]
    assert all(Organisation.objects.values_list("group_guessed", flat=True))
    event = AuditEvent.objects.get(verb="people.imported")
    assert event.data == {"added": [person.pk for person in people], "merged": []}


def test_known_people_get_their_empty_fields_filled_and_nothing_overwritten(workspace, by):
    karin = make_person(workspace, name="Karin D.", email="Karin@example.org", place="Delft")
    femke = make_person(workspace, name="Femke Haverkamp", email="femke@example.org")
    archive_person(person=femke, by=by)
    rows = rows_of(workspace, LIST.replace("Karin Dijkema", "Karin D."))

    people = import_people(workspace=workspace, rows=rows, by=by)

    karin.refresh_from_db()
    assert (karin.name, karin.place, karin.phone, karin.organisation.name) == (
        "Karin D.",
        "Delft",
        "0612345678",
        "FNV",
    )
    assert [person.pk for person in people[:1]] == [femke.pk]
    assert not Person.objects.archived().exists()
    assert workspace.people.count() == 4


def test_same_list_twice_adds_nobody(workspace, by):
    first = import_people(workspace=workspace, rows=rows_of(workspace), by=by)

    second = import_people(workspace=workspace, rows=rows_of(workspace), by=by)

    assert second == first
    assert workspace.people.count() == 4


def test_list_judged_before_somebody_else_added_the_same_is_refused(workspace, by):
    rows = rows_of(workspace)
    make_person(workspace, email="femke@example.org")

    with pytest.raises(DomainError):
        import_people(workspace=workspace, rows=rows, by=by)

    assert not workspace.organisations.exists()


def test_group_said_by_the_list_goes_above_that_of_the_organisation(workspace, by):
    make_organisation(workspace, name="Haverkamp", group=make_group(workspace))
    rows = rows_of(workspace, "Naam\tOrganisatie\tGroep\tMail\nA B\tHaverkamp\tVakbond\ta@example.org")

    (person,) = import_people(workspace=workspace, rows=rows, by=by)

    assert person.speaks_for() == make_group(workspace, SeedGroup.UNIONS)
    assert person.organisation.group == make_group(workspace)


def test_number_of_queries_does_not_grow_with_the_list(workspace, by):
    def queries(name: str, number: int) -> int:
        lines = [f"{name} {n}\t{name}{n}@example.org\t{name} {n} BV" for n in range(number)]
        rows = rows_of(workspace, "\n".join(["Naam\tMail\tBedrijf", *lines]))
        with CaptureQueriesContext(connection) as captured:
            import_people(workspace=workspace, rows=rows, by=by)
        return len(captured)

    queries("first", 1)

    assert queries("few", 2) == queries("many", 25)


def test_draft_is_added_once_and_old_ones_are_swept(workspace, anna, by):
    with clock.at(clock.now() - timedelta(days=8)):
        keep_draft(workspace=workspace, user=anna, table=read_pasted("a@example.org"))
    draft = keep_draft(workspace=workspace, user=anna, table=read_pasted(LIST))
    assert list(ImportDraft.objects.all()) == [draft]
    assert judge_draft(draft).adds == 4

    confirm_draft(draft=draft, by=by)

    with pytest.raises(DomainError):
        confirm_draft(draft=draft, by=by)
    assert workspace.people.count() == 4
    assert not ImportDraft.objects.exists()


# --- who is shown as what


def test_protected_people_appear_to_others_only_as_their_group(workspace):
    workers = make_group(workspace, SeedGroup.WORKERS)
    organisation = make_organisation(workspace, name="Factory 12")
    through = make_person(workspace, name="Ananya")
    protected = [
        make_person(
            workspace,
            name="Bina",
            participation_mode=Mode.PSEUDONYM,
            group=workers,
            organisation=organisation,
        ),
        make_person(
            workspace, name="Dhara", channel=Channel.INTERMEDIARY, intermediary=through, group=workers
        ),
        make_person(workspace, name="Unknown", participation_mode=Mode.ANONYMOUS),
    ]

    assert [name_for_others(person) for person in (through, *protected)] == [
        "Ananya",
        "someone of the group “Workers”",
        "someone of the group “Workers”",
        "someone",
    ]
    assert organisation_for_others(protected[0]) == ""
    assert protected_together([through, *protected]) == ["2 people of the group “Workers”", "1 person"]
