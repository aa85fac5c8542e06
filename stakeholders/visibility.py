"""Who may be shown as what: one answer for page, mail, PDF and export (journeys.md rule 13, T61, T86)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stakeholders.models import Person, StakeholderGroup


def name_for_others(person: Person, group: StakeholderGroup | None = None) -> str:
    """What other participants read: the name, or for a protected person only the group.

    `group` is the one they speak for at a meeting; without it their own is read, as `with_group` does.

    Never with an organisation, place or job for protected people: each of them could point at one person.
    """
    if not person.is_protected:
        return person.name
    group = group or person.speaks_for()
    if group is None:
        return _("someone")
    return _("someone of the group “%(group)s”") % {"group": group.label}


def organisation_for_others(person: Person) -> str:
    """The organisation others read; nothing for protected people."""
    return person.organisation.name if person.organisation and not person.is_protected else ""


def protected_together(people: Iterable[Person]) -> list[str]:
    """Protected people as others may read them, counted per group: “six people of the group “Workers””."""
    counts: dict[StakeholderGroup | None, int] = {}
    for person in people:
        if person.is_protected:
            group = person.speaks_for()
            counts[group] = counts.get(group, 0) + 1
    return [_counted(group, count) for group, count in counts.items()]


def _counted(group: StakeholderGroup | None, count: int) -> str:
    if group is None:
        return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
    return ngettext(
        "%(count)s person of the group “%(group)s”", "%(count)s people of the group “%(group)s”", count
    ) % {"count": count, "group": group.label}
