"""For whom is a place far? An estimate from names of towns, to be looked at, not trusted (T9)."""

import math
import re
from dataclasses import dataclass

# latitude and longitude in degrees of towns people come from, rounded to a few kilometres
PLACES: dict[str, tuple[float, float]] = {
    "alkmaar": (52.63, 4.75), "almelo": (52.36, 6.66), "almere": (52.37, 5.22),
    "amersfoort": (52.16, 5.39), "amsterdam": (52.37, 4.90), "antwerpen": (51.22, 4.40),
    "apeldoorn": (52.21, 5.97), "arnhem": (51.98, 5.91), "assen": (52.99, 6.56),
    "bergen op zoom": (51.49, 4.29), "breda": (51.59, 4.78), "brussel": (50.85, 4.35),
    "delft": (52.01, 4.36), "den bosch": (51.69, 5.30), "'s-hertogenbosch": (51.69, 5.30),
    "den haag": (52.08, 4.31), "'s-gravenhage": (52.08, 4.31), "the hague": (52.08, 4.31),
    "den helder": (52.96, 4.76), "deventer": (52.26, 6.16), "doetinchem": (51.97, 6.29),
    "dordrecht": (51.81, 4.67), "drachten": (53.11, 6.10), "ede": (52.04, 5.66),
    "eindhoven": (51.44, 5.48), "emmen": (52.79, 6.90), "enschede": (52.22, 6.89), "gent": (51.05, 3.72),
    "goes": (51.50, 3.89), "gouda": (52.01, 4.71), "groningen": (53.22, 6.57), "haarlem": (52.39, 4.64),
    "heerenveen": (52.96, 5.92), "heerlen": (50.89, 5.98), "helmond": (51.48, 5.66),
    "hengelo": (52.27, 6.79), "hilversum": (52.22, 5.17), "hoogeveen": (52.72, 6.48),
    "hoorn": (52.64, 5.06), "kampen": (52.56, 5.91), "leeuwarden": (53.20, 5.80), "leiden": (52.16, 4.49),
    "lelystad": (52.51, 5.47), "leuven": (50.88, 4.70), "maastricht": (50.85, 5.69),
    "meppel": (52.70, 6.19), "middelburg": (51.50, 3.61), "nijmegen": (51.84, 5.86), "oss": (51.77, 5.52),
    "roermond": (51.19, 5.99), "roosendaal": (51.53, 4.46), "rotterdam": (51.92, 4.48),
    "sittard": (51.00, 5.87), "sneek": (53.03, 5.66), "terneuzen": (51.33, 3.83), "tiel": (51.89, 5.43),
    "tilburg": (51.56, 5.09), "utrecht": (52.09, 5.12), "venlo": (51.37, 6.17),
    "vlissingen": (51.44, 3.57), "wageningen": (51.97, 5.66), "weert": (51.25, 5.71),
    "winterswijk": (51.97, 6.72), "zeist": (52.09, 5.23), "zutphen": (52.14, 6.20),
    "zwolle": (52.51, 6.09), "bundi": (25.44, 75.64), "delhi": (28.61, 77.21), "jaipur": (26.91, 75.79),
    "kota": (25.21, 75.86), "izmir": (38.42, 27.14), "istanbul": (41.01, 28.98), "dhaka": (23.81, 90.41),
    "hanoi": (21.03, 105.85), "accra": (5.60, -0.19), "london": (51.51, -0.13), "parijs": (48.86, 2.35),
    "paris": (48.86, 2.35), "berlijn": (52.52, 13.40), "berlin": (52.52, 13.40), "keulen": (50.94, 6.96),
    "düsseldorf": (51.23, 6.77),
}  # fmt: skip
# by train and car together, measured from door to door on ordinary Dutch trips
_KM_PER_HOUR = 75
_START_MINUTES = 20
_FAR_MINUTES = 105
_BY_LAND_KM = 900


@dataclass(frozen=True)
class Trip:
    """An estimated trip: minutes one way, None when it takes a day or more."""

    minutes: int | None

    @property
    def is_far(self) -> bool:
        return self.minutes is None or self.minutes >= _FAR_MINUTES


def locate(text: str) -> tuple[float, float] | None:
    """The coordinates of the first known town named in `text`; the last name in an address wins."""
    low = text.casefold()
    found = [
        (match.start(), where)
        for name, where in PLACES.items()
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", low)
    ]
    return max(found)[1] if found else None


def trip(origin: str, destination: str) -> Trip | None:
    """The trip between two places named in words; None when either is not known."""
    start, end = locate(origin), locate(destination)
    if start is None or end is None:
        return None
    kilometres = _distance(start, end)
    if kilometres > _BY_LAND_KM:
        return Trip(None)
    minutes = _START_MINUTES + kilometres * 1.25 / _KM_PER_HOUR * 60 if kilometres > 3 else 10
    return Trip(5 * round(minutes / 5))


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    inner = math.sin((lat2 - lat1) / 2) ** 2
    inner += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(inner))
