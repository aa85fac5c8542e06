"""What the processes write down about a refused row names nobody."""

import logging
import sys

import pytest
from django.db import DataError, Error, IntegrityError, connection, transaction

from dialoog.kernel.logs import WithoutValues
from dialoog.kernel.workspaces.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SECRET = "chaima@work.internal"


def written(message: str, *values: object) -> str:
    """How the handler of every process writes this down."""
    [handler] = [each for each in logging.getLogger().handlers if isinstance(each.formatter, WithoutValues)]
    record = logging.getLogger("dialoog").makeRecord(
        "dialoog", logging.ERROR, "file", 1, message, values, sys.exc_info()
    )
    return handler.format(record)


def somebody_twice() -> None:
    User.objects.bulk_create([User(email=SECRET), User(email=SECRET)])


def row_that_breaks_a_rule() -> None:
    # the database answers with the whole row, line breaks and all
    User.objects.bulk_create([User(email=f"\n{SECRET}\n", name="x" * 10, language=None)])


def value_that_is_none() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS integer)", [SECRET])


@pytest.mark.parametrize("mistake", [somebody_twice, row_that_breaks_a_rule, value_that_is_none])
def test_a_traceback_holds_no_values_of_the_row(mistake):
    if mistake is value_that_is_none and connection.vendor == "sqlite":
        pytest.skip("SQLite casts everything.")
    try:
        with transaction.atomic():
            mistake()
    except (IntegrityError, DataError) as error:
        said = written("It broke.")
        told = written("Task raised unexpected: %r", error)

    assert SECRET not in said + told
    assert "DETAIL" not in said + told
    assert "Traceback (most recent call last)" in said
    assert mistake.__name__ in said


def test_what_was_refused_is_still_said():
    with pytest.raises(Error) as caught, transaction.atomic():
        somebody_twice()
    try:
        raise caught.value
    except IntegrityError:
        said = written("It broke.")

    assert ("(23505)" if connection.vendor == "postgresql" else "UNIQUE constraint failed") in said
