"""What is said of each row of a list, and of all of them together."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

# what a list may fill in of somebody known
FILLED = ("email", "phone", "place", "street", "postcode", "country", "job", "organisation")


class Verdict(StrEnum):
    """What happens with a row: somebody new, somebody already there, without address, or refused."""

    NEW = "new"
    DOUBLE = "double"
    WITHOUT = "without"
    REFUSED = "refused"


@dataclass(frozen=True)
class Known:
    """Somebody already in the register, as far as recognising goes; `group` when somebody said so."""

    id: int
    name: str
    email: str
    organisation: str
    group: str = ""


@dataclass(frozen=True)
class JudgedRow:
    """One row. `merges` is the id of who it is already; `group` a seeded key or the name of an own group.

    `explicit_group` says that the list itself named the group; otherwise it is only suggested by words.
    `unusable` is an address mail servers do not accept: the person is taken in without it. `stood` is the
    name as the list has it, where we write it otherwise. `asks_language` says that somebody new seems to be
    abroad and that the list names no language. `is_lookalike` says that the name is somebody else's too, and
    `is_same` that somebody said they are one. `fills` are the fields somebody known gets; `is_without`
    (e-mail) and `is_unreachable` are how the person stands after it.
    """

    line: int
    verdict: Verdict
    remarks: tuple[str, ...] = ()
    name: str = ""
    stood: str = ""
    organisation: str = ""
    email: str = ""
    unusable: str = ""
    phone: str = ""
    channel: str = "mail"
    language: str = ""
    explicit_language: bool = False
    asks_language: bool = False
    group: str = ""
    explicit_group: bool = False
    place: str = ""
    street: str = ""
    postcode: str = ""
    country: str = ""
    job: str = ""
    merges: int | None = None
    is_lookalike: bool = False
    is_same: bool = False
    fills: tuple[str, ...] = ()
    is_without: bool = False
    is_unreachable: bool = False

    @property
    def is_added(self) -> bool:
        return self.verdict in {Verdict.NEW, Verdict.WITHOUT}


@dataclass(frozen=True)
class Judgement:
    """All rows in the order of the list."""

    rows: tuple[JudgedRow, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def adds(self) -> int:
        return sum(row.is_added for row in self.rows)

    @property
    def people(self) -> list[JudgedRow]:
        """Of everybody the list names one row: the first, and of the known one that fills something."""
        found: dict[tuple[str, int], JudgedRow] = {}
        for row in self.rows:
            if row.is_added or row.merges is not None:
                key = ("line", row.line) if row.merges is None else ("known", row.merges)
                found[key] = row if key not in found or row.fills else found[key]
        return list(found.values())

    @property
    def known(self) -> int:
        return sum(row.merges is not None for row in self.people)

    @property
    def refused(self) -> int:
        return sum(row.verdict == Verdict.REFUSED for row in self.rows)

    @property
    def doubles(self) -> int:
        """Rows about somebody another row names; with the new, the known and the refused these are all."""
        return len(self.rows) - self.adds - self.known - self.refused

    @property
    def updates(self) -> int:
        """How many of the known get something they did not have."""
        return sum(bool(row.fills) for row in self.people)

    @property
    def without(self) -> int:
        return sum(row.is_without for row in self.people)

    @property
    def unreachable(self) -> list[JudgedRow]:
        """Who has no e-mail, no telephone and no address for a letter, also after this list."""
        return [row for row in self.people if row.is_unreachable]

    @property
    def mended(self) -> list[JudgedRow]:
        """Whose name stood in capitals or in small letters only, and is added as we write it."""
        return [row for row in self.rows if row.stood and row.is_added]

    @property
    def abroad(self) -> list[JudgedRow]:
        """Who is added, seems to be abroad, and whose language nobody has said."""
        return [row for row in self.rows if row.asks_language]

    @property
    def lookalikes(self) -> int:
        """How many are added beside somebody who may be the same."""
        return sum(row.is_lookalike and row.is_added for row in self.rows)
