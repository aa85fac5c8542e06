"""One shape per group of stakeholders, told apart by outline and never by colour alone."""

from dataclasses import dataclass
from html import escape

from dialoog.kernel.ui.inks import CORAL, INK_2, SHEET


@dataclass(frozen=True)
class Shape:
    """A shape on a 24 by 24 field: `ink` prints solid, `tint` only in overlaps and emblems."""

    key: str
    ink: str
    tint: str
    path: str
    edge: str = ""

    @property
    def solid(self) -> str:
        edge = f' stroke="{self.edge}" stroke-width="1.5"' if self.edge else ""
        return f'<path d="{self.path}" fill="{self.ink}" fill-rule="evenodd"{edge}/>'

    @property
    def hollow(self) -> str:
        return (
            f'<path d="{self.path}" fill="{SHEET}" fill-rule="evenodd" stroke="{INK_2}"'
            ' stroke-width="1.75" stroke-linejoin="round"/>'
        )


def _disc(r: float) -> str:
    return f"M12 {12 - r:g}a{r:g} {r:g} 0 1 0 0 {2 * r:g}a{r:g} {r:g} 0 1 0 0-{2 * r:g}Z"


_SHAPES = (
    # the eleven groups every workspace starts with
    Shape("square", "#2b3fd0", "#7f8dff", "M4.5 4.5h15v15h-15Z"),
    Shape("triangle", "#4d5063", "#a9acbd", "M12 3 21.5 20H2.5Z"),
    Shape("circle", CORAL, "#ff9a7f", _disc(8.6)),
    Shape("diamond", "#7a3e8e", "#d59be3", "M12 2.2 21.8 12 12 21.8 2.2 12Z"),
    Shape("hexagon", "#1fa37e", "#7fdcbc", "M7.2 3.6h9.6L21.6 12l-4.8 8.4H7.2L2.4 12Z"),
    Shape("ring", "#ffc62e", "#ffd968", _disc(9.4) + _disc(4), edge="#755000"),
    Shape("dome", "#7a3e8e", "#d59be3", "M2.5 17.2a9.5 10.6 0 0 1 19 0Z"),
    Shape("wedge", "#ad2a0e", "#ff9a7f", "M12 21 2.5 4h19Z"),
    Shape("cross", CORAL, "#ff9a7f", "M8.7 3h6.6v5.7H21v6.6h-5.7V21H8.7v-5.7H3V8.7h5.7Z"),
    Shape("bars", "#2b3fd0", "#7f8dff", "M3.5 5h17v5.4h-17ZM3.5 13.6h17V19h-17Z"),
    Shape("arch", "#0a6349", "#7fdcbc", "M4 20.5V12a8 8 0 0 1 16 0v8.5h-5.2V15a2.8 2.8 0 0 0-5.6 0v5.5Z"),
    # kept for groups a workspace adds
    Shape("star", "#2b3fd0", "#7f8dff", "m12 2 3 7 7.5.6-5.7 5 1.8 7.4-6.6-4-6.6 4 1.8-7.4-5.7-5L9 9Z"),
    Shape("drop", "#1fa37e", "#7fdcbc", "M12 2c3.5 4.6 7 8 7 12.2a7 7 0 0 1-14 0C5 10 8.5 6.6 12 2Z"),
    Shape("crescent", "#755000", "#ffd968", "M15.5 3a9.5 9.5 0 1 0 5.5 13.5A7.8 7.8 0 0 1 15.5 3Z"),
    Shape("hourglass", "#7a3e8e", "#d59be3", "M4 3h16l-5.5 9L20 21H4l5.5-9Z"),
    Shape("chevron", "#ad2a0e", "#ff9a7f", "M4 3h8.5L21 12l-8.5 9H4l8-9Z"),
    Shape("stairs", "#4d5063", "#a9acbd", "M3 21v-6h6V9h6V3h6v18Z"),
    Shape("leaf", "#0a6349", "#7fdcbc", "M3.5 20.5V12A8.5 8.5 0 0 1 12 3.5h8.5V12a8.5 8.5 0 0 1-8.5 8.5Z"),
    Shape("frame", "#2b3fd0", "#7f8dff", "M3.5 3.5h17v17h-17ZM8.5 8.5v7h7v-7Z"),
)
SHAPES: dict[str, Shape] = {shape.key: shape for shape in _SHAPES}
SEEDED: tuple[str, ...] = tuple(SHAPES)[:11]
RESERVED: tuple[str, ...] = tuple(SHAPES)[11:]


def shape(key: str) -> Shape:
    """The shape with this key; an unknown key is refused with KeyError."""
    return SHAPES[key]


def shape_svg(key: str, *, css_class: str = "g", hollow: bool = False, label: str = "") -> str:
    """A shape as inline SVG; without a label it is hidden from assistive technology."""
    chosen = shape(key)
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    body = chosen.hollow if hollow else chosen.solid
    return f'<svg class="{css_class}" viewBox="0 0 24 24" width="20" height="20" {named}>{body}</svg>'
