"""What is composed once gives the rows of a plain QuerySet, for every value, list and thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dialoog.kernel import clock
from dialoog.kernel.prepared import Prepared
from dialoog.testing import factories
from sessions.models import Invitation, Question
from stakeholders.models import Person

pytestmark = pytest.mark.django_db

NAMED = Prepared(lambda name: Person.objects.filter(name=name))
THESE = Prepared(lambda pks: Person.objects.filter(pk__in=pks).order_by("pk"))


@pytest.fixture
def people(workspace):
    return [factories.make_person(workspace=workspace, name=name) for name in ("Daan", "Noor", "Sem")]


def test_the_same_statement_finds_what_each_value_asks_for(people):
    assert [NAMED(name=person.name) for person in people] == [[person] for person in people]


def test_lists_of_any_length_are_found(people):
    keys = [person.pk for person in people]

    assert [THESE(pks=keys[:count]) for count in range(4)] == [people[:count] for count in range(4)]


def test_rows_are_read_anew_each_time(people):
    NAMED(name="Noor")[0].name = "changed in memory"
    Person.objects.filter(name="Noor").update(place="Zwolle")

    assert [(person.name, person.place) for person in NAMED(name="Noor")] == [("Noor", "Zwolle")]


def test_none_is_refused_because_null_equals_nothing(people):
    with pytest.raises(ValueError, match="isnull"):
        NAMED(name=None)


def test_moments_and_prefetches_work_as_in_a_queryset(workspace):
    session = factories.make_sent_session(workspace=workspace)
    invitation = factories.invite(session=session, person=factories.make_person(workspace=workspace))
    asked = factories.ask(invitation=invitation)
    since = Prepared(
        lambda session, since: (
            Question.objects.filter(session_id=session, asked_at__gte=since)
            .select_related("invitation")
            .prefetch_related("session__invitations")
        )
    )

    found = since(session=session.pk, since=asked.asked_at)
    with CaptureQueriesContext(connection) as captured:
        read = [(row.invitation, list(row.session.invitations.all())) for row in found]

    assert read == [(invitation, list(Invitation.objects.filter(session=session)))]
    assert len(captured) == 0
    assert since(session=session.pk, since=clock.now() + timedelta(days=1)) == []


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_share_a_connection(people):
    def ask(number: int) -> list[str]:
        try:
            return [person.name for person in THESE(pks=[people[number % 3].pk])]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(12)))

    assert found == [[people[number % 3].name] for number in range(12)]


def test_another_connection_of_the_same_thread_is_asked_once_it_is_the_current_one():
    NAMED(name="Daan")
    first, other = connections["default"], connections["default"].copy()
    connections["default"] = other
    try:
        with CaptureQueriesContext(other) as captured:
            NAMED(name="Daan")
    finally:
        connections["default"] = first
        other.close()

    assert len(captured) == 1
