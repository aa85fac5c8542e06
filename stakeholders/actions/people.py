"""People and organisations: added, changed, archived, brought back, erased."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import Workspace
from stakeholders.actions.access import revoke_access
from stakeholders.models import Channel, Mode, Organisation, Person
from stakeholders.models.people import LANGUAGE_CODE

_BUSY = gettext_lazy("Other people are reached through this person. Choose another way for them first.")
_WAYS = {"channel", "phone", "street", "city"}
_PERSONAL = (
    "email unusable_email phone place street postcode city country job represents representation_basis"
    " knowledge mandate contact_preference note"
)


@transaction.atomic
def add_person(*, workspace: Workspace, by: Actor, **fields: Any) -> Person:
    """Add somebody. Refused for an address in use, an intermediary that does not fit, or no way in.

    `organisation_name` may stand for `organisation`: a new name makes a new one.
    """
    fields = _with_organisation(workspace, fields, by)
    person = Person(workspace=workspace, **{"language": workspace.language, **fields})
    _judge(person)
    _save(person, force_insert=True)
    record("person.added", on=person, by=by, workspace=workspace)
    return person


@transaction.atomic
def change_person(*, person: Person, by: Actor, **fields: Any) -> Person:
    """Change what is known of somebody. Changing nothing records nothing."""
    changed = _put(person, _with_organisation(person.workspace, fields, by))
    if changed:
        _judge(person)
        if _is_reached_anew(person, changed):
            person.unusable_email = ""
            changed.append("unusable_email")
        _save(person, update_fields=[*changed, "sort_key"])
        record("person.changed", on=person, by=by, workspace=person.workspace_id, data={"fields": changed})
    return person


@transaction.atomic
def change_languages(*, people: QuerySet[Person], language: str, by: Actor) -> int:
    """Tell these people of one workspace in another language; how many did not read it already."""
    LANGUAGE_CODE(language)
    changing = list(people.exclude(language=language).order_by("pk"))
    Person.objects.filter(pk__in=[person.pk for person in changing]).update(language=language)
    for person in changing:
        data = {"fields": ["language"]}
        record("person.changed", on=person, by=by, workspace=person.workspace_id, data=data)
    return len(changing)


@transaction.atomic
def archive_person(*, person: Person, by: Actor) -> Person:
    """Take somebody out of the list; what happened stays, the link stops. Refused for an intermediary."""
    if person.reaches.active().exists():
        raise DomainError(_BUSY)
    if Person.objects.filter(pk=person.pk, archived_at=None).update(archived_at=clock.now()):
        revoke_access(person=person, by=by)
        record("person.archived", on=person, by=by, workspace=person.workspace_id)
    person.refresh_from_db(fields=["archived_at"])
    return person


@transaction.atomic
def restore_person(*, person: Person, by: Actor) -> Person:
    """Bring somebody back from the archive; they get a new link when they are next invited."""
    back = Person.objects.filter(pk=person.pk, erased_at=None).exclude(archived_at=None)
    if back.update(archived_at=None):
        record("person.restored", on=person, by=by, workspace=person.workspace_id)
    person.refresh_from_db(fields=["archived_at"])
    return person


@transaction.atomic
def erase_person(*, person: Person, by: Actor) -> Person:
    """Forget somebody for good: the row stays for what hangs on it, with nothing personal left in it.

    What other apps hold is theirs to erase; the privacy page calls each of them.
    """
    if person.reaches.filter(erased_at=None).exists():
        raise DomainError(_BUSY)
    revoke_access(person=person, by=by)
    with translation.override(person.workspace.language):
        person.name = _("Erased person")
    for name in _PERSONAL.split():
        setattr(person, name, "")
    person.organisation = person.group = person.intermediary = None
    person.group_guessed = False
    person.channel, person.participation_mode = Channel.MAIL, Mode.ANONYMOUS
    person.archived_at = person.archived_at or clock.now()
    person.erased_at = person.erased_at or clock.now()
    person.save()
    record("person.erased", on=person, by=by, workspace=person.workspace_id)
    return person


@transaction.atomic
def add_organisation(*, workspace: Workspace, by: Actor, **fields: Any) -> Organisation:
    """Add an organisation. Refused when its name is in use."""
    organisation = Organisation(workspace=workspace, **fields)
    _judge_organisation(organisation)
    _save(organisation, force_insert=True)
    record("organisation.added", on=organisation, by=by, workspace=workspace)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: Actor, **fields: Any) -> Organisation:
    """Change what is known of an organisation. Changing nothing records nothing."""
    changed = _put(organisation, fields)
    if changed:
        _judge_organisation(organisation)
        _save(organisation, update_fields=[*changed, "sort_key"])
        workspace = organisation.workspace_id
        record("organisation.changed", on=organisation, by=by, workspace=workspace, data={"fields": changed})
    return organisation


def find_organisation(*, workspace: Workspace, name: str, by: Actor) -> Organisation | None:
    """The organisation of this name, made when there is none; None for an empty name."""
    name = " ".join(name.split())
    if not name:
        return None
    found = workspace.organisations.filter(name__iexact=name).first()
    return found or add_organisation(workspace=workspace, by=by, name=name)


def _with_organisation(workspace: Workspace, fields: dict[str, Any], by: Actor) -> dict[str, Any]:
    if "organisation_name" not in fields:
        return fields
    rest = {name: value for name, value in fields.items() if name != "organisation_name"}
    name = fields["organisation_name"]
    return {**rest, "organisation": find_organisation(workspace=workspace, name=name, by=by)}


def _put(row: models.Model, fields: Mapping[str, Any]) -> list[str]:
    """Set the fields; the names of those that differ from what the database holds."""
    kept = type(row)._default_manager.get(pk=row.pk)
    if "group" in fields:
        # whoever saves it has seen it: from now on it is no guess
        fields = {**fields, "group_guessed": False}
    for name, value in fields.items():
        setattr(row, name, value)
    return [name for name in fields if getattr(kept, name) != getattr(row, name)]


def _is_reached_anew(person: Person, changed: list[str]) -> bool:
    """Whether the address that cannot be used is needed no more: there is a good one, or another way."""
    if not person.unusable_email:
        return False
    return bool(person.email) or (person.is_reachable and not _WAYS.isdisjoint(changed))


def _save(row: Person | Organisation, **how: Any) -> None:
    """Save, and explain what only the database can see: somebody else saved the same a moment ago."""
    try:
        with transaction.atomic():
            row.save(**how)
    except IntegrityError as error:
        raise DomainError(_("Somebody else saved the same a moment ago. Look at the list first.")) from error


def _judge(person: Person) -> None:
    if person.channel != Channel.INTERMEDIARY:
        person.intermediary = None
    same = Person.objects.filter(workspace=person.workspace_id, email__iexact=person.email)
    if person.email and (other := same.exclude(pk=person.pk).first()):
        sentence = _("Somebody with this e-mail address is in your list already.")
        if other.is_archived:
            sentence = _("This e-mail address belongs to somebody in the archive. Bring them back instead.")
        raise DomainError(sentence, field="email")
    if person.channel == Channel.MAIL and not person.email:
        raise DomainError(_("Give an e-mail address, or choose another way."), field="email")
    if person.channel == Channel.LETTER and not (person.street and person.city):
        raise DomainError(
            _("A letter needs a street and a town."), field="city" if person.street else "street"
        )
    if person.channel == Channel.INTERMEDIARY:
        _judge_intermediary(person)
    _judge_owners(person)


def _judge_intermediary(person: Person) -> None:
    through = person.intermediary
    if through is None:
        raise DomainError(_("Choose through whom this person is reached."), field="intermediary")
    if through.pk == person.pk:
        raise DomainError(_("Nobody is reached through themselves."), field="intermediary")
    if through.channel == Channel.INTERMEDIARY:
        raise DomainError(_("The person in between must be reachable directly."), field="intermediary")
    if through.is_archived:
        raise DomainError(_("The person in between is in the archive."), field="intermediary")
    if person.pk and person.reaches.exists():
        raise DomainError(
            _BUSY,
            field="channel",
        )


def _judge_owners(person: Person) -> None:
    """Rows of another workspace never meet; forms offer only one's own, so this is a bug and not a choice."""
    for name in ("organisation", "group", "intermediary"):
        row = getattr(person, name)
        if row is not None and row.workspace_id != person.workspace_id:
            raise ValueError(f"{name} {row.pk} is of another workspace than person {person.pk}")


def _judge_organisation(organisation: Organisation) -> None:
    if organisation.group and organisation.group.workspace_id != organisation.workspace_id:
        raise ValueError(f"group {organisation.group_id} is of another workspace")
    same = Organisation.objects.filter(workspace=organisation.workspace_id, name__iexact=organisation.name)
    if same.exclude(pk=organisation.pk).exists():
        raise DomainError(_("There is an organisation with this name already."), field="name")
