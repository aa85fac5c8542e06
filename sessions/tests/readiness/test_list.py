"""What is shown of all checks: calmly, put off, put aside, and as six steps."""

from datetime import timedelta

import pytest

from dialoog.kernel import clock
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.errors import DomainError
from dialoog.testing.factories import invite, make_session, make_wish
from sessions.actions.readiness import bring_back, put_aside, put_off
from sessions.models import Status
from sessions.readiness.finding import Severity, State
from sessions.readiness.registry import open_findings, step_states
from sessions.tests.readiness.conftest import fresh, ids, put


def test_blocks_are_few_and_a_place_never_blocks(workspace):
    found = open_findings(make_session(workspace=workspace))

    blocking = {"title", "T24", "T25", "T27", "decides", "nobody", "contact", "date"}
    assert {one.id for one in found.blocking} == blocking
    assert not found.is_ready


def test_at_most_three_are_shown_at_once(draft):
    put(draft, measures="", report_by=None, contact_phone="", history="", answer_by=None, confidentiality="")

    found = open_findings(fresh(draft))

    assert len(found.shown) == len(found.now) == 3
    assert {one.severity for one in found.shown} == {Severity.WARNS}
    assert found.count == 3 + len(found.rest)
    assert found.behind == found.rest


def test_cancelled_session_asks_nothing(draft):
    put(draft, status=Status.CANCELLED, goal="")

    assert open_findings(fresh(draft)).count == 0


def test_put_off_returns_on_its_day(draft, anna):
    put(draft, report_by=None)
    session = fresh(draft)
    finding = open_findings(session).find("T28")
    put_off(session=session, finding=finding, until=clock.today() + timedelta(days=2), by=anna)
    assert "T28" not in ids(draft)
    assert open_findings(session).set_aside[0].finding.id == "T28"

    with clock.at(clock.now() + timedelta(days=3)):
        assert "T28" in ids(draft)


def test_put_aside_keeps_its_reason_and_comes_back(draft, anna):
    put(draft, report_by=None)
    session = fresh(draft)
    finding = open_findings(session).find("T28")
    put_aside(session=session, finding=finding, reason=" We report  orally. ", by=anna)
    assert [aside.reason for aside in open_findings(session).set_aside] == ["We report orally."]

    for _attempt in range(2):
        bring_back(session=session, check_id="T28", by=anna)

    assert "T28" in ids(draft)
    verbs = [event.verb for event in AuditEvent.objects.on(session)]
    assert verbs == ["finding_put_aside", "finding_brought_back"]


@pytest.mark.parametrize("until", [-1, 0, 400])
def test_put_off_refuses_a_day_that_is_not_to_come(draft, anna, until):
    put(draft, report_by=None)
    session = fresh(draft)
    finding = open_findings(session).find("T28")

    with pytest.raises(DomainError):
        put_off(session=session, finding=finding, until=clock.today() + timedelta(days=until), by=anna)


def test_what_blocks_cannot_wait(draft, anna):
    put(draft, goal="")
    session = fresh(draft)
    finding = open_findings(session).find("T24")

    with pytest.raises(DomainError):
        put_aside(session=session, finding=finding, reason="because", by=anna)
    with pytest.raises(DomainError):
        put_off(session=session, finding=finding, until=clock.today() + timedelta(days=1), by=anna)


def test_put_aside_needs_a_reason(draft, anna):
    put(draft, report_by=None)
    session = fresh(draft)

    with pytest.raises(DomainError):
        put_aside(session=session, finding=open_findings(session).find("T28"), reason="  ", by=anna)


def test_queries_do_not_grow(draft, django_assert_num_queries):
    session = fresh(draft)
    with django_assert_num_queries(15):
        open_findings(session)
    for _number in range(5):
        make_wish(session=session, invitation=invite(session=session))
    with django_assert_num_queries(15):
        open_findings(session)


@pytest.mark.parametrize(
    ("status", "states"),
    [
        (Status.DRAFT, ["done", "done", "later", "later", "later", "later"]),
        (Status.PLANNED, ["done", "done", "busy", "later", "later", "later"]),
        (Status.INVITING, ["done", "done", "busy", "busy", "later", "later"]),
        (Status.HELD, ["done", "done", "done", "done", "busy", "busy"]),
        (Status.REPORTED, ["done", "done", "done", "done", "done", "done"]),
    ],
)
def test_steps_follow_the_life_line(draft, status, states):
    put(draft, status=status, measures="Travel is paid.")
    if status not in {Status.DRAFT, Status.PLANNED}:
        draft.invitations.update(sent_at=clock.now())
        make_wish(session=draft)

    steps = step_states(fresh(draft))

    assert [step.state for step in steps] == [State(one) for one in states]
    assert [step.name for step in steps] == [
        "Purpose",
        "Table",
        "Invite",
        "Programme",
        "Meeting",
        "Report back",
    ]
