"""A check of one field appears when the field is wrong and goes when it is mended."""

from datetime import timedelta

import pytest

from dialoog.kernel import clock
from sessions.tests.readiness.conftest import ids, put


@pytest.mark.parametrize(
    ("check", "broken", "whole"),
    [
        ("title", {"title": ""}, {"title": "Risks"}),
        ("T24", {"goal": ""}, {"goal": "a list."}),
        ("T25", {"use_of_outcomes": ""}, {"use_of_outcomes": "the plan."}),
        ("T25-not", {"not_used_for": ""}, {"not_used_for": "rate members."}),
        ("T27", {"influence": ""}, {"influence": "consult"}),
        ("decides", {"decides": ""}, {"decides": "no"}),
        ("T25-who", {"decides": "advice", "adopter": ""}, {"adopter": "the board"}),
        ("influence-method", {"decides": "yes", "influence": "consult"}, {"influence": "empower"}),
        ("T28", {"report_by": None}, {"report_by": "2027-12-01"}),
        ("T28", {"report_by": "2020-01-01"}, {"report_by": "2030-01-01"}),
        ("T85", {"confidentiality": ""}, {"confidentiality": "room"}),
        ("T10", {"place": ""}, {"place": "Zwolle"}),
        ("T10", {"place_mode": "open"}, {"place_known_on": "2030-01-01"}),
        ("T10", {"place_mode": "open", "place_known_on": "2020-01-01"}, {"place_mode": "online"}),
        ("T10-far", {"measures": ""}, {"travel_paid": True}),
        ("T117", {"history": ""}, {"history": "unknown"}),
        ("T117", {"history": "yes", "history_note": ""}, {"history_note": "In 2022."}),
        ("contact", {"contact_name": ""}, {"contact_name": "Anna"}),
        ("contact-phone", {"contact_phone": ""}, {"contact_phone": "070"}),
        (
            "date",
            {"starts_at": None, "ends_at": None},
            {"starts_at": "2030-01-01T10Z", "ends_at": "2030-01-01T12Z"},
        ),
        ("past", {"starts_at": "2020-01-01T10Z", "ends_at": "2020-01-01T12Z"}, {"date_mode": "poll"}),
        ("answer-by", {"answer_by": None}, {"answer_by": clock.today() + timedelta(days=9)}),
        ("answer-by", {"answer_by": "2020-01-01"}, {"answer_by": clock.today() + timedelta(days=9)}),
        ("answer-by", {"answer_by": "2030-01-01"}, {"answer_by": clock.today() + timedelta(days=9)}),
    ],
)
def test_check_of_a_field_appears_and_goes(draft, check, broken, whole):
    put(draft, **broken)
    assert check in ids(draft)

    put(draft, **whole)
    assert check not in ids(draft)
