"""The press inks, for everything that is drawn rather than styled."""

INK, INK_2, PAPER, SHEET, RULE = "#191a2c", "#4d5063", "#f3f4f1", "#ffffff", "#d9dbd7"
COBALT, CORAL, SUN, MINT, PLUM = "#2b3fd0", "#f2502f", "#ffc62e", "#1fa37e", "#7a3e8e"
OVER_COBALT, OVER_CORAL, OVER_SUN = "#7f8dff", "#ff9a7f", "#ffd968"
OVER_MINT, OVER_PLUM = "#7fdcbc", "#d59be3"
LIKERT = ("#ad2a0e", "#ff9a7f", "#d7dad4", "#9aa5ff", "#2b3fd0")


def multiply(under: str, over: str) -> str:
    """The colour of one ink printed over another, both as `#rrggbb`; anything else is refused."""
    pairs = zip(_channels(under), _channels(over), strict=True)
    return "#" + "".join(f"{a * b // 255:02x}" for a, b in pairs)


def luminance(ink: str) -> float:
    """Relative luminance of `#rrggbb` from 0 to 1 (WCAG 2.2)."""
    linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in _channels(ink)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(ink: str) -> tuple[int, int, int]:
    if len(ink) != 7 or ink[0] != "#":
        raise ValueError(f"An ink is written #rrggbb, not {ink!r}.")
    return int(ink[1:3], 16), int(ink[3:5], 16), int(ink[5:7], 16)
