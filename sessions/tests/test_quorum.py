"""Two thirds that people were told with an advice, when an empty quorum still meant that, stays told."""

from importlib import import_module

import pytest
from django.apps import apps

from dialoog.testing.factories import invite, make_promised_session, make_sent_session
from sessions.actions.change import propose_change
from sessions.actions.plan import save_procedure
from sessions.models import BriefingKind, DecisionProcedure, Fallback, Method, Status, TieRule
from sessions.quorum import quorum_sentence
from sessions.telling import live

pytestmark = pytest.mark.django_db

TWO_THIRDS = "At least two thirds of the invited organisations must take part"
OPEN = "There is no minimum."
RULES = {"method": Method.VOTE, "fallback": Fallback.ADOPTER, "tie_rule": TieRule.BOTH}


def keep():
    """The step that ran when the meaning changed, over the rows there are now."""
    import_module("sessions.migrations.0010_two_thirds_that_were_told").keep(apps, None)


def told(session):
    return " ".join(map(str, live(session, "en", kind=BriefingKind.INVITATION).procedure))


def with_rules(session, **fields):
    DecisionProcedure.objects.create(session=session, **{**RULES, **fields})
    return session


@pytest.mark.parametrize("status", [Status.PLANNED, Status.INVITING, Status.HELD])
def test_what_an_advice_was_told_stays_on_its_page(workspace, status):
    session = with_rules(make_promised_session(workspace=workspace, decides="advice", status=status))
    invite(session=session)

    keep()

    assert TWO_THIRDS in told(session)
    assert "1 of 1 now." in quorum_sentence(session)


def test_an_advice_nobody_was_told_about_has_no_minimum(workspace):
    session = with_rules(make_promised_session(workspace=workspace, decides="advice"))
    invite(session=session)

    keep()

    assert OPEN in told(session)
    assert quorum_sentence(session) == ""


@pytest.mark.parametrize(
    "promised", [{"quorum": 3}, {"method": Method.OWN_ADVICE, "fallback": "", "tie_rule": ""}]
)
def test_only_what_held_two_thirds_is_kept(workspace, promised):
    session = with_rules(make_sent_session(workspace=workspace, decides="advice"), **promised)

    keep()

    assert not DecisionProcedure.objects.get(session=session).was_two_thirds


def test_rules_written_anew_mean_what_the_screen_says(workspace, anna):
    sent = with_rules(make_sent_session(workspace=workspace, decides="advice"))
    ready = with_rules(make_promised_session(workspace=workspace, decides="advice", status=Status.PLANNED))
    invite(session=sent)
    keep()
    new = {**RULES, "quorum": None, "tie_rule": TieRule.SEVERITY}

    propose_change(
        session=sent, fields={}, procedure=new, by=anna, version=sent.version, reason="You asked for it."
    )
    save_procedure(session=ready, fields=new, by=anna, version=ready.version)

    change = sent.changes.get(field="procedure")
    assert TWO_THIRDS in change.old
    assert OPEN in change.new
    assert OPEN in told(ready)


def test_a_decision_that_becomes_an_advice_tells_its_new_minimum(workspace, anna):
    session = with_rules(make_sent_session(workspace=workspace, decides="yes"))
    invite(session=session)

    propose_change(
        session=session, fields={"decides": "advice"}, by=anna, version=session.version, reason="The board."
    )

    change = session.changes.get(field="procedure")
    assert (TWO_THIRDS in change.old, OPEN in change.new) == (True, True)
