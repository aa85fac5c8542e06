"""A meeting on the road of seven screens, who walks it, and what is typed there."""

from datetime import timedelta

import pytest

from dialoog.kernel import clock
from sessions.actions.plan import plan_session

PROMISE = {
    "goal": "agreed on the risks",
    "use_of_outcomes": "the work plan",
    "not_used_for": "judge members",
    "influence": "collaborate",
    "decides": "advice",
    "adopter": "The board",
    "confidentiality": "room",
}


@pytest.fixture
def session(workspace, bram):
    return plan_session(workspace=workspace, by=bram)


@pytest.fixture
def client(bram, as_user):
    return as_user(bram)


def url(session, name, *args):
    return session.workspace.url(f"sessions:{name}", session.pk, *args)


def meeting(session, **changes):
    day = (clock.now() + timedelta(days=60)).date().isoformat()
    return {
        "version": session.version,
        "title": "Risks in the chain",
        "date_mode": "fixed",
        "day": day,
        "start": "10:00",
        "end": "16:00",
        "place_mode": "place",
        "timezone": "Europe/Amsterdam",
        "language": "en",
        "place": "De Brug, Den Haag",
        "contact_name": "Bram",
        "contact_phone": "070 555 01 02",
        "contact_email": "bram@example.org",
    } | changes
