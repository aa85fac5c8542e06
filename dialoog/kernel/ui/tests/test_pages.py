"""The shells with and without a workspace, mails and paper, and the limits of style and weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils import translation

from dialoog.kernel.ui.views import WORKSPACE

STATIC = settings.BASE_DIR / "static"
TEMPLATES = settings.BASE_DIR / "templates"
OURS = ("allauth", "components", "dialoog", "account", "ui")
pytestmark = pytest.mark.urls("dialoog.kernel.ui.tests.urls")


def _templates() -> list[Path]:
    shells = [
        TEMPLATES / f"{name}.html" for name in ("shell", "base", "screen", "guest", "entrance", "404", "500")
    ]
    ours = [path for folder in OURS for path in (TEMPLATES / folder).rglob("*.html")]
    return shells + [path for path in ours if path.name != "mail.html"]


@pytest.mark.parametrize("path", ["", "screen/", "guest/", "mail/", "paper/", "entrance/"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_page_of_the_style_guide_renders(client, db, path, language):
    client.cookies["django_language"] = language
    assert client.get(f"/ui/{path}").status_code == 200


def test_menu_shows_what_exists_and_marks_where_one_is(client, db):
    html = client.get("/ui/").content.decode()

    assert '<a href="/w/woon-tafel/meetings/" aria-current="page">Meetings</a>' in html
    assert "/w/woon-tafel/people/" in html
    assert "Commitments</a>" not in html


def test_at_refuses_a_page_that_does_not_exist(rf):
    request = rf.get("/")
    request.workspace = WORKSPACE

    assert Template('{% at "portal:home" %}').render(Context({"request": request})) == "/w/woon-tafel/"
    with pytest.raises(NoReverseMatch):
        Template('{% at "portal:nowhere" %}').render(Context({"request": request}))


def test_a_mail_without_a_reason_is_refused():
    with pytest.raises(TemplateSyntaxError, match="reason"):
        render_to_string("emails/base.html", {"subject": "x"})


def test_page_numbers_on_paper_follow_the_language():
    assert Template("{% page_count_css %}").render(Context()) == (
        '"page " counter(page) " of " counter(pages) ""'
    )


def test_direction_follows_the_language():
    with translation.override("ar"):
        assert Template("{% text_direction %} {% text_start %}").render(Context()) == "rtl right"


def test_unknown_status_is_refused():
    with pytest.raises(TemplateSyntaxError, match="status"):
        Template('{% status "nice" "x" %}').render(Context())


def test_status_escapes_its_words():
    assert "&lt;b&gt;" in Template("{% status 'done' words %}").render(Context({"words": "<b>"}))


@pytest.mark.parametrize("path", _templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_templates_hold_no_style_script_or_handler_of_their_own(path):
    source = path.read_text()

    assert not re.search(r'\sstyle="', source)
    assert not re.search(r"\son[a-z]+=", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source)


def test_sheets_shout_only_on_paper():
    for sheet in (STATIC / "css").glob("*.css"):
        shouting = [line for line in sheet.read_text().splitlines() if "!important" in line]
        assert all("@media print" in line for line in shouting), sheet.name


def test_guest_page_stays_light(client, db):
    sheet = (STATIC / "css" / "guest.css").read_bytes()
    page = client.get("/ui/guest/").content

    assert len(gzip.compress(sheet)) < 8_000
    assert len(sheet) + len(page) < 80_000


def test_scripts_never_evaluate_text():
    for script in (STATIC / "js").glob("*.js"):
        assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", script.read_text()), (
            script.name
        )
