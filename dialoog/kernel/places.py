"""Towns: in which country they lie, and where. A file that is searched, never read whole.

From GeoNames (https://www.geonames.org), CC BY 4.0; `bin/make-places` says which.
"""

import mmap
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from dialoog.kernel.alphabet import sort_key

_FILE = Path(__file__).with_name("places.tsv")


@dataclass(frozen=True)
class Place:
    """A town: country (ISO 3166-1 alpha-2), in Belgium the region too, latitude and longitude in degrees."""

    country: str
    region: str
    latitude: float
    longitude: float


@lru_cache(maxsize=1024)
def places_named(name: str) -> tuple[Place, ...]:
    """The towns of this name, one a country, that with most people first; accents and capitals count not."""
    key = sort_key(name).encode()
    if not key:
        return ()
    lines, at, found = _lines(), _first_not_before(key), []
    while lines[at : at + len(key) + 1] == key + b"\t":
        end = lines.find(b"\n", at)
        found.append(_place(lines[at:end].decode()))
        at = end + 1
    return tuple(found)


def place_named(name: str, home: str) -> Place | None:
    """The town meant by somebody at `home`: the one there, else that with most people."""
    found = places_named(name)
    return next((place for place in found if place.country == home), found[0] if found else None)


def _first_not_before(key: bytes) -> int:
    """Where the first line begins whose key is not smaller."""
    lines = _lines()
    low, high = 0, len(lines)
    while low < high:
        middle = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", middle)
        if lines[middle:end].partition(b"\t")[0] < key:
            low = end + 1
        else:
            high = middle
    return low


def _place(line: str) -> Place:
    _key, region, latitude, longitude = line.split("\t")
    return Place(region[:2], region, float(latitude), float(longitude))


@cache
def _lines() -> mmap.mmap:
    with _FILE.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
