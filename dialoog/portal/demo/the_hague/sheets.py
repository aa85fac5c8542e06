"""Case A: 17 answer sheets whose figures are those of domain.md section 4. The code computes them."""

from feedback.items import ASKED
from stakeholders.models import SeedGroup

# the clusters as they were fixed beforehand, and how many of each answered
CLUSTERS: tuple[tuple[str, tuple[SeedGroup, ...], int], ...] = (
    ("Bedrijven en leveranciers", (SeedGroup.COMPANIES, SeedGroup.SUPPLIERS), 6),
    ("Maatschappelijke organisaties en bonden", (SeedGroup.NGOS, SeedGroup.UNIONS, SeedGroup.CUSTOMERS), 6),
    ("Overheid, geld en kennis", (SeedGroup.GOVERNMENT, SeedGroup.FINANCE, SeedGroup.KNOWLEDGE), 5),
)
# one row per statement, one string of steps per cluster, in the order of CLUSTERS
_STEPS: dict[str, tuple[str, str, str]] = {
    "TR1": ("554554", "545454", "55455"),
    "TR2": ("445544", "454344", "54454"),
    "TR3": ("544454", "445445", "44544"),
    "TR4": ("555444", "554433", "55542"),
    "TR5": ("555554", "545544", "55545"),
    "TR6": ("554455", "454455", "55455"),
    "TR7": ("444543", "545444", "45444"),
    "TR8": ("343443", "445454", "54454"),
    "IN1": ("444321", "554432", "54432"),
    "IN3": ("434443", "343434", "44344"),
    "KE2": ("554422", "555443", "55443"),
    "KE4": ("434344", "544434", "44544"),
    "BE3": ("545444", "444345", "45445"),
    "BT2": ("544545", "444544", "54454"),
    "KU1": ("545453", "554545", "55454"),
    "VE1": ("555443", "554442", "55543"),
}


def sheets() -> list[list[dict[str, int | None]]]:
    """Per cluster its sheets: code → step. Refused when a statement that is asked has no answers here."""
    missing = [code for code in ASKED if code not in _STEPS]
    if missing:
        raise ValueError(f"The demo has no answers to {', '.join(missing)}.")
    return [
        [
            # each statement is dealt from another place on, so that no sheet is all fives
            {code: int(_STEPS[code][place][(row + shift) % count]) for shift, code in enumerate(ASKED)}
            for row in range(count)
        ]
        for place, (_name, _groups, count) in enumerate(CLUSTERS)
    ]
