"""What is checked of the promise, and who stands for it."""

from datetime import UTC, datetime, timedelta

import pytest

from dialoog.kernel import clock
from sessions.models import Endorsement, Status
from sessions.readiness import purpose
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import Severity, State
from sessions.readiness.registry import open_findings
from sessions.telling import promise_digest
from sessions.tests.readiness.conftest import fresh, ids, put


def test_report_that_comes_before_the_decision_is_a_tip(draft):
    meeting = draft.starts_at.date()
    put(
        draft,
        decides="advice",
        report_by=meeting + timedelta(days=14),
        adopts_by=meeting + timedelta(days=42),
    )
    found = open_findings(fresh(draft)).find("T28-early")
    assert found.severity == Severity.HINTS
    assert "the board may decide until" in found.title

    put(draft, report_by=meeting + timedelta(days=42))
    assert "T28-early" not in ids(draft)


@pytest.mark.parametrize("decides", ["no", "yes"])
def test_report_is_not_early_where_nobody_decides_afterwards(draft, decides):
    meeting = draft.starts_at.date()
    put(
        draft, decides=decides, report_by=meeting + timedelta(days=14), adopts_by=meeting + timedelta(days=42)
    )

    assert "T28-early" not in ids(draft)


def test_endorsement_asked_once_and_again_after_a_change(draft, anna):
    assert "T52" in ids(draft)
    row = Endorsement.objects.create(
        session=draft, name="Gerard", email="g@example.org", asked_at=clock.now(), promise_digest="old"
    )
    assert not {"T52", "T52-again"} & ids(draft)

    Endorsement.objects.filter(pk=row.pk).update(agreed=True, answered_at=clock.now())
    assert "T52-again" in ids(draft)

    Endorsement.objects.filter(pk=row.pk).update(promise_digest=promise_digest(draft))
    assert not {"T52", "T52-again"} & ids(draft)


def test_the_first_step_says_who_was_asked_to_agree_and_who_did(draft):
    def line():
        return purpose.state(SessionFacts.of(draft)).line

    assert "gree" not in line()
    assert line().startswith("People read: “You help make the outcome. The board adopts it, or puts in")
    with clock.at(datetime(2027, 1, 8, 10, tzinfo=UTC)):
        row = Endorsement.objects.create(
            session=draft,
            name="Gerard Zijlstra",
            email="g@example.org",
            asked_at=clock.now(),
            promise_digest=promise_digest(draft),
        )
    assert line().endswith("Gerard Zijlstra was asked to agree, no answer yet.")

    at = datetime(2027, 1, 9, 10, tzinfo=UTC)
    Endorsement.objects.filter(pk=row.pk).update(agreed=True, answered_at=at)
    assert line().endswith("Gerard Zijlstra agreed on 9 January.")

    Endorsement.objects.filter(pk=row.pk).update(promise_digest="old")
    assert line().endswith("Gerard Zijlstra agreed, to an earlier text.")

    Endorsement.objects.filter(pk=row.pk).update(agreed=False)
    assert line().endswith("Gerard Zijlstra has a remark.")


def test_the_first_step_is_busy_while_somebody_asked_to_agree_has_not_answered(draft):
    def step():
        return purpose.state(SessionFacts.of(fresh(draft)))

    assert step().state == State.DONE
    row = Endorsement.objects.create(
        session=draft,
        name="Gerard Zijlstra",
        email="g@example.org",
        asked_at=clock.now(),
        promise_digest=promise_digest(draft),
    )
    assert step().state == State.BUSY
    assert [item.state for item in step().items][:2] == [State.DONE, State.BUSY]

    # once it is sent, it went without the name
    put(draft, status=Status.INVITING)
    assert step().state == State.DONE

    put(draft, status=Status.DRAFT)
    Endorsement.objects.filter(pk=row.pk).update(agreed=True, answered_at=clock.now())
    assert step().state == State.DONE
