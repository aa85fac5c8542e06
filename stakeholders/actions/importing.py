"""Lists of people: kept while somebody looks, then added in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User, Workspace
from stakeholders.actions.groups import ensure_groups
from stakeholders.importing import (
    Columns,
    JudgedRow,
    Judgement,
    Known,
    Table,
    guess_columns,
    judge,
)
from stakeholders.models import Channel, ImportDraft, Organisation, Person, StakeholderGroup

_FILLED = ("email", "phone", "place", "street", "postcode", "country", "job")


@transaction.atomic
def keep_draft(*, workspace: Workspace, user: User, table: Table) -> ImportDraft:
    """Keep a list that was read, with its columns guessed. One list per person: an older one gives way."""
    ImportDraft.objects.stale().delete()
    ImportDraft.objects.filter(workspace=workspace, by=user).delete()
    return ImportDraft.objects.create(
        workspace=workspace,
        by=user,
        name=table.name,
        table=table.as_json(),
        columns=guess_columns(table).as_json(),
    )


@dataclass(frozen=True)
class Said:
    """What somebody said of a list: in which language people abroad are told, and which rows are one person.

    Both as an `ImportDraft` keeps them.
    """

    languages: Mapping[str, str]
    same: Sequence[int]

    def put(self, draft: ImportDraft) -> None:
        draft.languages, draft.same = dict(self.languages), list(self.same)


@transaction.atomic
def correct_draft(*, draft: ImportDraft, columns: Mapping[int, str], said: Said) -> ImportDraft:
    """Correct what the columns hold, and keep what was said of the people."""
    draft.columns = Columns.from_json(draft.columns).chosen(columns).as_json()
    said.put(draft)
    draft.save(update_fields=["columns", "languages", "same"])
    return draft


def judge_draft(draft: ImportDraft, *, language: str = "") -> Judgement:
    """What would happen with every row, against the people there are now.

    Who names no language in the list reads `language`, else that of the workspace.
    """
    workspace = draft.workspace
    return judge(
        Table.from_json(draft.table),
        Columns.from_json(draft.columns),
        known_people(workspace),
        own_groups={group.label: group.key or group.name for group in ensure_groups(workspace)},
        language=language or workspace.language,
        languages=draft.languages,
        same=draft.same,
        home=workspace.country,
    )


def known_people(workspace: Workspace) -> list[Known]:
    """Everybody who can be recognised, the archived too: who stands in a list again comes back."""
    people = Person.objects.for_workspace(workspace).filter(erased_at=None).order_by("pk")
    said = {group.pk: group.key or group.name for group in ensure_groups(workspace)}
    rows = people.values_list(
        "pk", "name", "email", "organisation__name", "organisation__group", "organisation__group_guessed"
    )
    return [
        Known(pk, name, email, organisation or "", "" if guessed else said.get(group, ""))
        for pk, name, email, organisation, group, guessed in rows
    ]


@transaction.atomic
def confirm_draft(
    *, draft: ImportDraft, by: Actor, language: str = "", said: Said | None = None
) -> list[Person]:
    """Add the people of a draft, once: a second click is refused. Returns what `import_people` does.

    What is `said` in the same breath counts above what the draft has.
    """
    if said:
        said.put(draft)
    taken, _per_model = ImportDraft.objects.filter(pk=draft.pk).delete()
    if not taken:
        raise DomainError(_("This list has been added already."))
    return import_people(workspace=draft.workspace, rows=judge_draft(draft, language=language).rows, by=by)


@transaction.atomic
def import_people(*, workspace: Workspace, rows: Iterable[JudgedRow], by: Actor) -> list[Person]:
    """Add the new people and fill the empty fields of those already there, nothing overwritten.

    Returns everybody the list names, each once, new and known, in its order. The number of queries does not
    depend on the number of rows, batches apart. Refused when somebody else adds the same people meanwhile.
    """
    rows = [row for row in rows if row.is_added or row.merges is not None]
    groups = {group.key or group.name: group for group in ensure_groups(workspace)}
    try:
        with transaction.atomic():
            organisations = _organisations(workspace, rows, groups)
            new = [(row, _person(workspace, row, groups, organisations)) for row in rows if row.is_added]
            Person.objects.bulk_create(person for _row, person in new)
            known = _merge(workspace, rows, organisations)
    except IntegrityError as error:
        raise DomainError(
            _("Somebody else is adding the same people at this moment. Look at the list again.")
        ) from error
    made = {row.line: person for row, person in new}
    named = [known[row.merges] if row.merges is not None else made[row.line] for row in rows]
    data = {"added": [person.pk for person in made.values()], "merged": sorted(known)}
    record("people.imported", on=workspace, by=by, workspace=workspace, data=data)
    return list({person.pk: person for person in named}.values())


def _organisations(
    workspace: Workspace, rows: Sequence[JudgedRow], groups: Mapping[str, StakeholderGroup]
) -> dict[str, Organisation]:
    """Every organisation the rows name, by its name in small letters; missing ones are made."""
    named: dict[str, JudgedRow] = {}
    for row in rows:
        first = named.get(row.organisation.lower())
        # of several people at one organisation, the one whose group the list names speaks for it
        if row.organisation and (first is None or (row.explicit_group and not first.explicit_group)):
            named[row.organisation.lower()] = row
    found = _by_name(workspace)
    missing = [
        Organisation(
            workspace=workspace,
            name=row.organisation,
            group=groups.get(row.group),
            group_guessed=row.group in groups and not row.explicit_group,
            place=row.place,
        )
        for key, row in named.items()
        if key not in found
    ]
    ungrouped = [
        found[key] for key, row in named.items() if key in found and found[key].group is None and row.group
    ]
    for organisation in ungrouped:
        row = named[organisation.name.lower()]
        organisation.group = groups.get(row.group)
        organisation.group_guessed = organisation.group is not None and not row.explicit_group
    Organisation.objects.bulk_update(ungrouped, ["group", "group_guessed"])
    made = Organisation.objects.bulk_create(missing)
    return found | {organisation.name.lower(): organisation for organisation in made}


def _by_name(workspace: Workspace) -> dict[str, Organisation]:
    organisations = workspace.organisations.select_related("group")
    return {organisation.name.lower(): organisation for organisation in organisations}


def _person(
    workspace: Workspace,
    row: JudgedRow,
    groups: Mapping[str, StakeholderGroup],
    organisations: Mapping[str, Organisation],
) -> Person:
    organisation = organisations.get(row.organisation.lower())
    group = groups.get(row.group)
    # a group of one's own only where it says something the organisation does not
    own = group if organisation is None or (row.explicit_group and group != organisation.group) else None
    return Person(
        workspace=workspace,
        name=row.name,
        organisation=organisation,
        group=own,
        group_guessed=own is not None and not row.explicit_group,
        job=row.job,
        email=row.email,
        unusable_email="" if row.email else row.unusable,
        phone=row.phone,
        language=row.language,
        channel=row.channel,
        place=row.place,
        street=row.street,
        postcode=row.postcode,
        city=row.place if row.street else "",
        country=row.country,
    )


def _merge(
    workspace: Workspace, rows: Sequence[JudgedRow], organisations: Mapping[str, Organisation]
) -> dict[int, Person]:
    """Fill what is empty, and bring back who was archived."""
    merging = [(row.merges, row) for row in rows if row.merges is not None]
    people = Person.objects.for_workspace(workspace).filter(pk__in={pk for pk, _row in merging}).with_group()
    known = {person.pk: person for person in people}
    for pk, row in merging:
        person = known[pk]
        for name in _FILLED:
            setattr(person, name, getattr(person, name) or getattr(row, name))
        person.unusable_email = "" if person.email else person.unusable_email or row.unusable
        if person.street and not person.city:
            person.city = person.place
        if person.organisation is None:
            person.organisation = organisations.get(row.organisation.lower())
        if person.channel == Channel.PHONE and not person.phone and person.email:
            person.channel = Channel.MAIL
        person.archived_at = None
    filled = [*_FILLED, "unusable_email", "city", "organisation", "channel", "archived_at"]
    Person.objects.bulk_update(known.values(), filled)
    return known
