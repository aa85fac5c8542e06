"""For whom is a place far? An estimate from names of towns, to be looked at, not trusted (T9)."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialoog.kernel.places import Place, place_named

# words of a name in an address: “Ho Chi Minh City”
_LONGEST = 4
_WORD = re.compile(r"[^\W\d_]['’.\-\w]*|['’][^\W\d_][\-\w]*")
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


def locate(text: str, home: str = "NL") -> Place | None:
    """The town named in `text`, a name or an address; the last one wins, one at `home` before one abroad."""
    found = [place for name in _names_in(text) if (place := place_named(name, home))]
    return next((place for place in found if place.country == home), found[0] if found else None)


def trip(origin: str, destination: str, home: str = "NL") -> Trip | None:
    """The trip between two places named in words; None when either is not known."""
    start, end = locate(origin, home), locate(destination, home)
    if start is None or end is None:
        return None
    kilometres = _distance((start.latitude, start.longitude), (end.latitude, end.longitude))
    if kilometres > _BY_LAND_KM:
        return Trip(None)
    minutes = _START_MINUTES + kilometres * 1.25 / _KM_PER_HOUR * 60 if kilometres > 3 else 10
    return Trip(5 * round(minutes / 5))


def _names_in(text: str) -> Iterator[str]:
    """What may be the name of a town, from the end of the text; at each place the longest first.

    Of a sentence only words with a capital, else “hal” and “plein” would be towns.
    """
    yield text
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    for last in range(len(words), 0, -1):
        for first in range(max(0, last - _LONGEST), last):
            name = text[words[first][0] : words[last - 1][1]]
            if (name[:1].isupper() or name[:1] in "'’") and "," not in name:
                yield name


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    inner = math.sin((lat2 - lat1) / 2) ** 2
    inner += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(inner))
