"""From link to cookie to page: whose phone it is, and what it may open (decisions.md 8, 9)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from dialoog.kernel.prepared import Prepared
from dialoog.kernel.ui.languages import asked_language, language_links
from sessions.models import BriefingCopy, BriefingStatus, DialogueSession, Invitation, Status, Wish, WishKind
from sessions.reading import interface_language
from stakeholders.models import AccessLink, Person

YEAR = timedelta(days=400)
MOST_IDENTITIES = 40
_SALT = "dialoog.guest"


@dataclass(frozen=True)
class Phone:
    """What the signed cookie of a phone remembers: links it opened, oldest first, and the language chosen."""

    links: tuple[tuple[int, int], ...] = ()
    language: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The phone as its cookie says; a cookie that is missing, forged or too old is an empty phone."""
        try:
            found = signing.loads(
                request.COOKIES.get(settings.GUEST_COOKIE_NAME, ""), salt=_SALT, max_age=YEAR
            )
        except signing.BadSignature:
            return cls()
        return cls(tuple((pk, generation) for pk, generation in found["links"]), found["language"])

    def knowing(self, link: AccessLink) -> Self:
        """With this link last; the oldest make room when there are too many for one cookie."""
        mine = (link.pk, link.generation)
        return replace(self, links=(*(pair for pair in self.links if pair != mine), mine)[-MOST_IDENTITIES:])

    def keep(self, response: HttpResponse) -> None:
        value = signing.dumps({"links": self.links, "language": self.language}, salt=_SALT, compress=True)
        response.set_cookie(
            settings.GUEST_COOKIE_NAME,
            value,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.BASE_URL.startswith("https://"),
        )


class GuestRequest(HttpRequest):
    """A request of a guest; `guest_page` and `intermediary_page` have proved the fields below `phone`."""

    phone: Phone
    csrf_refused: bool
    link: AccessLink
    guest: Person
    invitation: Invitation
    session_asked: DialogueSession
    reached: list[Invitation]


View = Callable[..., HttpResponse]


def open_page(view: View) -> View:
    """A page without sign-in: never stored, never indexed, in the language of the phone."""

    @login_not_required
    @wraps(view)
    def opened(request: Any, *args: object, **kwargs: object) -> HttpResponse:
        request.phone = Phone.of(request)
        request.csrf_refused = getattr(request, "csrf_refused", False)
        chosen = asked_language(request)
        if chosen:
            request.phone = replace(request.phone, language=chosen)
        if request.phone.language:
            translation.activate(request.phone.language)
        response = view(request, *args, **kwargs)
        if chosen:
            request.phone.keep(response)
        add_never_cache_headers(response)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    opened.is_guest_page = True  # type: ignore[attr-defined]
    return opened


def guest_page(view: View) -> View:
    """Prove that this phone may open the invitation in the address; explain kindly when it may not."""
    return _proving(view, _with_page)


def short_guest_page(view: View) -> View:
    """The same for a page that shows nothing of what was told before: it asks the database for much less."""
    return _proving(view, _with_session)


def _proving(view: View, read: Callable[[list[int], int], list[Invitation]]) -> View:
    @open_page
    @wraps(view)
    def proved(request: GuestRequest, invitation: int, **kwargs: object) -> HttpResponse:
        links = links_of(request.phone)
        row = next(iter(read([link.person_id for link in links], invitation)), None)
        if row is None:
            return stranger(request)
        link = next(link for link in links if link.person_id == row.person_id)
        row.person = link.person  # read already
        request.link, request.guest, request.invitation = link, row.person, row
        speak(request, row.person)
        if not link.works():
            return gone(request, link.person)
        if row.is_withdrawn:
            return gone(request, link.person, invitation=row)
        return view(request, **kwargs)

    return proved


def intermediary_page(view: View) -> View:
    """Prove that people are reached through this phone's owner at the session in the address."""

    @open_page
    @wraps(view)
    def proved(request: GuestRequest, session: int, **kwargs: object) -> HttpResponse:
        links = links_of(request.phone)
        reached = reached_through(session, (link.person_id for link in links))
        # why: two intermediaries may share a phone; the one who opened their link last is meant
        holders = {row.person.intermediary_id for row in reached}
        link = next((link for link in links if link.person_id in holders), None)
        if link is None:
            return stranger(request)
        speak(request, link.person)
        if not link.works():
            return gone(request, link.person)
        request.link, request.guest = link, link.person
        request.reached = [row for row in reached if row.person.intermediary_id == link.person_id]
        request.session_asked = request.reached[0].session
        return view(request, **kwargs)

    return proved


def links_of(phone: Phone) -> list[AccessLink]:
    """The links of a phone, those that work first, then the newest; one query."""
    if not phone.links:
        return []
    place = {pair: number for number, pair in enumerate(phone.links)}
    rows = _LINKS(pks=[pk for pk, _generation in place])
    found = [link for link in rows if (link.pk, link.generation) in place]
    return sorted(found, key=lambda link: (not link.works(), -place[link.pk, link.generation]))


_LINKS = Prepared(
    lambda pks: AccessLink.objects.select_related("person__workspace", "person__organisation").filter(
        pk__in=pks
    )
)


class _Invitations(QuerySet[Invitation]):
    """Invitations as the page reads them, in one query."""

    def with_session(self) -> Self:
        return self.select_related(None).select_related("session__dialogue__workspace")

    def with_page(self) -> Self:
        """With session, group, who replaces them, the last copy and their own wishes."""
        copies = BriefingCopy.objects.filter(
            invitation=OuterRef("pk"), briefing__status__in=[BriefingStatus.SENDING, BriefingStatus.SENT]
        ).order_by("-briefing_id")
        told = JSONObject(
            kind="briefing__kind",
            why="why_you",
            ask="what_we_ask",
            level="influence",
            clear="clear",
            pdf="file__pdf",
        )
        rows = self.with_session().select_related("group", "replaced_by")
        return rows.annotate(
            told=Subquery(copies.values(data=told)[:1]),
            wish_agenda=Subquery(_own_wish(WishKind.AGENDA)),
            wish_last_time=Subquery(_own_wish(WishKind.LAST_TIME)),
        )


def _own_wish(kind: WishKind) -> QuerySet[Wish, Any]:
    wish = JSONObject(text="text", response="response", day="agenda_item__day", title="agenda_item__title")
    return Wish.objects.filter(invitation=OuterRef("pk"), kind=kind).values(data=wish)[:1]


def invitations_of(people: Iterable[int]) -> _Invitations:
    """What was sent to these people, also when withdrawn; once held also what was never mailed."""
    seen = Q(sent_at__isnull=False) | Q(session__status__in=[Status.HELD, Status.REPORTED])
    rows = _Invitations(Invitation).filter(seen, person__pk__in=list(people))
    return rows.select_related(
        "session__dialogue__workspace", "person__organisation", "person__workspace", "group", "replaced_by"
    )


_ONE_WITH_SESSION = Prepared(lambda people, pk: invitations_of(people).filter(pk=pk).with_session())
_ONE_WITH_PAGE = Prepared(lambda people, pk: invitations_of(people).filter(pk=pk).with_page())


def _with_session(people: list[int], pk: int) -> list[Invitation]:
    return _ONE_WITH_SESSION(people=people, pk=pk)


def _with_page(people: list[int], pk: int) -> list[Invitation]:
    return _ONE_WITH_PAGE(people=people, pk=pk)


def reached_through(session: int, people: Iterable[int]) -> list[Invitation]:
    """The invitations at a session of people who are reached through these, in the order of their names."""
    rows = Invitation.objects.open().filter(session=session, person__intermediary__in=list(people))
    seen = rows.filter(Q(sent_at__isnull=False) | Q(session__status__in=[Status.HELD, Status.REPORTED]))
    found = seen.select_related("session__dialogue__workspace", "person", "group")
    return sorted(found, key=lambda row: (len(row.person.name), row.person.name.casefold(), row.pk))


def speak(request: GuestRequest, person: Person) -> None:
    """Use the language chosen on this phone, else the person's own."""
    translation.activate(request.phone.language or interface_language(person.language))


def stranger(request: GuestRequest) -> HttpResponse:
    """Not an invitation of this phone: 404 in kind words; what was typed is given back."""
    if request.method == "POST":
        return render(request, "portal/guest_mismatch.html", {"typed": typed_in(request)}, status=403)
    return render(request, "portal/guest_unknown.html", {"language_links": language_links()}, status=404)


def typed_in(request: HttpRequest) -> list[str]:
    """The words somebody wrote in a form that cannot be shown again."""
    names = [name for name in _WRITTEN if request.POST.get(name, "").strip()]
    return [request.POST[name].replace("\0", "") for name in names]


_WRITTEN = (
    "note",
    "deputy_name",
    "question",
    "agenda",
    "last_time",
    "rules_note",
    "needs_note",
    "number",
    "different",
    "meaning",
    "missing",
    "text",
)


def gone(request: GuestRequest, person: Person, invitation: Invitation | None = None) -> HttpResponse:
    """The link stopped, or the invitation was withdrawn: 410 with whom to call."""
    last = invitation or invitations_of([person.pk]).order_by("-sent_at", "-pk").first()
    context: dict[str, Any] = {
        "contact": {"organisation": person.workspace.name},
        "language_links": language_links(),
    }
    if last is not None:
        session = last.session
        context["contact"]["name"] = session.contact_name
        context["contact"]["phone"] = session.contact_phone
        context["contact"]["email"] = session.contact_email
    if invitation is not None:
        context["session"] = invitation.session
        context["reason"] = _("You are no longer invited to this meeting.")
    return render(request, "portal/guest_gone.html", context, status=410)
