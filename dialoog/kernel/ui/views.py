"""Pages for looking: every component once, with invented words."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from dialoog.kernel.ui import figures, icons, shapes
from dialoog.kernel.ui.samples import SampleForm, SampleGuestForm, SampleScreenForm

PERSON = SimpleNamespace(name="Eva Kuipers", email="eva@example.org", initials="EK", is_authenticated=True)
WORKSPACE = SimpleNamespace(name="Branchevereniging Woon & Tafel", slug="woon-tafel", is_demo=True)
CONTACT = {"name": "Eva Kuipers", "organisation": "Branchevereniging Woon & Tafel", "phone": "070 000 00 00"}
ANSWERS = (
    ("square", "Companies", "comes comes comes comes later no no open open"),
    ("triangle", "Government", "comes comes partly"),
    ("circle", "NGOs", "comes comes comes open"),
    ("diamond", "Unions", "comes comes"),
    ("hexagon", "Suppliers", "partly open"),
    ("ring", "Finance", "comes open"),
    ("dome", "Knowledge institutes", "comes"),
    ("wedge", "Customers", "open"),
)
LIKERT = (
    ("My influence was clear beforehand", (0, 1, 2, 6, 8)),
    ("The right people were at the table", (1, 3, 3, 7, 3)),
    ("I could follow the conversation", (0, 2, 2, 6, 7)),
)
ROAD = ("Meeting", "Expectations", "Decision", "People", "Table", "Preview", "Send")


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    request.workspace = WORKSPACE  # type: ignore[attr-defined]
    rows = [counts for _question, counts in LIKERT]
    context = {
        **_common(),
        "nav": "sessions",
        "form": _with_errors(SampleForm),
        "shapes": shapes.SHAPES.values(),
        "icons": sorted(icons.ICONS),
        "levels": figures.LEVELS,
        "groups": [(key, len(states.split())) for key, _name, states in ANSWERS],
        "answers": [(key, name, states.split()) for key, name, states in ANSWERS],
        "states": figures.STATES,
        "seats": _seats(),
        "likert": LIKERT,
        "axis": figures.likert_axis(rows),
        "page": Paginator(range(200), 10).page(7),
    }
    return TemplateResponse(request, "ui/components.html", context)


@login_not_required
def screen(request: HttpRequest) -> HttpResponse:
    request.workspace = WORKSPACE  # type: ignore[attr-defined]
    now = 2
    states = ["past" if n < now else "now" if n == now else "next" for n in range(1, 8)]
    context = {
        **_common(),
        "about": "Risks in the chain of living and dining",
        "road": [
            {"n": n, "name": name, "url": "#" if state == "past" else None, "state": state}
            for n, (name, state) in enumerate(zip(ROAD, states, strict=True), 1)
        ],
        "road_left": "6 screens to go, about 17 minutes",
        "back_url": "#",
        "next_label": "Continue: how is decided",
        "saved_at": datetime(2027, 1, 6, 12, 46, tzinfo=UTC),
        "autosave_url": "draft/",
        "form": SampleScreenForm(),
        "levels": figures.LEVELS,
    }
    return TemplateResponse(request, "ui/screen.html", context)


@login_not_required
def guest(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "ui/guest.html", {**_common(), "form": _with_errors(SampleGuestForm)})


@login_not_required
@csp_update({"style-src": [SELF, UNSAFE_INLINE]})
def mail(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "ui/mail.html", {**_common(), "subject": "Invitation 2 March"})


@login_not_required
@csp_update({"style-src": [SELF, UNSAFE_INLINE]})
def paper(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "ui/paper.html", paper_context())


@login_not_required
def entrance(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "404.html", _common())


def paper_context() -> dict[str, Any]:
    return {
        **_common(),
        "version_line": "Changed on 16 February 2027. First version 22 January. You may pass this on.",
        "groups": [(key, len(states.split())) for key, _name, states in ANSWERS],
    }


def _common() -> dict[str, Any]:
    return {
        "user": PERSON,
        "contact": CONTACT,
        "day_sample": date(2027, 3, 2),
        "moment": datetime(2027, 3, 2, 9, 0, tzinfo=UTC),
        "language_links": [{"code": "nl", "name": "Lees dit in het Nederlands", "url": "#nl"}],
        "accessibility_url": "#accessibility",
        "forget_url": "#forget",
    }


def _seats() -> list[figures.Seat]:
    taken = [figures.Seat(key) for key, _name, states in ANSWERS for _state in states.split()]
    return [*taken, figures.Seat("cross", taken=False), figures.Seat("arch", taken=False)]


def _with_errors(form_class: type) -> Any:
    return form_class({"influence": "everything"})
