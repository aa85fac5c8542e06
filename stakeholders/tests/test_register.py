"""The register: one order everywhere, organisations and groups of one's own."""

import pytest

from dialoog.kernel.alphabet import sort_key
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditEvent
from dialoog.testing.factories import make_organisation, make_person
from stakeholders.actions.groups import add_group, ensure_groups
from stakeholders.actions.people import change_person
from stakeholders.models import Organisation, Person, SeedGroup, StakeholderGroup

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NAMES = ["Zoë", "Élodie", "eva", "Ås", "Ahmed", "Øyvind", "Çiğdem", "de Vries", "Łucja", "van A", "Van B"]


@pytest.fixture
def client(bram, as_user):
    return as_user(bram)


def test_accents_and_capitals_do_not_change_the_order(workspace):
    for name in NAMES:
        make_person(workspace=workspace, name=name)
        make_organisation(workspace=workspace, name=name)

    expected = sorted(NAMES, key=sort_key)
    assert expected[:3] == ["Ahmed", "Ås", "Çiğdem"]
    assert expected[-1] == "Zoë"
    assert [person.name for person in Person.objects.in_order()] == expected
    assert [each.name for each in Organisation.objects.in_order()] == expected


def test_a_new_name_takes_its_new_place_and_is_found_without_accents(workspace, bram):
    person = make_person(workspace=workspace, name="Anna")

    change_person(person=person, by=Actor.user(bram), name="Élodie Król")

    assert Person.objects.get().sort_key == "elodie krol"
    assert list(Person.objects.search("elodie KROL")) == [person]
    assert list(Person.objects.search("Élod")) == [person]


def test_an_organisation_is_added_on_its_own(workspace, client):
    answer = client.post(workspace.url("stakeholders:organisation_new"), {"name": "Haverkamp", "note": ""})

    organisation = Organisation.objects.get()
    assert answer.url == workspace.url("stakeholders:organisation_detail", organisation.pk)
    again = client.post(workspace.url("stakeholders:organisation_new"), {"name": "HAVERKAMP", "note": ""})
    assert again.status_code == 422
    assert "already" in again.content.decode()


def test_a_guess_that_was_saved_is_no_guess_any_more(workspace, client):
    group = ensure_groups(workspace)[0]
    organisation = make_organisation(workspace=workspace, name="Smit", group=group, group_guessed=True)

    client.post(
        workspace.url("stakeholders:organisation_edit", organisation.pk),
        {"name": "Smit", "group": group.pk, "place": "", "country": "", "note": ""},
    )

    organisation.refresh_from_db()
    assert (organisation.group, organisation.group_guessed) == (group, False)


def test_an_own_group_is_changed_ended_and_taken_up_again(workspace, client, bram):
    group = add_group(workspace=workspace, name="Youth", by=Actor.user(bram))
    edit = workspace.url("stakeholders:group_edit", group.pk)
    retire = workspace.url("stakeholders:group_retire", group.pk)

    client.post(edit, {"name": "Youth council", "description": "Under 25", "cluster": "public"})
    client.post(retire)

    group.refresh_from_db()
    assert (group.name, group.description, group.cluster, group.is_retired) == (
        "Youth council",
        "Under 25",
        "public",
        True,
    )
    assert group not in ensure_groups(workspace)
    client.post(retire, {"restore": "1"})
    assert group in ensure_groups(workspace)
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-3:] == ["group.changed", "group.retired", "group.restored"]


def test_a_group_that_is_spoken_for_or_everybodys_does_not_end(workspace, client, bram):
    own = add_group(workspace=workspace, name="Youth", by=Actor.user(bram))
    make_person(workspace=workspace, group=own)
    seeded = ensure_groups(workspace)[0]

    for group in (own, seeded):
        client.post(workspace.url("stakeholders:group_retire", group.pk))

    assert not StakeholderGroup.objects.exclude(retired_at=None).exists()


def test_a_seeded_group_gets_a_description_and_keeps_its_name(workspace, client):
    group = ensure_groups(workspace)[0]
    edit = workspace.url("stakeholders:group_edit", group.pk)
    assert 'name="name"' not in client.get(edit).content.decode()

    client.post(edit, {"name": "Other", "description": "Who buys and sells", "cluster": group.cluster})

    group.refresh_from_db()
    assert (group.key, group.name, group.description) == (SeedGroup.COMPANIES, "", "Who buys and sells")


def test_a_group_never_takes_the_name_of_another(workspace, client, bram):
    group = add_group(workspace=workspace, name="Youth", by=Actor.user(bram))

    answer = client.post(
        workspace.url("stakeholders:group_edit", group.pk), {"name": "unions", "cluster": "society"}
    )

    assert answer.status_code == 422
    assert "already" in answer.content.decode()
