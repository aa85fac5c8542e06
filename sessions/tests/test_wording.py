"""Sentences read as sentences, whoever's name stands in them."""

import pytest
from django.utils import translation

from dialoog.testing.factories import make_session
from sessions import wording
from sessions.forms.decision import DecisionForm, ready_procedure
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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decides", "without_agreement"),
    [(Decides.ADVICE, "the board decides."), (Decides.YES, "nothing is decided.")],
)
@pytest.mark.parametrize("method", [Method.NO_OBJECTION, Method.VOTE])
def test_a_ready_text_promises_no_more_than_was_said(workspace, decides, without_agreement, method):
    session = make_session(workspace=workspace, decides=decides, adopter="The board")

    with translation.override("en"):
        text = " ".join(wording.rule_paragraphs(session, ready_procedure(session, method)))

    assert f"If that does not work, {without_agreement}" in text
    # where nobody votes nothing can be equal
    assert ("If two are equal, both count." in text) == (method == Method.VOTE)
    for never_said in ("three quarters", "most serious harm", "twice"):
        assert never_said not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("quorum", "groups", "sentence"),
    [
        (None, None, "At least two thirds of the invited organisations must take part."),
        (
            None,
            3,
            "At least two thirds of the invited organisations must take part, from at least 3 different "
            "groups.",
        ),
        (5, 1, "At least 5 organisations must take part, from at least 1 group."),
        (1, None, "At least 1 organisation must take part."),
    ],
)
def test_how_many_take_part_is_one_sentence(workspace, quorum, groups, sentence):
    session = make_session(workspace=workspace, decides=Decides.YES)
    procedure = DecisionProcedure(
        session=session, method=Method.VOTE, quorum=quorum, quorum_groups=groups, threshold="what gets 3.0"
    )

    with translation.override("en"):
        text = " ".join(wording.rule_paragraphs(session, procedure))

    assert sentence in text
    assert ". What gets 3.0." in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("quorum", "groups", "sentence"),
    [
        (None, None, "The advice counts, however many organisations take part. There is no minimum."),
        (None, 3, "People from at least 3 different groups must take part."),
        (None, 1, "People from at least 1 group must take part."),
        (5, None, "At least 5 organisations must take part."),
        (5, 3, "At least 5 organisations must take part, from at least 3 different groups."),
    ],
)
@pytest.mark.parametrize("method", [Method.NO_OBJECTION, Method.VOTE, Method.OTHER])
def test_an_advice_has_only_the_minimum_somebody_chose(workspace, quorum, groups, sentence, method):
    session = make_session(workspace=workspace, decides=Decides.ADVICE)
    procedure = DecisionProcedure(session=session, method=method, quorum=quorum, quorum_groups=groups)

    with translation.override("en"):
        text = " ".join(wording.rule_paragraphs(session, procedure))

    assert sentence in text
    assert "two thirds" not in text


@pytest.mark.django_db
def test_choices_of_the_rules_begin_with_a_capital(workspace):
    session = make_session(workspace=workspace, decides=Decides.YES, adopter="De directie")

    with translation.override("nl"):
        form = DecisionForm(session=session)
        labels = [
            str(label) for name in ("fallback", "tie_rule") for _key, label in form.fields[name].choices
        ]

    assert "De directie besluit" in labels
    assert [label for label in labels if label[:1].islower()] == []


@pytest.mark.django_db
def test_where_everybody_advises_there_is_no_advice_of_the_group(workspace):
    session = make_session(workspace=workspace, decides=Decides.ADVICE, adopter="The board")

    with translation.override("en"):
        own = wording.decided_sentence(session, Method.OWN_ADVICE)
        together = wording.decided_sentence(session, Method.NO_OBJECTION)

    assert own == "Everybody gives advice that day. The board decides afterwards."
    assert together == "The group gives advice that day. The board decides afterwards."
