"""PDF, letters and calendar files, looked at from outside."""

import io
import subprocess
from datetime import UTC, datetime
from hashlib import sha256

import icalendar
import pikepdf
import pytest

from dialoog.kernel.documents.calendar import Entry, calendar_file
from dialoog.kernel.documents.letters import print_letters
from dialoog.kernel.documents.pdf import render_pdf
from dialoog.kernel.errors import DomainError

PAGE = """<!doctype html><html lang="nl"><head><title>x</title></head><body>
<h1>Welke grondstoffen pakken we samen aan? İş</h1>
<p>Tekst met “aanhalingstekens”, 25 € en हिन्दी</p>{extra}</body></html>"""


def pdf_of(extra: str = "", **changes: str) -> bytes:
    named = {"identifier": "abc", "title": "Informatie", "language": "nl", **changes}
    return render_pdf(PAGE.replace("{extra}", extra), **named)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_pdf_is_tagged_named_and_in_its_language():
    with pikepdf.open(io.BytesIO(pdf_of())) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "nl"
        assert str(pdf.docinfo.Title) == "Informatie"
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_pdf_holds_the_words_as_text():
    text = text_of(pdf_of())

    assert "Welke grondstoffen pakken we samen aan? İş" in text
    assert "25 €" in text


def test_pdf_embeds_every_font_and_only_ours():
    done = subprocess.run(["pdffonts", "-"], input=pdf_of(), capture_output=True, check=True)
    fonts = done.stdout.decode().splitlines()[2:]

    assert fonts
    assert all("Dialoog" in line and " yes yes " in line for line in fonts)


def test_pdf_is_the_same_for_the_same_content_and_another_for_another():
    assert sha256(pdf_of()).digest() == sha256(pdf_of()).digest()
    assert sha256(pdf_of()).digest() != sha256(pdf_of(identifier="abd")).digest()


def test_pdf_has_no_date_of_making():
    with pikepdf.open(io.BytesIO(pdf_of())) as pdf:
        assert "/CreationDate" not in pdf.docinfo


@pytest.mark.parametrize(
    "address", ["https://example.org/x.png", "file:///etc/hosts", "/static/../manage.py"]
)
def test_pdf_fetches_nothing_from_outside(address, caplog):
    pdf_of(f'<img alt="a picture" src="{address}">')

    assert "may only use files of its own" in caplog.text


def test_pdf_shows_a_picture_of_our_own():
    pdf = pdf_of('<img alt="Dialoog" src="/static/img/icon.svg">')

    assert len(pdf) > len(pdf_of())


def test_characters_without_a_glyph_are_refused_by_name():
    with pytest.raises(DomainError, match="漢 🎉"):
        pdf_of("<p>漢 🎉</p>")


def test_invisible_and_decomposed_characters_need_no_glyph():
    assert pdf_of("<p>e\u0301\u00ad\u200d\ufeff</p>")


def test_a_style_sheet_in_the_page_is_not_text():
    assert pdf_of("<style>p::after{content:'漢'}</style>")


BODY = PAGE.replace("{extra}", "")


def printed(letters, *, cover, enclosed=lambda _letter: BODY, shared=lambda _letter: "one"):
    return print_letters(
        letters,
        cover=cover,
        enclosed=enclosed,
        shared=shared,
        identifier="x",
        title="Brieven",
        language="nl",
    )


def test_letters_follow_each_cover_with_the_shared_pages():
    pdf = printed(
        range(25), cover=lambda n, pages: f'<div class="letter"><p class="addr">Person {n} {pages}</p></div>'
    )

    pages = text_of(pdf).split("\f")[:-1]
    assert len(pages) == 50
    assert [page.strip() for page in pages[::2]] == [f"Person {n} 1" for n in range(25)]
    assert all("Welke grondstoffen" in page and "Person" not in page for page in pages[1::2])
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root


def test_letters_that_enclose_the_same_have_it_laid_out_once():
    made = []

    def enclosed(letter):
        made.append(letter)
        return f"<p>Version {letter[0]}</p>"

    pdf = printed(
        ["a1", "b1", "a2"],
        cover=lambda letter, _pages: f"<p>To {letter}</p>",
        enclosed=enclosed,
        shared=lambda letter: letter[0],
    )

    assert made == ["a1", "b1"]
    pages = [page.strip().splitlines()[0] for page in text_of(pdf).split("\f")[:-1]]
    assert pages == ["To a1", "Version a", "To b1", "Version b", "To a2", "Version a"]


def test_one_letter_holds_nothing_of_anybody_else():
    picture = '<img alt="" src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>">'

    pdf = printed(
        [0, 1, 2][1:2],
        cover=lambda n, _pages: f'<div class="letter"><p>Person {n} secret{n}</p>{picture}</div>',
    )

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2
    assert "secret1" in text_of(pdf)
    assert "secret0" not in text_of(pdf)
    assert "secret2" not in text_of(pdf)


def test_letters_need_somebody():
    with pytest.raises(ValueError, match="at least one"):
        printed([], cover=lambda _letter, _pages: "")


def entry(**changes: object) -> Entry:
    fields: dict[str, object] = {
        "uid": "session-7@dialoog.example.org",
        "sequence": 2,
        "stamp": datetime(2027, 1, 22, 8, tzinfo=UTC),
        "starts_at": datetime(2027, 3, 2, 9, tzinfo=UTC),
        "ends_at": datetime(2027, 3, 2, 15, tzinfo=UTC),
        "zone": "Europe/Amsterdam",
        "summary": "Grondstoffen; wat nu?",
        "location": "De Brug, Den Haag",
        "description": "Eerste regel\nTweede regel",
        "organiser_name": 'Eva "Kuipers"',
        "organiser_email": "eva@example.org",
    }
    return Entry(**{**fields, **changes})  # type: ignore[arg-type]


def test_calendar_is_published_in_the_meeting_s_own_zone():
    calendar = icalendar.Calendar.from_ical(calendar_file(entry()))
    event = calendar.events[0]

    assert str(calendar["method"]) == "PUBLISH"
    assert event["dtstart"].to_ical() == b"20270302T100000"
    assert event["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Amsterdam"]
    assert (str(event["uid"]), event["sequence"]) == ("session-7@dialoog.example.org", 2)
    assert str(event["description"]) == "Eerste regel\nTweede regel"
    assert "ATTENDEE" not in event


def test_calendar_of_one_version_is_always_the_same_bytes():
    assert calendar_file(entry()) == calendar_file(entry())
    assert len(calendar_file(entry())) < 2000


def test_calendar_cancels_the_same_entry():
    calendar = icalendar.Calendar.from_ical(calendar_file(entry(sequence=3), is_cancelled=True))

    assert str(calendar["method"]) == "CANCEL"
    assert str(calendar.events[0]["status"]) == "CANCELLED"
    assert str(calendar.events[0]["uid"]) == "session-7@dialoog.example.org"


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York", "UTC"])
def test_calendar_keeps_the_moment_in_every_zone(zone):
    event = icalendar.Calendar.from_ical(calendar_file(entry(zone=zone))).events[0]

    assert event.start == datetime(2027, 3, 2, 9, tzinfo=UTC)


def test_calendar_refuses_an_end_before_the_start():
    with pytest.raises(DomainError):
        calendar_file(entry(ends_at=datetime(2027, 3, 2, 8, tzinfo=UTC)))
