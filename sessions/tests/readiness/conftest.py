"""The meetings the checks are tried on, and what is open of them."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from dialoog.testing.factories import invite, make_promised_session, make_sent_session
from sessions.models import DecisionProcedure, DialogueSession
from sessions.readiness.registry import open_findings
from stakeholders.models import SeedGroup

RULES = {"method": "vote", "quorum": 3, "fallback": "adopter", "tie_rule": "both"}


def ids(session):
    found = open_findings(fresh(session))
    return {one.id for one in [*found.blocking, *found.shown, *found.rest]}


def titles(session):
    found = open_findings(fresh(session))
    return {one.title for one in [*found.blocking, *found.shown, *found.rest]}


def put(session, **fields):
    DialogueSession.objects.filter(pk=session.pk).update(**fields)


def rules(session, **fields):
    DecisionProcedure.objects.update_or_create(session=session, defaults={**RULES, **fields})


def fresh(session):
    return DialogueSession.objects.with_workspace().get(pk=session.pk)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The words below are the source's, whatever language a test before this one left behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def draft(workspace):
    """A draft with a complete promise and two people."""
    session = make_promised_session(workspace=workspace)
    for group in (SeedGroup.COMPANIES, SeedGroup.NGOS):
        invite(session=session, group=group)
    session.groups.update(why_you="You know the trade.", what_we_ask="Name three risks.")
    return session


@pytest.fixture
def sent(workspace):
    """An invitation that went out, a month before the meeting."""
    session = make_sent_session(workspace=workspace)
    for _number in range(4):
        invite(session=session)
    return session
