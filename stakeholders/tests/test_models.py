"""What the database refuses, and what rows say of themselves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.ui.shapes import RESERVED
from stakeholders.actions.groups import add_group, ensure_groups, seed_groups
from stakeholders.models import (
    SEED_GROUPS,
    AccessLink,
    Channel,
    Mode,
    Organisation,
    Person,
    SeedGroup,
    StakeholderGroup,
)
from stakeholders.testing import make_group, make_organisation, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def refused(make) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make()
    return str(error.value)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"language": ""},
        {"channel": "pigeon"},
        {"participation_mode": "hidden"},
        {"mandate": "all"},
        {"representation_basis": "loud"},
        {"knowledge": "much"},
        {"channel": Channel.MAIL, "email": ""},
        {"channel": Channel.LETTER},
        {"channel": Channel.LETTER, "street": "Dijk 3"},
        {"channel": Channel.INTERMEDIARY},
    ],
)
def test_person_that_breaks_a_rule_is_refused(workspace, fields):
    refused(lambda: make_person(workspace, **fields))


def test_intermediary_without_that_channel_is_refused(workspace):
    through = make_person(workspace)

    refused(lambda: make_person(workspace, intermediary=through))


def test_nobody_is_their_own_intermediary(workspace):
    person = make_person(workspace)

    own = Person.objects.filter(pk=person.pk)
    refused(lambda: own.update(channel=Channel.INTERMEDIARY, intermediary=person))


def test_address_is_used_once_in_a_workspace_and_again_in_another(workspace, eva):
    make_person(workspace, email="jan@example.org")

    refused(lambda: make_person(workspace, email="Jan@Example.org"))
    make_person(eva.workspaces.get(), email="jan@example.org")


def test_people_without_address_do_not_collide(workspace):
    for _number in range(2):
        make_person(workspace, channel=Channel.PHONE, phone="1")

    assert workspace.people.count() == 2


def test_organisation_name_is_used_once(workspace):
    make_organisation(workspace, name="Haverkamp")

    refused(lambda: make_organisation(workspace, name="HAVERKAMP"))
    refused(lambda: Organisation.objects.create(workspace=workspace, name=""))


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "Own", "key": SeedGroup.NGOS},
        {"key": "martians"},
        {"name": "Own", "shape": "blob"},
        {"name": "Own", "cluster": "rest"},
        {"key": SeedGroup.COMPANIES},
    ],
)
def test_group_that_breaks_a_rule_is_refused(workspace, fields):
    seed_groups(workspace)

    refused(lambda: StakeholderGroup.objects.create(workspace=workspace, **fields))


def test_link_stands_once_per_person_and_ends_after_it_began(workspace):
    person = make_person(workspace)
    AccessLink.objects.create(person=person)

    refused(lambda: AccessLink.objects.create(person=person, generation=2))
    ended = clock.now() - timedelta(days=1)
    refused(lambda: AccessLink.objects.create(person=make_person(workspace), expires_at=ended))
    refused(lambda: AccessLink.objects.create(person=make_person(workspace), generation=0))


def test_every_workspace_starts_with_the_groups_of_t2_once(workspace):
    groups = ensure_groups(workspace)
    seed_groups(workspace)

    assert ensure_groups(workspace) == groups
    assert [group.key for group in groups] == list(SEED_GROUPS)
    assert len({group.shape for group in groups}) == len(groups)
    assert groups[0].label == "Companies"


def test_own_groups_take_reserved_shapes_in_turn(workspace, anna):
    added = [
        add_group(workspace=workspace, name=f"Own {n}", by=Actor.user(anna)) for n in range(len(RESERVED) + 1)
    ]

    assert [group.shape for group in added] == [*RESERVED, RESERVED[0]]


def test_person_speaks_for_their_own_group_before_that_of_the_organisation(workspace):
    unions, companies = make_group(workspace, SeedGroup.UNIONS), make_group(workspace)
    organisation = make_organisation(workspace, group=companies)
    one = make_person(workspace, organisation=organisation)
    other = make_person(workspace, organisation=organisation, group=unions)
    free = make_person(workspace)

    assert [person.speaks_for() for person in (one, other, free)] == [companies, unions, None]
    assert list(Person.objects.in_group(companies)) == [one]
    assert list(Person.objects.in_group(unions)) == [other]
    assert list(Person.objects.without_group()) == [free]


def test_protected_in_the_database_and_on_the_row_are_the_same(workspace):
    through = make_person(workspace)
    people = [
        through,
        make_person(workspace, participation_mode=Mode.PSEUDONYM),
        make_person(workspace, participation_mode=Mode.ANONYMOUS),
        make_person(workspace, channel=Channel.INTERMEDIARY, intermediary=through),
    ]

    assert set(Person.objects.protected()) == {person for person in people if person.is_protected}
    assert through.is_protected is False


def test_search_finds_every_word_somewhere(workspace):
    organisation = make_organisation(workspace, name="Yilmaz Wonen")
    ahmed = make_person(workspace, name="Ahmed Yilmaz", organisation=organisation, place="Zwolle")
    make_person(workspace, name="Ahmed Bos")

    assert list(Person.objects.search("ahmed zwolle")) == [ahmed]
    assert list(Person.objects.search("wonen")) == [ahmed]
    assert Person.objects.search("").count() == 2
    assert list(Person.objects.search("100%")) == []
