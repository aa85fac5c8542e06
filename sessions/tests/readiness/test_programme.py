"""What is checked of rules, programme and pack, and of the time they leave."""

from datetime import timedelta

import pytest

from dialoog.kernel import clock
from dialoog.testing.factories import (
    answer,
    invite,
    make_agenda_item,
    make_briefing,
    make_promised_session,
    make_sent_session,
    make_wish,
)
from sessions.models import BriefingKind
from sessions.readiness.facts import SessionFacts
from sessions.readiness.programme import completeness
from sessions.tests.readiness.conftest import fresh, ids, put, rules


@pytest.mark.parametrize(("before", "told"), [(15, False), (14, False), (13, True), (1, True), (0, False)])
def test_answers_that_come_after_the_pack_is_made(draft, before, told):
    put(draft, answer_by=draft.starts_at.date() - timedelta(days=before))

    assert ("answer-after-pack" in ids(draft)) is told


def test_on_short_notice_answers_and_pack_may_overlap(workspace):
    session = make_promised_session(workspace=workspace, days=18)

    assert "answer-after-pack" not in ids(session)


def test_short_notice(workspace):
    session = make_promised_session(workspace=workspace, days=10)
    assert "T31" in ids(session)

    put(session, date_mode="poll")
    assert "T31" not in ids(session)


def test_procedure_is_asked_and_must_be_complete(draft):
    assert "T21" not in ids(draft)
    put(draft, decides="advice")
    assert "T21" in ids(draft)
    rules(draft, tie_rule="")
    assert "T21" in ids(draft)

    rules(draft)
    assert "T21" not in ids(draft)


def test_rules_that_come_later_are_guarded(draft):
    put(draft, decides="advice")
    start = fresh(draft).starts_at.date()
    rules(draft, method="later", rules_on=start - timedelta(days=12))
    assert "T22" in ids(draft)

    rules(draft, method="later", rules_on=start - timedelta(days=16))
    assert not {"T21", "T22"} & ids(draft)

    rules(draft, method="later", rules_on=clock.today() - timedelta(days=1))
    assert "T22" in ids(draft)


def test_rules_not_in_a_pack_two_weeks_before(workspace):
    session = make_sent_session(workspace=workspace, days=12, decides="advice")
    rules(session)
    assert {"T22-late", "T31-pack", "agenda", "T32"} <= ids(session)

    make_agenda_item(session=session)
    make_briefing(session=session, kind=BriefingKind.PACK, sent_at=clock.now())
    assert not {"T22-late", "T31-pack", "agenda", "T32"} & ids(session)


def test_vote_on_the_programme_needs_rules(sent):
    make_agenda_item(session=sent, form="vote")
    assert "T22-vote" in ids(sent)

    put(sent, decides="advice")
    rules(sent)
    assert "T22-vote" not in ids(sent)


def test_rules_of_conduct(sent):
    assert "T95" in ids(sent)

    put(sent, rules="One speaks, others listen.")
    assert "T95" not in ids(sent)

    sent.invitations.update(rules_answer="otherwise", rules_note="No.")
    assert "T95-other" in ids(sent)
    sent.invitations.update(rules_answer="agree")
    assert "T95-other" not in ids(sent)


def test_mandate_is_asked_not_guessed(sent):
    assert "T36" not in ids(sent)
    put(sent, decides="advice")
    assert "T36" in ids(sent)

    make_briefing(session=sent, kind=BriefingKind.PACK, sent_at=clock.now())
    answer(invitation=sent.invitations.first())
    assert "T36-open" in ids(sent)
    sent.invitations.update(mandate="consult")
    assert not {"T36", "T36-open"} & ids(sent)


def test_wish_without_a_place(sent):
    item = make_agenda_item(session=sent)
    wish = make_wish(session=sent)
    assert "T60" in ids(sent)

    type(wish).objects.update(agenda_item=item)
    assert "T60" not in ids(sent)


def test_needs_and_leader(sent):
    for _number in range(9):
        invite(session=sent)
    for invitation in sent.invitations.all():
        answer(invitation=invitation)
    sent.invitations.filter(pk=sent.invitations.first().pk).update(needs=["hearing_loop"])
    assert {"needs", "T15"} <= ids(sent)

    sent.invitations.update(needs=[])
    put(sent, facilitator="Simone van Dalen")
    assert not {"needs", "T15"} & ids(sent)


def test_completeness_names_what_is_missing(sent):
    missing = [piece.name for piece in completeness(SessionFacts.of(sent)) if not piece.present]

    assert missing == ["what you ask of people", "programme"]
