"""Sentences read as sentences, whoever's name stands in them."""

import pytest
from django.utils import translation

from dialoog.testing.factories import make_session
from sessions import wording
from sessions.models import Decides, DecisionProcedure, Method
from stakeholders.actions.groups import ensure_groups


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Het bestuur", "het bestuur"),
        ("De directie", "de directie"),
        ("BWT", "BWT"),
        ("Deloitte", "Deloitte"),
    ],
)
def test_a_name_inside_a_sentence(name, inside):
    assert wording.inside(name) == inside


@pytest.mark.parametrize("level", wording.LEVELS)
def test_influence_is_a_sentence_at_every_level(level):
    with translation.override("en"):
        sentence = wording.influence_sentence(level, "The board")

    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert " The board" not in sentence.replace(". The board", "")


def test_nothing_chosen_is_no_sentence():
    assert wording.influence_sentence("", "The board") == ""


@pytest.mark.django_db
def test_advisory_groups_are_named_inside_the_sentence(workspace):
    session = make_session(workspace=workspace, decides=Decides.ADVICE, adopter="The board")
    procedure = DecisionProcedure.objects.create(
        session=session, method=Method.NO_OBJECTION, fallback="adopter", tie_rule="both"
    )
    groups = {group.key: group for group in ensure_groups(workspace)}
    procedure.advisory_groups.set([groups["government"], groups["ngos"], groups["knowledge"]])

    with translation.override("en"):
        text = " ".join(wording.procedure_paragraphs(session, procedure))

    assert "Government, NGOs and knowledge institutes think along and do not vote." in text
    assert "If that does not work, the board decides." in text
