"""What the table screen shows: groups with their people, who is missing, and for whom the place is far."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui.figures import Seat
from sessions import wording
from sessions.engine.travel import Trip, locate, trip
from sessions.models import DialogueSession, Invitation, PlaceMode, SessionGroup
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import SeedGroup, StakeholderGroup

MOST_GAPS = 3
NAMED = 3
MOST_BARS = 6
# a group of so many organisations takes half the width of the screen
SMALL = 8
# who is most often forgotten comes first (T2, T39, T40)
EXPECTED = (
    SeedGroup.WORKERS,
    SeedGroup.LOCAL,
    SeedGroup.UNIONS,
    SeedGroup.NGOS,
    SeedGroup.SUPPLIERS,
    SeedGroup.COMPANIES,
    SeedGroup.GOVERNMENT,
    SeedGroup.FINANCE,
    SeedGroup.CUSTOMERS,
)


@dataclass
class TableRow:
    """One invited person at the table, with the trip where it can be estimated."""

    invitation: Invitation
    trip: Trip | None = None


@dataclass
class TableOrganisation:
    """Those of one organisation who speak for one group, or somebody without an organisation."""

    name: str
    group: StakeholderGroup | None
    is_guess: bool
    organisation_id: int | None
    people: list[TableRow]

    @property
    def field(self) -> str:
        """The name of its choice in the form."""
        whose = f"o{self.organisation_id}" if self.organisation_id else f"p{self.ids[0]}"
        return f"of_{whose}_{self.group.pk if self.group else 0}"

    @property
    def lone(self) -> TableRow | None:
        """The one person of this organisation, when there is one."""
        return self.people[0] if len(self.people) == 1 else None

    @property
    def ids(self) -> list[int]:
        return [row.invitation.pk for row in self.people]

    @property
    def has_more(self) -> bool:
        """Whether there is something to say of these people beside the name."""
        people = [row.invitation.person for row in self.people]
        return any(person.name != self.name or person.job or person.place for person in people)

    @property
    def may_move(self) -> bool:
        """Whoever was invited already speaks for the group they were told."""
        return any(row.invitation.sent_at is None for row in self.people)


@dataclass
class TableGroup:
    """A group at this table; `row` is None for people whose group is not known yet."""

    group: StakeholderGroup | None
    row: SessionGroup | None
    people: list[TableRow] = field(default_factory=list)

    @property
    def key(self) -> int:
        return self.group.pk if self.group else 0

    @property
    def is_small(self) -> bool:
        return self.group is not None and len(self.organisations) <= SMALL

    @property
    def called(self) -> str:
        """Who is called before the invitation; "" when nobody is."""
        return wording.joined(
            [row.invitation.person.name for row in self.people if row.invitation.call_first]
        )

    @cached_property
    def organisations(self) -> list[TableOrganisation]:
        """One entry per organisation, in the order of the people."""
        together: dict[tuple[int, int], list[TableRow]] = {}
        for row in self.people:
            person = row.invitation.person
            alone = 0 if person.organisation_id else row.invitation.pk
            together.setdefault((person.organisation_id or 0, alone), []).append(row)
        return [_organisation(self.group, rows) for rows in together.values()]


@dataclass(frozen=True)
class TableView:
    """Everything the screen draws."""

    groups: list[TableGroup]
    gaps: list[StakeholderGroup]
    far: list[TableRow]
    all_groups: list[StakeholderGroup]
    seats: list[Seat]
    knows_place: bool
    # towns people come from that we have no distance of
    unknown: list[str]

    @property
    def count(self) -> int:
        return sum(len(group.people) for group in self.groups)

    @property
    def organisations(self) -> list[TableOrganisation]:
        return [each for group in self.groups for each in group.organisations]

    @property
    def lead(self) -> str:
        """How far the groups are: without one, guessed, or all known."""
        without = [each for each in self.organisations if each.group is None]
        guessed = len([each for each in self.organisations if each.is_guess])
        if without:
            return " ".join([_without_group(without), _("Choose one.")])
        if guessed:
            sentence = ngettext(
                "Every organisation got a group, %(count)d as a guess (?). See whether it is right.",
                "Every organisation got a group, %(count)d as a guess (?). See whether they are right.",
                guessed,
            )
            return " ".join([sentence % {"count": guessed}, _("By going on you say so.")])
        return _("Every organisation has a group.")

    @property
    def unplaced(self) -> TableGroup | None:
        """Whoever has no group yet."""
        return next((each for each in self.groups if each.group is None), None)

    @property
    def placed(self) -> list[TableGroup]:
        return [each for each in self.groups if each.group]

    @property
    def with_hours(self) -> list[TableRow]:
        """The longest trips within a day; a bar of those that take one would say nothing."""
        return [row for row in self.far if row.trip and row.trip.minutes is not None][:MOST_BARS]

    @property
    def day_sentence(self) -> str:
        """Who travels a day or more; "" when nobody does."""
        rows = [row for row in self.far if row.trip and row.trip.minutes is None]
        parties = (row.invitation.person.organisation or row.invitation.person for row in rows)
        names = list(dict.fromkeys(map(str, parties)))
        if not names:
            return ""
        return _("A day's travel or more: %(names)s.") % {"names": wording.joined(first_few(names))}

    @property
    def unknown_sentence(self) -> str:
        """The towns we cannot place."""
        return _("We do not know how far these are: %(places)s.") % {
            "places": wording.joined(first_few(self.unknown))
        }


def first_few(names: list[str]) -> list[str]:
    """The first few, and how many more there are."""
    more = len(names) - NAMED
    rest = [ngettext("%(count)d more", "%(count)d more", more) % {"count": more}] if more > 0 else []
    return [*names[:NAMED], *rest]


def _without_group(without: list[TableOrganisation]) -> str:
    """How many have no group, named as what they are: organisations, people on their own, or both."""
    count = {"count": len(without)}
    alone = [each for each in without if each.organisation_id is None]
    if not alone:
        sentence = ngettext(
            "%(count)d organisation has no group yet.",
            "%(count)d organisations have no group yet.",
            len(without),
        )
    elif len(alone) == len(without):
        sentence = ngettext(
            "%(count)d person has no group yet.", "%(count)d people have no group yet.", len(without)
        )
    else:
        sentence = _("%(count)d organisations and people have no group yet.")
    return sentence % count


def table_view(session: DialogueSession) -> TableView:
    """Read the table in a constant number of queries."""
    every = list(ensure_groups(session.workspace))
    rows = {row.group_id: row for row in session.groups.all()}
    people: dict[int | None, list[TableRow]] = defaultdict(list)
    invitations = (
        session.invitations.open()
        .with_people()
        .order_by("person__organisation__sort_key", "person__sort_key", "pk")
    )
    for invitation in invitations:
        people[invitation.group_id].append(TableRow(invitation, _trip(session, invitation)))
    groups = [
        TableGroup(group, rows.get(group.pk), people[group.pk]) for group in every if people.get(group.pk)
    ]
    # two small ones stand side by side
    groups.sort(key=lambda each: each.is_small)
    if people.get(None):
        groups.insert(0, TableGroup(None, None, people[None]))
    gaps = missing_groups(every, set(people), {pk for pk, row in rows.items() if row.absence})
    far = [row for group in groups for row in group.people if row.trip and row.trip.is_far]
    far.sort(
        key=lambda row: row.trip.minutes if row.trip and row.trip.minutes is not None else 10_000,
        reverse=True,
    )
    seats = [
        Seat(t.group.shape if t.group else "circle", t.group is not None) for t in groups for _row in t.people
    ]
    seats += [Seat(gap.shape, False) for gap in gaps]
    knows_place = locate(session.place, session.workspace.country) is not None
    unknown = {_origin(row.invitation) for group in groups for row in group.people if row.trip is None}
    return TableView(groups, gaps, far, every, seats, knows_place, sorted(unknown - {""}))


def missing_groups(
    every: list[StakeholderGroup], present: set[int | None], explained: set[int]
) -> list[StakeholderGroup]:
    """Expected groups that nobody speaks for and nobody explained; at most three (journeys.md, screen 5)."""
    by_key = {group.key: group for group in every if group.key}
    expected = [by_key[key] for key in EXPECTED if key in by_key]
    return [group for group in expected if group.pk not in present and group.pk not in explained][:MOST_GAPS]


def _organisation(group: StakeholderGroup | None, rows: list[TableRow]) -> TableOrganisation:
    person = rows[0].invitation.person
    organisation = person.organisation
    known = organisation if organisation and person.group is None else person
    is_guess = group is not None and known.group_guessed and known.group_id == group.pk
    name = str(organisation or person)
    return TableOrganisation(name, group, is_guess, organisation.pk if organisation else None, rows)


def _trip(session: DialogueSession, invitation: Invitation) -> Trip | None:
    if session.place_mode not in {PlaceMode.PLACE, PlaceMode.BOTH} or not session.place:
        return None
    origin = _origin(invitation)
    return trip(origin, session.place, session.workspace.country) if origin else None


def _origin(invitation: Invitation) -> str:
    """The town somebody comes from; "" when nobody wrote it down."""
    person = invitation.person
    return person.place or person.city or (person.organisation.place if person.organisation else "")
