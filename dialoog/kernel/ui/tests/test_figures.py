"""Drawings are numbers turned into geometry: what they promise and what they refuse."""

import re

import pytest

from dialoog.kernel.ui import figures
from dialoog.kernel.ui.inks import INK, INK_2, PAPER, SHEET, contrast, multiply

SIZES = [(9, "#7f8dff"), (4, "#ff9a7f"), (3, "#ffd968"), (2, "#7fdcbc"), (1, "#d59be3")]


@pytest.mark.parametrize(
    ("ink", "ground", "ratio"), [(INK, SHEET, 17.1), (INK_2, SHEET, 7.9), (INK, PAPER, 15.5)]
)
def test_contrast_of_the_inks_is_what_the_design_says(ink, ground, ratio):
    assert contrast(ink, ground) == pytest.approx(ratio, abs=0.1)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("#ad2a0e", "#fee8e1"),
        ("#755000", "#fff3cf"),
        ("#0a6349", "#dcf3ea"),
        ("#2335b8", "#f3f4f1"),
        ("#ffffff", "#2b3fd0"),
        ("#4d5063", "#e9eae6"),
        ("#191a2c", "#ffc62e"),
    ],
)
def test_every_pair_of_text_and_ground_reads(ink, ground):
    assert contrast(ink, ground) >= 4.5


def test_multiply_refuses_what_is_no_ink():
    assert multiply("#ffffff", "#7f8dff") == "#7f8dff"
    with pytest.raises(ValueError, match="#rrggbb"):
        multiply("red", "#7f8dff")


def test_influence_pair_overlaps_more_with_every_level():
    centres = []
    for level in figures.LEVELS:
        found = re.findall(r'class="(?:us|you)" cx="([\d.]+)"', figures.influence_pair(level))
        centres.append(float(found[1]) - float(found[0]))

    assert centres == sorted(centres, reverse=True)
    assert centres[-1] == 0


def test_influence_pair_draws_the_overlap_as_a_shape():
    assert 'class="both"' not in figures.influence_pair("inform")
    assert 'class="both" d="M' in figures.influence_pair("collaborate")
    assert '<circle class="both"' in figures.influence_pair("empower")
    assert "blend" not in figures.influence_pair("collaborate", on_dark=True)


def test_influence_pair_refuses_a_level_it_does_not_know():
    with pytest.raises(KeyError):
        figures.influence_pair("convince")


def test_emblem_is_the_same_for_the_same_session_and_differs_between_sessions():
    assert figures.emblem(SIZES, 7) == figures.emblem(list(reversed(SIZES)), 7)
    assert figures.emblem(SIZES, 7) != figures.emblem(SIZES, 8)


@pytest.mark.parametrize("seed", range(12))
def test_emblem_shows_every_group(seed):
    drawn = figures.emblem(SIZES, seed)

    assert len(re.findall(r"<circle ", drawn)) == len(SIZES)
    assert len(re.findall(r"<path ", drawn)) >= len(SIZES) - 1


def test_emblem_refuses_empty_groups_and_crowds():
    assert figures.emblem([], 1).startswith("<svg")
    with pytest.raises(ValueError, match="twelve"):
        figures.emblem([(0, "#7f8dff")], 1)
    with pytest.raises(ValueError, match="twelve"):
        figures.emblem(SIZES * 3, 1)


def test_table_round_prints_escaped_words_and_dashes_empty_seats():
    seats = [figures.Seat("square"), figures.Seat("square"), figures.Seat("cross", taken=False)]

    drawn = figures.table_round(seats, number="2", note="<b>", label='say "two"')

    assert drawn.count("stroke-dasharray") == 1
    assert "&lt;b&gt;" in drawn
    assert "&quot;two&quot;" in drawn


def test_table_round_refuses_what_cannot_be_read():
    with pytest.raises(ValueError, match="400"):
        figures.table_round([figures.Seat("square")] * 401, number="401", note="", label="")


def test_seat_marks_draw_one_mark_per_state_and_refuse_others():
    assert figures.seat_marks("ring", figures.STATES).count('viewBox="0 0 24 24" aria-hidden') == 5
    with pytest.raises(ValueError, match="maybe"):
        figures.seat_mark("ring", "maybe")


def test_likert_bars_on_one_axis_share_neutral_and_fit():
    rows = [(0, 0, 0, 0, 9), (9, 0, 0, 0, 0), (1, 2, 3, 4, 5)]
    axis = figures.likert_axis(rows)

    for row in rows:
        starts = [float(x) for x in re.findall(r'x="([\d.]+)%" y="3"', figures.likert_bar(row, axis))]
        assert all(0 <= start <= 100 for start in starts)
    assert axis.centre == pytest.approx(50)


@pytest.mark.parametrize("counts", [(1, 2, 3), (0, 0, 0, 0, 0), (1, 1, 1, 1, -1)])
def test_likert_bar_refuses_what_is_no_answer(counts):
    with pytest.raises(ValueError, match="five counts"):
        figures.likert_bar(counts)


def test_bars_refuse_values_off_the_scale():
    assert 'width="75.0%"' in figures.mean_bar(4, INK)
    assert 'width="50.0%"' in figures.share_bar(0.5, INK)
    with pytest.raises(ValueError, match="between 1 and 5"):
        figures.mean_bar(5.1, INK)
    with pytest.raises(ValueError, match="between 0 and 1"):
        figures.share_bar(1.1, INK)


def test_qr_is_one_path_and_repeatable():
    drawn = figures.qr("https://dialoog.example.org/g/x", label="Your link")

    assert drawn == figures.qr("https://dialoog.example.org/g/x", label="Your link")
    assert drawn.count("<path") == 1
    assert 'aria-label="Your link"' in drawn


def test_faces_band_and_logo_use_nothing_weasyprint_cannot_draw():
    drawings = [figures.face(step) for step in range(1, 6)] + [figures.envelope_band(), figures.logo()]

    assert not any("currentColor" in drawn or "mix-blend" in drawn for drawn in drawings)
