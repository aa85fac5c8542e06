"""Numbers in, drawings out: pure functions that return SVG which browsers and WeasyPrint draw alike.

Overlaps are drawn as shapes of their own in the multiplied ink, because WeasyPrint knows no blend modes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from random import Random
from typing import Literal

from dialoog.kernel.ui.inks import (
    INK,
    INK_2,
    LIKERT,
    OVER_COBALT,
    OVER_CORAL,
    PLUM,
    SHEET,
    multiply,
)
from dialoog.kernel.ui.shapes import shape

LEVELS = ("inform", "consult", "involve", "collaborate", "empower")
STATES = ("comes", "partly", "later", "no", "open")
State = Literal["comes", "partly", "later", "no", "open"]

_APART = {"inform": 58, "consult": 44, "involve": 29, "collaborate": 15, "empower": 0}
_RADIUS = 22
_FACES = {
    1: ("M19 47q13-16 26 0Z", "#ff9a7f"),
    2: ("M21 45q11-7 22 0", "#fee8e1"),
    3: ("M21 43h22", "#ecece8"),
    4: ("M21 41q11 7 22 0", "#dcf3ea"),
    5: ("M19 39q13 16 26 0Z", "#7fdcbc"),
}


@dataclass(frozen=True)
class Disc:
    """A circle on the paper, in its units."""

    x: float
    y: float
    r: float
    ink: str


@dataclass(frozen=True)
class Seat:
    """A seat at the table: whose group's shape, and whether somebody is invited for it."""

    shape: str
    taken: bool = True


def influence_pair(level: str, *, on_dark: bool = False, tight: bool = False, label: str = "") -> str:
    """Two circles, who decides and who is invited: their overlap is what they decide together.

    `level` is one of LEVELS, from apart to covering; any other is refused with KeyError. On a light ground
    all five take the same room, so that they compare; `tight` leaves no room beside the circles.
    """
    apart = _APART[level]
    left, right = 60 - apart / 2, 60 + apart / 2
    us, you = Disc(left, 30, _RADIUS, OVER_COBALT), Disc(right, 30, _RADIUS, OVER_CORAL)
    if on_dark:
        parts = [_circle(us), _circle(you), _overlap(us, you, SHEET)]
    else:
        line = f'fill="none" stroke="{INK}" stroke-width="1.75"'
        parts = [
            _circle(us, "us"),
            _circle(you, "you"),
            _overlap(us, you, multiply(us.ink, you.ink), "both"),
            f'<circle class="rim" cx="{left:g}" cy="30" r="{_RADIUS}" {line}/>',
            f'<circle class="rim" cx="{right:g}" cy="30" r="{_RADIUS}" {line} stroke-dasharray="4 3.5"/>',
        ]
    if level == "inform" and not on_dark:
        parts.append(f'<path class="rim" d="M56 30h9m-3.5-3.5 3.5 3.5-3.5 3.5" {line}/>')
    box = f"{left - 24:g} 6 {apart + 48:g} 48" if tight or on_dark else "4 4 112 52"
    return _svg(box, "".join(parts), css_class="say-pair", label=label)


def influence_key() -> tuple[str, str, str]:
    """What the parts of `influence_pair` on a light ground are, small: who decides, who is invited, both."""
    us, you, both = (
        _svg("0 0 20 20", part, css_class="key-part", label="")
        for part in (
            '<circle class="us" cx="10" cy="10" r="8"/>',
            '<circle class="you" cx="10" cy="10" r="8" stroke-dasharray="3.5 3"/>',
            '<path class="both" d="M10 2.7a9 9 0 0 1 0 14.6a9 9 0 0 1 0-14.6Z"/>',
        )
    )
    return us, you, both


def emblem(sizes_with_inks: Sequence[tuple[int, str]], seed: int | str, *, css_class: str = "emblem") -> str:
    """The mark of one session: a circle per group, its area the number of organisations.

    The same sizes and seed always give the same drawing. Never three circles over one point, so that
    each overlap is one clean mixture. Sizes below one and more than twelve groups are refused.
    """
    if len(sizes_with_inks) > 12 or any(size < 1 for size, _ink in sizes_with_inks):
        raise ValueError("An emblem takes at most twelve groups, each of at least one.")
    discs = _arrange(tuple(sorted(sizes_with_inks, key=lambda pair: (-pair[0], pair[1]))), f"emblem:{seed}")
    parts = [_circle(disc) for disc in discs]
    for index, one in enumerate(discs):
        parts += [_overlap(one, other, multiply(one.ink, other.ink)) for other in discs[index + 1 :]]
    return _svg(_bounds(discs), "".join(parts), css_class=css_class)


def table_round(seats: Sequence[Seat], *, number: str, note: str, label: str) -> str:
    """A round table from above: seats of one group side by side, empty seats dashed.

    `number` and `note` are printed on the table, `label` says the whole in words. At most 400 seats.
    """
    if len(seats) > 400:
        raise ValueError("A table of more than 400 seats cannot be read.")
    runs = _runs(seats)
    places = len(seats) + 0.55 * len(runs)
    size = min(13.5, math.pi * 146 / max(places, 1) * 0.94)
    parts = ['<circle cx="180" cy="180" r="112" fill="#e9ebe6"/>']
    place = 0.0
    for run in runs:
        for seat in run:
            angle = -math.pi / 2 + 2 * math.pi * (place + 0.5) / places
            parts.append(_seat(seat, 180 + 146 * math.cos(angle), 180 + 146 * math.sin(angle), size))
            place += 1
        place += 0.55
    text = f'text-anchor="middle" fill="{INK}"'
    parts.append(f'<text x="180" y="186" {text} font-size="58" font-weight="700">{escape(number)}</text>')
    parts.append(f'<text x="180" y="212" {text} font-size="15" font-weight="600">{escape(note)}</text>')
    return _svg("10 10 340 340", "".join(parts), css_class="around", label=label)


@lru_cache(maxsize=512)
def seat_mark(key: str, state: str) -> str:
    """One invited organisation: the shape is its group, the state its answer (one of STATES)."""
    if state not in STATES:
        raise ValueError(f"A seat cannot be {state!r}.")
    thin = f'fill="none" stroke="{INK_2}" stroke-linecap="round"'
    drawn = {
        "comes": shape(key).solid,
        "partly": shape(key).hollow
        + f'<svg x="0" y="0" width="12" height="24" viewBox="0 0 12 24">{shape(key).solid}</svg>',
        "later": f'<circle cx="12" cy="12" r="9" fill="{SHEET}" stroke="{INK_2}" stroke-width="1.75"/>'
        f'<path d="M12 7v5l3.5 2" {thin} stroke-width="1.75"/>',
        "no": f'<path d="M6 6l12 12M18 6 6 18" {thin} stroke-width="2.2"/>',
        "open": f'<circle cx="12" cy="12" r="8.5" fill="{SHEET}" stroke="#5f6274" stroke-width="1.75"'
        ' stroke-dasharray="3.2 2.6"/>',
    }
    return _svg("0 0 24 24", drawn[state])


def seat_marks(key: str, states: Sequence[str]) -> str:
    """The answers of one group, in the order given."""
    return "".join(seat_mark(key, state) for state in states)


@dataclass(frozen=True)
class LikertAxis:
    """Where neutral lies (percent from the left) and how wide one whole group of answers is (percent)."""

    centre: float = 50.0
    whole: float = 50.0


def likert_axis(rows: Sequence[Sequence[int]]) -> LikertAxis:
    """The axis on which all these rows fit, with neutral at one place, for comparing them."""
    spans = [_span(row) for row in rows if sum(row)]
    left = max((span[0] for span in spans), default=0.5)
    right = max((span[1] for span in spans), default=0.5)
    whole = 98 / (left + right)
    return LikertAxis(centre=1 + left * whole, whole=whole)


def likert_bar(counts: Sequence[int], axis: LikertAxis | None = None) -> str:
    """Five counts, from fully disagree to fully agree, as a bar that diverges from neutral.

    Percent based: it takes the width it is given; the numbers of answers are printed in it. Anything
    but five counts of zero or more, or no answers at all, is refused.
    """
    if len(counts) != 5 or min(counts) < 0 or not sum(counts):
        raise ValueError("A bar needs five counts, at least one above zero.")
    axis = axis or LikertAxis()
    total = sum(counts)
    start = axis.centre - _span(counts)[0] * axis.whole
    parts = [f'<rect x="{axis.centre:.2f}%" y="0" width="1.5" height="34" fill="{INK}"/>']
    for count, ink in zip(counts, LIKERT, strict=True):
        width = count / total * axis.whole
        if count:
            words = SHEET if ink in (LIKERT[0], LIKERT[4]) else INK
            edge = ' stroke="#85899a"' if ink == LIKERT[2] else ""
            shown, middle = max(width - 0.3, 0.2), start + width / 2
            parts.append(
                f'<rect x="{start:.2f}%" y="3" width="{shown:.2f}%" height="28" fill="{ink}"{edge}/>'
                f'<text x="{middle:.2f}%" y="22" text-anchor="middle" fill="{words}">{count}</text>'
            )
        start += width
    return f'<svg class="likert-bar" width="100%" height="34" aria-hidden="true">{"".join(parts)}</svg>'


def mean_bar(value: float, ink: str) -> str:
    """A mean on the scale 1 to 5 as a filled track; the number itself belongs beside it as text."""
    if not 1 <= value <= 5:
        raise ValueError("A mean lies between 1 and 5.")
    ticks = "".join(f'<rect x="{x}%" width="1" height="14" fill="{SHEET}"/>' for x in (25, 50, 75))
    return _track((value - 1) / 4, ink, extra=ticks)


def share_bar(share: float, ink: str) -> str:
    """A share from 0 to 1 as a filled track."""
    if not 0 <= share <= 1:
        raise ValueError("A share lies between 0 and 1.")
    return _track(share, ink)


def face(step: int) -> str:
    """A face for the answers 1 (fully disagree) to 5 (fully agree)."""
    mouth, skin = _FACES[step]
    inside = INK if step in (1, 5) else "none"
    return _svg(
        "0 0 64 64",
        f'<circle cx="32" cy="32" r="28" fill="{skin}" stroke="{INK}" stroke-width="2.5"/>'
        f'<circle cx="23" cy="27" r="3" fill="{INK}"/><circle cx="41" cy="27" r="3" fill="{INK}"/>'
        f'<path d="{mouth}" fill="{inside}" stroke="{INK}" stroke-width="3" stroke-linecap="round"'
        ' stroke-linejoin="round"/>',
        css_class="face",
    )


def qr(text: str, *, label: str = "") -> str:
    """A QR code, error level M, without a quiet zone: leave four modules of white around it."""
    import segno  # why: only letters and signs need it, and it would slow every start

    code = segno.make(text, error="m", micro=False)
    side = len(code.matrix)
    runs = "".join(_dark_runs(row, y) for y, row in enumerate(code.matrix))
    return _svg(f"0 0 {side} {side}", f'<path d="{runs}" fill="{INK}"/>', css_class="qr", label=label)


def envelope_band() -> str:
    """The band of two inks over the head of a letter, 210 by 4 millimetres."""
    return (
        '<svg class="band" viewBox="0 0 210 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="105" height="4" fill="{OVER_COBALT}"/>'
        f'<rect x="85" width="125" height="4" fill="{OVER_CORAL}"/>'
        f'<rect x="85" width="40" height="4" fill="{PLUM}"/></svg>'
    )


def logo() -> str:
    """Two speech shapes over each other, 42 by 27."""
    left = "M13.5 0a13.5 13.5 0 1 1 0 27H0V13.5A13.5 13.5 0 0 1 13.5 0Z"
    right = "M28.5 0a13.5 13.5 0 1 0 0 27H42V13.5A13.5 13.5 0 0 0 28.5 0Z"
    both = "M21 2.3a13.5 13.5 0 0 1 0 22.4a13.5 13.5 0 0 1 0-22.4Z"
    return _svg(
        "0 0 42 27",
        f'<path d="{left}" fill="{OVER_COBALT}"/><path d="{right}" fill="{OVER_CORAL}"/>'
        f'<path d="{both}" fill="{multiply(OVER_COBALT, OVER_CORAL)}"/>',
    )


def _svg(box: str, body: str, *, css_class: str = "", label: str = "") -> str:
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    styled = f'class="{css_class}" ' if css_class else ""
    return f'<svg {styled}viewBox="{box}" {named}>{body}</svg>'


def _circle(disc: Disc, css_class: str = "") -> str:
    styled = f'class="{css_class}" ' if css_class else ""
    return f'<circle {styled}cx="{disc.x:.4g}" cy="{disc.y:.4g}" r="{disc.r:.4g}" fill="{disc.ink}"/>'


def _crossings(one: Disc, other: Disc) -> list[tuple[float, float]]:
    distance = math.hypot(other.x - one.x, other.y - one.y)
    if not abs(one.r - other.r) < distance < one.r + other.r:
        return []
    along = (one.r**2 - other.r**2 + distance**2) / (2 * distance)
    away = math.sqrt(one.r**2 - along**2)
    ux, uy = (other.x - one.x) / distance, (other.y - one.y) / distance
    mx, my = one.x + along * ux, one.y + along * uy
    return [(mx - away * uy, my + away * ux), (mx + away * uy, my - away * ux)]


def _overlap(one: Disc, other: Disc, ink: str, css_class: str = "") -> str:
    points = _crossings(one, other)
    styled = f'class="{css_class}" ' if css_class else ""
    if not points:
        inside = math.hypot(other.x - one.x, other.y - one.y) <= abs(one.r - other.r)
        small = min(one, other, key=lambda disc: disc.r)
        return _circle(Disc(small.x, small.y, small.r, ink), css_class) if inside else ""
    (px, py), (qx, qy) = points
    # the far side of a circle is the long way round when the other's centre lies beyond the chord
    first, second = (_long_way(one, other), _long_way(other, one))
    return (
        f'<path {styled}d="M{px:.1f} {py:.1f}A{one.r:.4g} {one.r:.4g} 0 {first} 0 {qx:.1f} {qy:.1f}'
        f'A{other.r:.4g} {other.r:.4g} 0 {second} 0 {px:.1f} {py:.1f}Z" fill="{ink}"/>'
    )


def _long_way(disc: Disc, other: Disc) -> int:
    distance = math.hypot(other.x - disc.x, other.y - disc.y)
    return int((disc.r**2 - other.r**2 + distance**2) / (2 * distance) < 0)


# why kept: finding the places tries hundreds, and takes longer than the rest of a page's drawings together
@lru_cache(maxsize=512)
def _arrange(sizes: tuple[tuple[int, str], ...], seed: str) -> tuple[Disc, ...]:
    if not sizes:
        return ()
    chance = Random(seed)
    largest = sizes[0][0]
    radii = [92 * max(math.sqrt(size / largest), 0.26) for size, _ink in sizes]
    discs = [Disc(0, 0, radii[0], sizes[0][1])]
    for radius, (_size, ink) in zip(radii[1:], sizes[1:], strict=True):
        tries = (_beside(chance.choice(discs), radius, ink, chance) for _attempt in range(160))
        fitting = [disc for disc in tries if _fits(disc, discs)]
        # no group may be missing: where nothing fits, it stands free at the end
        free = Disc(max(disc.x + disc.r for disc in discs) + radius, 0, radius, ink)
        discs.append(min(fitting or [free], key=lambda disc: _sprawl([*discs, disc])))
    return tuple(discs)


def _beside(anchor: Disc, radius: float, ink: str, chance: Random) -> Disc:
    angle = chance.uniform(0, 2 * math.pi)
    distance = anchor.r + radius - chance.uniform(0.35, 0.7) * min(anchor.r, radius)
    return Disc(anchor.x + distance * math.cos(angle), anchor.y + distance * math.sin(angle), radius, ink)


def _fits(disc: Disc, discs: Sequence[Disc]) -> bool:
    touched = []
    for other in discs:
        depth = disc.r + other.r - math.hypot(disc.x - other.x, disc.y - other.y)
        if depth > 0.75 * min(disc.r, other.r) or 0 < depth < 0.18 * min(disc.r, other.r):
            return False
        if depth > 0:
            touched.append(other)
    three = ((one, other) for i, one in enumerate(touched) for other in touched[i + 1 :])
    return not any(_share_a_point(disc, one, other) for one, other in three)


def _share_a_point(a: Disc, b: Disc, c: Disc) -> bool:
    trios = ((a, b, c), (a, c, b), (b, c, a))
    return any(math.hypot(x - o.x, y - o.y) < o.r for m, n, o in trios for x, y in _crossings(m, n))


def _sprawl(discs: Sequence[Disc]) -> float:
    """How far the drawing spreads from a field of five by four, which is the place it gets."""
    width = max(d.x + d.r for d in discs) - min(d.x - d.r for d in discs)
    height = max(d.y + d.r for d in discs) - min(d.y - d.r for d in discs)
    x, y = sum(d.x for d in discs) / len(discs), sum(d.y for d in discs) / len(discs)
    return max(width, 1.25 * height) + sum(math.hypot(d.x - x, d.y - y) for d in discs) / len(discs)


def _bounds(discs: Sequence[Disc]) -> str:
    if not discs:
        return "0 0 1 1"
    left, top = min(d.x - d.r for d in discs), min(d.y - d.r for d in discs)
    width, height = max(d.x + d.r for d in discs) - left, max(d.y + d.r for d in discs) - top
    return f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}"


def _runs(seats: Sequence[Seat]) -> list[list[Seat]]:
    runs: list[list[Seat]] = []
    for seat in seats:
        if runs and runs[-1][-1] == seat:
            runs[-1].append(seat)
        else:
            runs.append([seat])
    return runs


def _seat(seat: Seat, x: float, y: float, size: float) -> str:
    inner = size * 1.48
    drawn = (
        f'<svg x="{x - inner / 2:.1f}" y="{y - inner / 2:.1f}" width="{inner:.1f}" height="{inner:.1f}"'
        f' viewBox="0 0 24 24">{shape(seat.shape).solid}</svg>'
    )
    if seat.taken:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{SHEET}"/>{drawn}'
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{SHEET}" stroke="{INK_2}" stroke-width="1.5"'
        f' stroke-dasharray="4 3"/><g opacity=".45">{drawn}</g>'
    )


def _span(counts: Sequence[int]) -> tuple[float, float]:
    total = sum(counts)
    left = (counts[0] + counts[1] + counts[2] / 2) / total
    return left, 1 - left


def _track(share: float, ink: str, extra: str = "") -> str:
    return (
        '<svg class="track" width="100%" height="14" aria-hidden="true">'
        '<rect width="100%" height="14" rx="2" fill="#dfe1dc"/>'
        f'<rect width="{share * 100:.1f}%" height="14" rx="2" fill="{ink}"/>{extra}</svg>'
    )


def _dark_runs(row: Sequence[int], y: int) -> str:
    out, x = [], 0
    while x < len(row):
        width = 0
        while x + width < len(row) and row[x + width]:
            width += 1
        if width:
            out.append(f"M{x} {y}h{width}v1h-{width}Z")
        x += max(width, 1)
    return "".join(out)
