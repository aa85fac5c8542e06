"""Says of each row what would happen with it, and why; does nothing."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from dialoog.kernel.alphabet import sort_key
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import UnusableLettersError, checked_address
from stakeholders.importing.abroad import is_abroad, reads_too
from stakeholders.importing.columns import Columns
from stakeholders.importing.guessing import Guesser, stem_of, suggest_group
from stakeholders.importing.judgement import FILLED, JudgedRow, Judgement, Known, Verdict
from stakeholders.importing.names import mended_name
from stakeholders.importing.pasted import ADDRESS
from stakeholders.importing.table import Table
from stakeholders.importing.words import (
    Column,
    channel_of,
    is_generic,
    is_total,
    language_of,
)

# what the database takes of each field
LONGEST = {
    "name": 120,
    "organisation": 160,
    "email": 254,
    "phone": 40,
    "place": 120,
    "street": 160,
    "postcode": 20,
    "country": 80,
    "job": 120,
}


@dataclass
class _Seen:
    """Whom we have met: in the register by id, in this list by position."""

    by_email: dict[str, int | Known] = field(default_factory=dict)
    by_name: dict[tuple[str, str], int | Known] = field(default_factory=dict)
    names: dict[str, tuple[str, int | Known]] = field(default_factory=dict)
    same: frozenset[int] = frozenset()


def judge(
    table: Table,
    columns: Columns,
    existing: Iterable[Known] = (),
    *,
    own_groups: Mapping[str, str] | Sequence[str] = (),
    language: str = "nl",
    languages: Mapping[str, str] | None = None,
    same: Iterable[int] = (),
    home: str = "NL",
) -> Judgement:
    """Judge every row. `own_groups` are the labels of groups the list may name; `language` is the default,
    and `home` the country the list is made in (ISO 3166-1 alpha-2).

    A mapping gives for each label the key (or own name) to put in `JudgedRow.group`. `languages` are chosen
    for those who seem to be abroad: by line, and under "" for all the others of them. `same` are the lines
    of which somebody said that they are the person of the same name.
    """
    labels = dict(own_groups) if isinstance(own_groups, Mapping) else {label: label for label in own_groups}
    labels = {label.casefold(): value for label, value in labels.items()}
    seen, guesser = _Seen(same=frozenset(same)), Guesser()
    for known in existing:
        guesser.learn(known.group, known.organisation, known.email)
        if known.email:
            seen.by_email[known.email.casefold()] = known
        seen.by_name.setdefault(_key(known.name, known.organisation), known)
        seen.names.setdefault(sort_key(known.name), (known.organisation, known))
    judged: list[JudgedRow] = []
    for line, cells in zip(table.lines, table.rows, strict=True):
        row = _read(line, cells, columns, labels, language)
        if row.verdict != Verdict.REFUSED:
            row = _compare(row, seen, judged)
        judged.append(row)
    abroad = {row.line for row in judged if _is_abroad(row, home)}
    rows = _guessed(judged, guesser, abroad)
    return Judgement(
        tuple(_spoken(row, language, languages or {}) if row.line in abroad else row for row in rows)
    )


def _is_abroad(row: JudgedRow, home: str) -> bool:
    return is_abroad(row.organisation, row.email, row.phone, row.place, row.country, home=home)


def _spoken(row: JudgedRow, language: str, chosen: Mapping[str, str]) -> JudgedRow:
    """The language chosen for somebody abroad; what the list or the register names stays."""
    if not row.is_added or row.explicit_language:
        return row
    if reads_too(language, row.email, row.phone, row.place, row.country):
        return row
    spoken = chosen.get(str(row.line)) or chosen.get("") or row.language
    return replace(row, asks_language=True, language=spoken)


def _guessed(rows: list[JudgedRow], guesser: Guesser, abroad: Container[int]) -> list[JudgedRow]:
    """Fill in the groups the list does not name, one answer for everybody of an organisation."""
    together: dict[str, list[JudgedRow]] = {}
    for row in rows:
        if row.verdict != Verdict.REFUSED:
            if row.explicit_group:
                guesser.learn(row.group, row.organisation, row.email)
            together.setdefault(stem_of(row.organisation) or f"line {row.line}", []).append(row)
    answers: dict[int, str] = {}
    for members in together.values():
        people = [(row.email, row.job) for row in members]
        is_away = all(row.line in abroad for row in members)
        group = guesser.guess(members[0].organisation, people, is_abroad=is_away)
        answers |= {row.line: group for row in members if not row.explicit_group}
    return [replace(row, group=answers[row.line]) if row.line in answers else row for row in rows]


def _read(
    line: int, cells: Sequence[str], columns: Columns, labels: Mapping[str, str], language: str
) -> JudgedRow:
    found = {column: columns.first(cells, column) for column in columns.found}
    raw_mail = found.get(Column.EMAIL, "")
    name = _name(found)
    organisation = found.get(Column.ORGANISATION, "")
    row = JudgedRow(line, Verdict.REFUSED, name=name[:120], organisation=organisation[:160])
    if is_total(name or next((cell for cell in cells if cell), "")) and "@" not in raw_mail:
        return replace(row, remarks=(_("a total, not a person"),))
    email, unusable = _email(raw_mail)
    if raw_mail and not (email or unusable):
        return replace(row, email=raw_mail[:60], remarks=(_("the address is not complete"),))
    name = name or _name_from(email or unusable, row.organisation)
    if not any(c.isalpha() for c in name):
        return replace(row, email=email, remarks=(_("no name"),))
    if len(name) > LONGEST["name"]:
        return replace(row, email=email, remarks=(_("the name is too long to be one"),))
    remarks: list[str] = []
    texts: dict[str, Any] = {
        "organisation": organisation,
        "phone": _phone(found.get(Column.PHONE, "")),
        "place": found.get(Column.PLACE, ""),
        "street": _street(found),
        "postcode": found.get(Column.POSTCODE, ""),
        "country": found.get(Column.COUNTRY, ""),
        "job": found.get(Column.JOB, ""),
    }
    if any(len(text) > LONGEST[key] for key, text in texts.items()):
        remarks.append(_("a text was too long and is cut"))
    texts = {key: text[: LONGEST[key]] for key, text in texts.items()}
    group, explicit = _group(found.get(Column.GROUP, ""), labels)
    spoken = _language(found.get(Column.LANGUAGE, ""), language, remarks)
    written = mended_name(name, row.organisation)
    row = JudgedRow(
        line,
        Verdict.NEW,
        (),
        written,
        stood=name if written != name else "",
        email=email,
        unusable=unusable,
        language=spoken or language,
        explicit_language=bool(spoken),
        group=group,
        explicit_group=explicit,
        **texts,
    )
    return _reached(row, channel_of(found.get(Column.CHANNEL, "")), remarks)


def _reached(row: JudgedRow, wish: str, remarks: list[str]) -> JudgedRow:
    """Choose the channel: the wish where it is possible, else mail, letter, telephone in this order."""
    possible = {"mail": bool(row.email), "letter": bool(row.street and row.place), "phone": bool(row.phone)}
    if wish == "intermediary":
        remarks.append(_("choose afterwards through whom"))
    channel = wish if possible.get(wish) else next((key for key, can in possible.items() if can), "phone")
    said = {
        "mail": "",
        "letter": _("by letter"),
        "phone": _("by telephone") if row.phone else _("letter or telephone: still to be filled in"),
    }[channel]
    if said:
        remarks.insert(0, said)
    remarks += _complaint(row)
    verdict = row.verdict if row.email else Verdict.WITHOUT
    return replace(row, verdict=verdict, channel=channel, remarks=tuple(remarks))


def _compare(row: JudgedRow, seen: _Seen, judged: list[JudgedRow]) -> JudgedRow:
    """Recognise somebody already met. The first in the list takes up what a later one adds."""
    key = _key(row.name, row.organisation)
    met = seen.by_email.get(row.email.casefold()) if row.email else None
    if met is not None and not _same_person(row, met, judged):
        row = _reached(replace(row, email=""), "", [_("the address is somebody else’s already")])
        met = None
    if met is None:
        alike = seen.by_name.get(key)
        met = _by_name(row, alike, judged)
        if alike is not None and met is None:
            row = replace(row, is_lookalike=True, remarks=(*row.remarks, _("the same name, another address")))
        elif alike is None:
            row, alike = _perhaps(row, seen)
        if row.is_lookalike and row.line in seen.same:
            row, met = replace(row, is_same=True), alike
    position = len(judged)
    if isinstance(met, Known):
        remarks = (*([_("one person, as you ticked")] if row.is_same else []), *_complaint(row))
        row = replace(row, verdict=Verdict.DOUBLE, merges=met.id, remarks=remarks)
    elif met is not None:
        judged[met] = _taken_up(judged[met], row)
        remarks = (_("twice in your list"), *_complaint(row))
        row, position = replace(row, verdict=Verdict.DOUBLE, remarks=remarks), met
    if row.email:
        seen.by_email[row.email.casefold()] = position
    seen.by_name[key] = position
    seen.names.setdefault(sort_key(row.name), (row.organisation, position))
    return row


def _perhaps(row: JudgedRow, seen: _Seen) -> tuple[JudgedRow, int | Known | None]:
    """The same name where one of the two has no organisation: said, and left to the reader."""
    organisation, met = seen.names.get(sort_key(row.name), ("", None))
    if met is None or (organisation and row.organisation):
        return row, None
    same = f"{row.name}, {organisation}" if organisation else row.name
    remark = _("perhaps the same as %(name)s") % {"name": same}
    return replace(row, is_lookalike=True, remarks=(*row.remarks, remark)), met


def _same_person(row: JudgedRow, met: int | Known, judged: list[JudgedRow]) -> bool:
    """Whether one address means one person: a desk shared by two names does not."""
    name = met.name if isinstance(met, Known) else judged[met].name
    ours, theirs = row.name.casefold().split(), name.casefold().split()
    derived = _name_from(row.email, row.organisation).casefold().split()
    return ours[-1] == theirs[-1] or derived in (ours, theirs)


def _by_name(row: JudgedRow, met: int | Known | None, judged: list[JudgedRow]) -> int | Known | None:
    """The same name at the same organisation is the same person, unless both have an address of their own."""
    if met is None:
        return None
    email = met.email if isinstance(met, Known) else judged[met].email
    return None if row.email and email else met


def _taken_up(first: JudgedRow, later: JudgedRow) -> JudgedRow:
    open_ones = (key for key in FILLED if not getattr(first, key) and getattr(later, key))
    added: dict[str, Any] = {key: getattr(later, key) for key in open_ones}
    if later.explicit_language and not first.explicit_language:
        added |= {"language": later.language, "explicit_language": True}
    if not added or (first.verdict == Verdict.DOUBLE and first.merges is None):
        return first
    row = replace(first, **added)
    if first.email or not row.email or first.merges is not None:
        return row
    return replace(row, verdict=Verdict.NEW, channel="mail", remarks=())


def _name(found: Mapping[Column, str]) -> str:
    parts = [found.get(column, "") for column in (Column.FIRST, Column.MIDDLE, Column.LAST)]
    whole = " ".join(part for part in parts if part) or found.get(Column.NAME, "")
    last, comma, first = whole.partition(", ")
    if comma and first and "," not in first and len(last.split()) < 4:
        return f"{first} {last}"
    return "" if ADDRESS.fullmatch(whole) else whole


def _street(found: Mapping[Column, str]) -> str:
    """Street and house number; a number alone is no address."""
    street = found.get(Column.STREET, "")
    return " ".join(filter(None, (street, found.get(Column.NUMBER)))) if street else ""


def _name_from(email: str, organisation: str) -> str:
    """A name when there is nothing else: the words of the mailbox, or for a desk its organisation."""
    mailbox = email.partition("@")[0]
    if not mailbox:
        return ""
    if is_generic(mailbox):
        return organisation or email
    words = [word for word in re.split(r"[._\-+\d]+", mailbox) if word]
    return " ".join(word.capitalize() for word in words) or email


def _email(raw: str) -> tuple[str, str]:
    """The address that can be used, or else the one that is complete but that mail servers do not accept."""
    found = ADDRESS.search(raw.replace("mailto:", ""))
    address = found.group().strip(".'`") if found else ""
    if len(address) > LONGEST["email"]:
        return "", ""
    try:
        checked_address(address)
    except UnusableLettersError:
        return "", address
    except DomainError:
        return "", ""
    return address.lower(), ""


def _complaint(row: JudgedRow) -> list[str]:
    """What to say of an address that is left out."""
    if not row.unusable:
        return []
    sentence = _("the address “%(address)s” has letters that mail servers do not accept: ask for another")
    return [sentence % {"address": row.unusable}]


def _phone(raw: str) -> str:
    digits = re.sub(r"\D", "", raw)
    # Excel takes the zero off a number
    return f"0{raw}" if raw == digits and len(digits) == 9 and not raw.startswith("0") else raw


def _group(said: str, labels: Mapping[str, str]) -> tuple[str, bool]:
    """The group a list names; what it does not name is guessed once all rows are known."""
    if said:
        known = labels.get(said.casefold()) or suggest_group(said)
        if known:
            return known, True
    return "", False


def _language(said: str, default: str, remarks: list[str]) -> str:
    """The language the list names, "" when it names none we know."""
    code = language_of(said)
    if said and not code:
        remarks.append(_("language not recognised"))
    elif code and code != default:
        remarks.append(said[:40])
    return code


def _key(name: str, organisation: str) -> tuple[str, str]:
    return " ".join(name.casefold().split()), " ".join(organisation.casefold().split())
