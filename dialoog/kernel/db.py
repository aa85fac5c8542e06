"""Small pieces every model file shares."""

from django.db.models import CheckConstraint, Q
from django.db.models.enums import Choices


def choices_check(field: str, enum: type[Choices], name: str, *, blank: bool = False) -> CheckConstraint:
    """A constraint that lets the database refuse values outside `enum` (`""` too unless `blank`)."""
    values = [*enum.values, ""] if blank else list(enum.values)
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)
