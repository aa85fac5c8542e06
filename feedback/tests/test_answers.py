"""Answers: taken once, readable by nobody on the way, counted once after closing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from dialoog.environment import sqlite
from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.errors import DomainError
from feedback.actions.answers import GRACE, AlreadyAnswered, count_answers, deal_out, sort_remarks, submit
from feedback.actions.questionnaire import (
    close_questionnaire,
    cluster_labels,
    open_questionnaire,
    prepare_questionnaire,
    save_questionnaire,
)
from feedback.models import Incoming, Participation, Questionnaire, Remark, Sheet
from feedback.sealing import BrokenSeal, seal, unseal
from feedback.tests.conftest import AFTER_CLOSING, NEXT_MORNING
from sessions.models import Invitation, ReportingCluster

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def answer(questionnaire, invitation, step=4, **more):
    with clock.at(NEXT_MORNING):
        items = dict.fromkeys(questionnaire.items, step)
        submit(questionnaire=questionnaire, invitation=invitation, items=items, **more)


def close_and_count(questionnaire):
    with clock.at(AFTER_CLOSING):
        close_questionnaire(questionnaire=questionnaire, by=SYSTEM)
    with clock.at(AFTER_CLOSING + timedelta(minutes=1)):
        count_answers(questionnaire=questionnaire)
    questionnaire.refresh_from_db()


def test_questionnaire_opens_the_next_morning_for_a_week(invited):
    questionnaire = prepare_questionnaire(session=invited)

    assert questionnaire.opens_at == NEXT_MORNING
    assert questionnaire.closes_at - questionnaire.opens_at == timedelta(days=7, hours=14, minutes=59)


def test_unopened_questionnaire_follows_a_moved_meeting(invited):
    prepare_questionnaire(session=invited)
    invited.ends_at += timedelta(days=3)

    assert prepare_questionnaire(session=invited).opens_at == NEXT_MORNING + timedelta(days=3)


def test_opening_fixes_clusters_of_at_least_five(questionnaire):
    sizes = {
        label: Invitation.objects.filter(cluster=pk).count()
        for pk, label in cluster_labels(questionnaire.session).items()
    }
    assert sizes == {"Companies": 6, "Government": 5, "NGOs": 6}
    assert questionnaire.asked == 17


def test_opening_is_refused_before_the_end_and_twice(invited, questionnaire):
    with clock.at(NEXT_MORNING), pytest.raises(DomainError, match="opened already"):
        open_questionnaire(questionnaire=questionnaire, by=SYSTEM)


def test_opening_is_refused_before_the_meeting_was_held(invited):
    with clock.at(NEXT_MORNING), pytest.raises(DomainError, match="once the meeting is over"):
        open_questionnaire(questionnaire=prepare_questionnaire(session=invited), by=SYSTEM)


def test_only_those_who_took_part_are_asked_where_that_is_known(held):
    held.invitations.update(attendance="absent")
    first = held.invitations.order_by("pk").first()
    held.invitations.filter(pk=first.pk).update(attendance="online")
    with clock.at(NEXT_MORNING):
        opened = open_questionnaire(questionnaire=prepare_questionnaire(session=held), by=SYSTEM)

    assert opened.asked == 1


def test_clusters_are_changed_before_opening_only(held, questionnaire):
    with pytest.raises(DomainError, match="fixed"):
        save_questionnaire(questionnaire=questionnaire, fields={}, clusters=[("All", [])], by=SYSTEM)


def test_organisers_own_clusters_are_kept_at_opening(held):
    questionnaire = prepare_questionnaire(session=held)
    groups = list(held.groups.values_list("group_id", flat=True))
    save_questionnaire(questionnaire=questionnaire, fields={}, clusters=[("All", groups)], by=SYSTEM)
    with clock.at(NEXT_MORNING):
        open_questionnaire(questionnaire=questionnaire, by=SYSTEM)

    assert list(cluster_labels(held).values()) == ["All"]
    assert ReportingCluster.objects.filter(session=held).count() == 1


def test_answering_twice_is_refused_kindly(questionnaire, people):
    answer(questionnaire, people[0])

    with pytest.raises(AlreadyAnswered, match="We have your answers already"):
        answer(questionnaire, people[0], step=1)
    assert Participation.objects.count() == Incoming.objects.count() == 1


def test_database_refuses_a_second_participation(questionnaire, people):
    Participation.objects.create(questionnaire=questionnaire, invitation=people[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(questionnaire=questionnaire, invitation=people[0])


def test_database_refuses_results_of_an_open_questionnaire(questionnaire):
    with pytest.raises(IntegrityError), transaction.atomic():
        Questionnaire.objects.filter(pk=questionnaire.pk).update(results={})


def test_database_refuses_a_quote_without_permission(questionnaire):
    remark = Remark.objects.create(questionnaire=questionnaire, text="Hold the next one in Zwolle.")

    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=remark.pk).update(state="quoted")


def test_quoting_without_permission_is_refused(questionnaire):
    remark = Remark.objects.create(questionnaire=questionnaire, text="Hold the next one in Zwolle.")

    with pytest.raises(DomainError, match="did not allow"):
        sort_remarks(questionnaire=questionnaire, quoted=[remark])


def test_answer_after_closing_is_refused(questionnaire, people):
    close_and_count(questionnaire)

    with pytest.raises(DomainError, match="closed"):
        answer(questionnaire, people[0])
    assert not Participation.objects.exists()


def test_answer_after_the_last_day_is_refused_before_anybody_closed(questionnaire, people):
    with clock.at(AFTER_CLOSING), pytest.raises(DomainError, match="closed"):
        submit(questionnaire=questionnaire, invitation=people[0], items={"TR1": 5})


def test_results_come_once_after_closing(questionnaire, people):
    for invitation in people:
        answer(questionnaire, invitation, step=5 if invitation.group.key == "ngos" else 3)
    assert Questionnaire.objects.get().results is None

    close_and_count(questionnaire)

    labels = cluster_labels(questionnaire.session)
    means = questionnaire.results["items"]["TR4"]["means"]
    assert {labels[int(pk)]: mean for pk, mean in means.items()} == {
        "Companies": 3.0,
        "Government": 3.0,
        "NGOs": 5.0,
    }
    assert questionnaire.results["items"]["TR4"]["counts"] == [0, 0, 11, 0, 6]
    assert (questionnaire.results["answered"], questionnaire.results["asked"]) == (17, 17)
    assert Sheet.objects.count() == 17
    assert not Incoming.objects.exists()
    with clock.at(AFTER_CLOSING + timedelta(days=1)):
        assert count_answers(questionnaire=questionnaire) is False


@pytest.mark.parametrize(("seconds", "counted"), [(0, False), (21, False), (59, False), (60, True)])
def test_nothing_is_counted_while_an_answer_may_be_on_its_way(questionnaire, seconds, counted):
    with clock.at(AFTER_CLOSING):
        close_questionnaire(questionnaire=questionnaire, by=SYSTEM)

    with clock.at(AFTER_CLOSING + timedelta(seconds=seconds)):
        assert count_answers(questionnaire=questionnaire) is counted


def test_an_answer_that_waited_for_the_lock_is_in_before_the_count():
    patience = timedelta(seconds=sqlite(Path("any"))["OPTIONS"]["timeout"])

    # it waits for the lock once, at its one transaction; the rest is for the page before it and the commit
    assert patience * 2 < GRACE


def test_closing_twice_is_refused(questionnaire):
    close_and_count(questionnaire)

    with clock.at(AFTER_CLOSING), pytest.raises(DomainError, match="closed already"):
        close_questionnaire(questionnaire=questionnaire, by=SYSTEM)


def test_answers_are_dealt_out_per_cluster_from_five_on(questionnaire, people):
    for invitation in people[:5] + people[6:9]:
        answer(questionnaire, invitation, remarks=["Round two was too fast."], may_quote=True)

    assert deal_out(questionnaire=questionnaire) == 5
    assert Sheet.objects.count() == Remark.objects.count() == 5
    assert Incoming.objects.count() == 3
    assert deal_out(questionnaire=questionnaire) == 0


def test_remarks_survive_dealing_and_counting(questionnaire, people):
    for number, invitation in enumerate(people[:6]):
        answer(questionnaire, invitation, remarks=[f"remark {number}", " "], may_quote=number % 2 == 0)
    deal_out(questionnaire=questionnaire)
    close_and_count(questionnaire)

    kept = set(Remark.objects.values_list("text", "may_quote"))
    assert kept == {(f"remark {number}", number % 2 == 0) for number in range(6)}


def test_nothing_of_an_answer_is_audited(questionnaire, people):
    before = AuditEvent.objects.count()
    for invitation in people:
        answer(questionnaire, invitation)
    deal_out(questionnaire=questionnaire)

    assert AuditEvent.objects.count() == before


def test_waiting_answer_cannot_be_read_without_the_key(questionnaire, people, settings):
    answer(questionnaire, people[0], remarks=["I did not dare to say it."])
    sealed = bytes(Incoming.objects.get().sealed)

    assert b"dare" not in sealed
    assert len(sealed) == 12 + 2048 + 16
    settings.SECRET_KEY = "another"
    with pytest.raises(BrokenSeal):
        unseal(sealed, f"questionnaire:{questionnaire.pk}")


def test_seal_belongs_to_its_questionnaire():
    with pytest.raises(BrokenSeal):
        unseal(seal({"a": 1}, "questionnaire:1"), "questionnaire:2")


def test_answer_sealed_with_a_lost_key_is_kept(questionnaire, people, settings, caplog):
    answer(questionnaire, people[0])
    settings.SECRET_KEY = "another"
    close_and_count(questionnaire)

    assert Incoming.objects.count() == 1
    assert "cannot be unsealed" in caplog.text


@pytest.mark.postgres
def test_no_table_order_or_bookkeeping_joins_person_to_answer(questionnaire, people):
    """Each person's remark names them; the test then tries every join the database itself offers."""
    for invitation in people:
        answer(questionnaire, invitation, remarks=[str(invitation.pk)])
    deal_out(questionnaire=questionnaire)
    close_and_count(questionnaire)

    for model in (Sheet, Remark):
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"invitation", "person", "participation", "created_at", "at", "position"}
    said = dict(Remark.objects.values_list("pk", "text"))
    took_part = list(Participation.objects.values_list("pk", "invitation_id"))
    assert not set(said) & {pk for pk, _invitation in took_part}
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM feedback_remark ORDER BY {place}")
        order_of_remarks = [int(row[0]) for row in cursor.fetchall()]
        cursor.execute(f"SELECT invitation_id FROM feedback_participation ORDER BY {place}")
        order_of_people = [row[0] for row in cursor.fetchall()]
    # 17! orders: the same one by chance does not happen
    assert order_of_remarks != order_of_people
    assert sorted(order_of_remarks) == sorted(order_of_people)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_shared_by_person_and_answer(questionnaire, people):
    for invitation in people:
        answer(questionnaire, invitation, remarks=["x"])
    deal_out(questionnaire=questionnaire)
    close_and_count(questionnaire)
    if connection.vendor != "postgresql":
        return

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM feedback_participation")
        people_in = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT xmin::text FROM feedback_sheet UNION ALL SELECT xmin::text FROM feedback_remark"
        )
        said_in = {row[0] for row in cursor.fetchall()}
    assert len(said_in) == 1
    assert not said_in & people_in


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_count_once(questionnaire, people):
    def post(_number):
        try:
            answer(questionnaire, people[0])
        except AlreadyAnswered:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(post, range(4)))

    assert sorted(results) == [False, False, False, True]
    assert Incoming.objects.count() == 1
