"""Statements composed once and filled with values for each request.

For a page that is asked for again and again Django spends more on composing a SELECT of sixty columns than
the database on answering it. What is kept is the text and what its columns mean, never a row. It is for pages
of which many are asked for at a time; elsewhere a plain QuerySet reads easier.
"""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Shape = tuple[tuple[str, int | None], ...]


class Given(Expression):
    """The place of a value that comes later."""

    def __init__(self, name: str, place: int | None = None) -> None:
        super().__init__()
        self.name, self.place = name, place

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", [self]

    def of(self, values: dict[str, Any]) -> Any:
        return values[self.name] if self.place is None else values[self.name][self.place]


class Prepared(Generic[Row]):
    """Called with the values that `compose` names, gives its rows.

    `compose` gets an expression for each value, a list of them for a list, and returns a QuerySet; it is
    asked once per thread, and again for a list of another length. It may depend on nothing else: not on the
    language, not on the clock. Values are compared as they are: None is refused, an empty list finds nothing.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Row]]) -> None:
        self.compose = compose
        # why per thread: what composes a statement holds the thread's connection
        self._kept = threading.local()

    def __call__(self, **values: Any) -> list[Row]:
        if None in values.values():
            raise ValueError("NULL equals nothing: ask for it with isnull.")
        if [] in values.values():
            return []
        shape = tuple((name, len(v) if isinstance(v, list) else None) for name, v in values.items())
        kept: dict[Shape, _Statement[Row]] = self._kept.__dict__.setdefault("statements", {})
        # why the second look: a loop that starts in this thread gives it another connection
        if shape not in kept or kept[shape].connection is not connections[DEFAULT_DB_ALIAS]:
            kept[shape] = _Statement(self._composed(shape))
        return kept[shape].rows(values)

    def _composed(self, shape: Shape) -> QuerySet[Any, Row]:
        return self.compose(
            **{
                name: Given(name) if size is None else [Given(name, place) for place in range(size)]
                for name, size in shape
            }
        )


class _Statement(Generic[Row]):
    """One statement, written; its compiler knows what the columns mean and writes no more."""

    def __init__(self, queryset: QuerySet[Any, Row]) -> None:
        self.queryset = queryset
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.params = compiler.as_sql()
        self.filled: tuple[Any, ...] = ()
        self.connection = compiler.connection
        self.adapt = compiler.connection.ops.adapt_unknown_value
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        compiler.as_sql = lambda *args, **kwargs: (self.sql, self.filled)
        compiler.get_converters = lambda columns: converters
        queryset.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]

    def rows(self, values: dict[str, Any]) -> list[Row]:
        self.filled = tuple(self.adapt(p.of(values)) if isinstance(p, Given) else p for p in self.params)
        return list(self.queryset.all())
