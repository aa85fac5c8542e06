"""The figures: who is taken together, what may be shown, what is computed."""

import pytest

from feedback.engine.clusters import Party, propose_clusters
from feedback.engine.summary import Answers, scale_mean, summarise
from feedback.engine.suppression import shown_clusters


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        # The Hague: companies, suppliers | NGOs, unions | government, finance, knowledge
        (
            [(1, "b", 5), (2, "b", 2), (3, "s", 4), (4, "s", 2), (5, "p", 3), (6, "p", 2)],
            [(1, 2), (3, 4), (5, 6)],
        ),
        # the small ones go together until there are five
        ([(1, "b", 12), (2, "s", 2), (3, "p", 3)], [(1,), (2, 3)]),
        ([(1, "b", 9), (2, "s", 2), (3, "p", 6)], [(1,), (2, 3)]),
        # nine people in all can be two groups at most; four are one
        ([(1, "b", 3), (2, "s", 3), (3, "p", 3)], [(1, 2, 3)]),
        ([(1, "b", 1), (2, "s", 3)], [(1, 2)]),
        ([(1, "b", 4)], [(1,)]),
        ([(1, "b", 0), (2, "s", 7)], [(2,)]),
        ([], []),
    ],
)
def test_proposed_clusters_have_five_people_where_possible(sizes, expected):
    assert propose_clusters([Party(*size) for size in sizes]) == expected


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({1: 6, 2: 6, 3: 5}, {1, 2, 3}),
        ({1: 6, 2: 6, 3: 0}, {1, 2}),
        # three could be computed from the whole: the next smallest goes too
        ({1: 6, 2: 7, 3: 3}, {2}),
        ({1: 6, 2: 6, 3: 1, 4: 2}, {2}),
        # two hidden ones that are five together tell nothing about one of them
        ({1: 6, 2: 2, 3: 3}, {1}),
        ({1: 6, 2: 2}, set()),
        ({1: 4}, set()),
        ({}, set()),
    ],
)
def test_hidden_clusters_cannot_be_computed(counts, shown):
    assert shown_clusters(counts) == shown


def test_cluster_hidden_elsewhere_stays_hidden():
    assert shown_clusters({1: 6, 2: 6, 3: 9}, never={2}) == {1, 3}
    assert shown_clusters({0: 2, 1: 6, 2: 8}, never={0}) == {2}


@pytest.mark.parametrize(
    ("items", "mean"),
    [
        ({"A": 4, "B": 5, "C": 3}, 4.0),
        ({"A": 4, "B": 5, "C": None}, 4.5),
        ({"A": 4, "B": None, "C": None}, None),
        ({"A": 4}, None),
        ({}, None),
    ],
)
def test_scale_mean_needs_two_thirds_of_its_items(items, mean):
    assert scale_mean(items, ["A", "B", "C"]) == mean


def test_reversed_statement_counts_the_other_way_round():
    assert scale_mean({"VE1": 4, "VE2": 1}, ["VE1", "VE2"], {"VE2"}) == 4.5


def _summary(sheets, clusters=(1, 2)):
    return summarise(sheets, codes=["TR1", "TR2"], scales={"TR": ["TR1", "TR2"]}, clusters=clusters)


def test_summary_of_two_clusters():
    sheets = [Answers(1, {"TR1": 5, "TR2": 3})] * 5 + [Answers(2, {"TR1": 2, "TR2": None})] * 6

    summary = _summary(sheets)

    assert summary["sheets"] == 11
    assert summary["answers"] == {"1": 5, "2": 6}
    assert summary["items"]["TR1"] == {
        "counts": [0, 6, 0, 0, 5],
        "dont_know": 0,
        "means": {"1": 5.0, "2": 2.0},
    }
    assert summary["items"]["TR2"] == {
        "counts": [0, 0, 5, 0, 0],
        "dont_know": 6,
        "means": {"1": 3.0, "2": None},
    }
    assert summary["scales"]["TR"] == {"1": 4.0, "2": None}


def test_summary_hides_what_four_said():
    summary = _summary([Answers(1, {"TR1": 5, "TR2": 3})] * 4, clusters=(1,))

    assert summary["answers"] == {"1": None}
    assert summary["items"]["TR1"] == {"counts": None, "dont_know": None, "means": {"1": None}}


def test_people_outside_every_cluster_are_not_told_by_subtraction():
    sheets = [Answers(0, {"TR1": 1})] * 2 + [Answers(1, {"TR1": 4})] * 6 + [Answers(2, {"TR1": 5})] * 8

    assert _summary(sheets)["items"]["TR1"]["means"] == {"1": None, "2": 5.0}


def test_no_figure_over_all_statements_is_made():
    assert set(_summary([Answers(1, {"TR1": 5})] * 9)) == {
        "threshold",
        "sheets",
        "answers",
        "items",
        "scales",
    }
