"""Whom an organisation probably speaks for: from its name, its addresses, the jobs there, and its like.

A guess, and shown as one; a wrong one costs more than none. The words and their order stand in groups.toml.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dialoog.kernel.alphabet import sort_key

_TABLES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("groups.toml").read_text("utf-8"))
# the works council of a company, as Dutch people write it; small letters would be the English word
_COUNCIL = re.compile(r"(?:De )?[CG]?OR (?=\w)")
_BY_DOMAIN = {domain: group for group, domains in _TABLES["domains"].items() for domain in domains.split()}
_ENDINGS = (
    ("government", r"\.(gov|mil|gob|gouv)(\.\w\w)?$|\.gv\.at$|\.overheid\.nl$|\.admin\.ch$"),
    ("knowledge", r"\.edu(\.\w\w)?$|\.ac\.\w\w$"),
    ("ngos", r"\.ngo$|\.org(\.\w\w)?$"),
)
# everybody may have one of these; and what never is an address (RFC 2606)
_ANYBODY = re.compile(
    rf"(^|\.)({'|'.join(_TABLES['anybody'].split())})\.\w+(\.\w\w)?$"
    r"|(^|\.)example(\.\w+)?$|\.(test|invalid|localhost)$"
)
_LEGAL = re.compile(
    r"[\s,.]+(b\.? ?v|n\.? ?v|gmbh|ltd|limited|inc|llc|llp|plc|corp|s\.?a|sarl|v\.?o\.?f|pvt|holding)"
    r"\.?(?=$|[\s,])"
)


@cache
def suggest_group(text: str) -> str:
    """The key of the seeded group that the words of a name point to; "" when they point nowhere."""
    if _COUNCIL.match(text):
        return "workers"
    low = sort_key(text)
    if (clear := _first(low, "clear")) is not None:
        return clear
    if low == "ing":
        return "finance"
    if _has_form().search(low):
        return _first(low, "trade") or "companies"
    return _first(low, "likely", "trade") or ""


@cache
def group_of_domain(domain: str) -> str:
    """The group that a mail domain points to: whole when known, else by its words, else by how it ends."""
    parts = domain.split(".")
    for start in range(len(parts) - 1):
        if found := _BY_DOMAIN.get(".".join(parts[start:])):
            return found
    words = " ".join(parts[:-1]).replace("-", " ")
    strong = next((key for key, ending in _ENDINGS[:2] if re.search(ending, domain)), "")
    weak = next((key for key, ending in _ENDINGS[2:] if re.search(ending, domain)), "")
    return strong or suggest_group(words) or weak


def own_domain(email: str) -> str:
    """The domain of an address when it belongs to an organisation; "" for mail anybody may have."""
    domain = email.rpartition("@")[2].casefold()
    return "" if not domain or _ANYBODY.search(domain) else domain


def stem_of(organisation: str) -> str:
    """What stays of a name without legal form and signs: “Yilmaz Wonen B.V.” and “Yilmaz Wonen” are one."""
    bare = _LEGAL.sub("", sort_key(organisation))
    return " ".join(re.findall(r"[^\W_]+", bare))


class Guesser:
    """Learns from what is certain, then answers for what is not; the same input gives the same answer."""

    def __init__(self) -> None:
        self._stems: dict[str, str] = {}
        self._domains: dict[str, str] = {}

    def learn(self, group: str, organisation: str = "", email: str = "") -> None:
        """This organisation, or this domain, speaks for `group`: somebody said so."""
        if not group:
            return
        if stem := stem_of(organisation):
            self._stems.setdefault(stem, group)
        if domain := own_domain(email):
            self._domains.setdefault(domain, group)

    def guess(
        self, organisation: str, people: Iterable[tuple[str, str]] = (), *, is_abroad: bool = False
    ) -> str:
        """The group of an organisation whose people have these addresses and jobs; "" when nothing tells.

        What would be a company at home is a supplier when it is abroad, unless somebody said otherwise.
        """
        people = list(people)
        if said := self._stems.get(stem_of(organisation), ""):
            return said
        domains = [domain for email, _job in people if (domain := own_domain(email))]
        named = suggest_group(organisation) if organisation else ""
        learned = next((self._domains[domain] for domain in domains if domain in self._domains), "")
        if learned and not named:
            return learned
        clues = (
            named,
            *(group_of_domain(domain) for domain in domains),
            _of_jobs(job for _mail, job in people),
            _first(sort_key(organisation), "last"),
        )
        found = next((clue for clue in clues if clue), "")
        return "suppliers" if found == "companies" and is_abroad else found


def _of_jobs(jobs: Iterable[str]) -> str:
    """Of several jobs at one organisation the most telling counts, whoever comes first in the list."""
    low = [sort_key(job) for job in jobs if job]
    return next((key for key, words in _tables("jobs") if any(words.search(job) for job in low)), "")


def _first(low: str, *kinds: str) -> str | None:
    """The group of the first table that fits, "" where that table says that the name tells nothing."""
    return next((key for kind in kinds for key, words in _tables(kind) if words.search(low)), None)


@cache
def _tables(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The tables of one kind in their order: each group with its words as one pattern."""
    return tuple((table["group"], _pattern(table)) for table in _TABLES[kind])


@cache
def _has_form() -> re.Pattern[str]:
    return _pattern(_TABLES["form"])


def _pattern(table: Mapping[str, Any]) -> re.Pattern[str]:
    members = f"(?:{'|'.join(_fragments(_TABLES['members']))})"
    patterns = [pattern.replace("{members}", members) for pattern in table.get("patterns", ())]
    return re.compile(rf"(?<![\w.])(?:{'|'.join(_fragments(table.get('words', '')) + patterns)})(?!\w)")


def _fragments(words: str) -> list[str]:
    """Each word as a regular expression: “*” is any letters, “+” at least one, “(a|b)” a choice."""
    named = [word.strip() for word in " ".join(words.split()).split(",")]
    signs = {"(": "(?:", "*": r"\w*", "+": r"\w+"}
    return [re.sub(r"[(*+]", lambda sign: signs[sign.group()], word) for word in named if word]
