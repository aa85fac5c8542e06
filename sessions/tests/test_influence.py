"""Influence against the way of deciding, as a table."""

import pytest

from sessions.engine.influence import Misfit, misfit


@pytest.mark.parametrize(
    ("levels", "decides", "adopter", "found"),
    [
        (["empower"], "yes", False, None),
        (["collaborate"], "yes", True, None),
        (["involve"], "yes", True, None),
        (["collaborate"], "yes", False, Misfit.NO_ADOPTER),
        (["consult"], "yes", True, Misfit.NO_LEVEL),
        (["inform"], "yes", False, Misfit.NO_LEVEL),
        (["empower", "consult"], "yes", True, Misfit.NO_LEVEL),
        (["consult"], "advice", False, None),
        (["inform"], "advice", True, Misfit.NO_VOICE),
        (["inform", "consult"], "advice", True, None),
        (["empower"], "no", False, Misfit.NO_DECISION),
        (["inform"], "no", False, None),
        ([], "yes", False, None),
        ([""], "advice", False, None),
        (["empower"], "", False, None),
        # the demo cases of domain.md 4: A by consent with a board that adopts (government only advises and is
        # left out, see the second row), B where the workers decide for themselves, C where a vote is advice
        (["collaborate", "empower"], "yes", False, None),
        (["collaborate", "involve"], "advice", True, None),
    ],
)
def test_misfit_table(levels, decides, adopter, found):
    assert misfit(levels=levels, decides=decides, adopter_named=adopter) == found
