"""Shapes must be told apart without colour."""

import pytest

from dialoog.kernel.ui.icons import ICONS, icon_svg
from dialoog.kernel.ui.shapes import RESERVED, SEEDED, SHAPES, shape, shape_svg


def test_the_eleven_seeded_groups_have_a_shape_and_more_are_kept():
    assert len(SEEDED) == 11
    assert len(RESERVED) >= 6
    assert not set(SEEDED) & set(RESERVED)


def test_no_two_shapes_have_the_same_outline():
    assert len({one.path for one in SHAPES.values()}) == len(SHAPES)


def test_shape_without_a_label_is_hidden_and_with_one_is_named():
    assert 'aria-hidden="true"' in shape_svg("square")
    assert 'role="img" aria-label="Companies &amp; co"' in shape_svg("square", label="Companies & co")
    assert 'fill="#ffffff"' in shape_svg("square", hollow=True)


def test_unknown_shapes_and_icons_are_refused():
    with pytest.raises(KeyError):
        shape("blob")
    with pytest.raises(KeyError):
        icon_svg("blob")


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_hidden_from_assistive_technology(name):
    assert 'aria-hidden="true"' in icon_svg(name)
