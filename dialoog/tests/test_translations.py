"""Dutch is complete, and the compiled catalogue is the one that was written."""

import re

import polib
import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "dialoog" / "locale" / "nl" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\((\w+)\)0?\d*[sd]|\{(\w*)\}")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def test_nothing_is_left_untranslated(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_placeholders_are_the_same(catalogue):
    wrong = []
    for entry in catalogue:
        source = names(entry.msgid) | names(entry.msgid_plural)
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and not names(text) <= source:
                wrong.append(entry.msgid)
            if entry.msgstr and names(entry.msgstr) != names(entry.msgid):
                wrong.append(entry.msgid)

    assert sorted(set(wrong)) == []


def test_compiled_catalogue_is_the_written_one(catalogue):
    compiled = polib.mofile(str(FOLDER / "django.mo"))

    assert {(e.msgctxt, e.msgid, e.msgstr) for e in compiled} == {
        (e.msgctxt, e.msgid, e.msgstr) for e in catalogue if not e.obsolete
    }


def test_guests_never_read_our_own_jargon(catalogue):
    jargon = re.compile(r"\b(stakeholder|imvo|mandaat|briefing|hash)\b", re.IGNORECASE)
    wrong = [
        entry.msgstr
        for entry in catalogue
        if any("portal/guest" in path or "portal/_guest" in path for path, _line in entry.occurrences)
        and jargon.search(entry.msgstr)
    ]

    assert wrong == []


def names(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}
