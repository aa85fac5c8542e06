"""Small pieces every model file shares."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CheckConstraint, Q
from django.db.models.enums import Choices

from dialoog.kernel.alphabet import sort_key


def choices_check(field: str, enum: type[Choices], name: str, *, blank: bool = False) -> CheckConstraint:
    """A constraint that lets the database refuse values outside `enum` (`""` too unless `blank`)."""
    values = [*enum.values, ""] if blank else list(enum.values)
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """The sort key of another field, written with the row; both databases compare it byte by byte.

    A save with `update_fields` names it beside its source.
    """

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{"max_length": 400, "default": "", "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = sort_key(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        bytewise = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": bytewise}
