"""One page for all people reached through somebody: protection first, read aloud once, one tap per person."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.portal.guest import actions, forms
from dialoog.portal.guest.access import GuestRequest, intermediary_page, stranger
from dialoog.portal.guest.page import Mounted, mounted, shell, status_of
from dialoog.portal.guest.proposals import waiting_for
from feedback.models import Moment, Participation, Questionnaire, Report, ReportCopy
from feedback.people import asked_people
from feedback.views import guest as feedback
from sessions import wording
from sessions.actions.respond import respond
from sessions.models import Answer, BriefingKind, Invitation, Question, SessionGroup, Status, Via
from sessions.reading import FALLBACK, Reading
from sessions.telling import live
from stakeholders.visibility import protected_together


@intermediary_page
@require_safe
def intermediary_detail(request: GuestRequest) -> HttpResponse:
    return _show(request)


@intermediary_page
@require_http_methods(["GET", "HEAD", "POST"])
def intermediary_answer(request: GuestRequest) -> HttpResponse:
    """One tap: the answer of one person, passed on."""
    if request.method != "POST":
        return _show(request)
    row = _meant(request)
    if row is None:
        return stranger(request)
    form = forms.TapForm(request.POST, owner=row.person, refused=request.csrf_refused)
    if form.is_valid():
        try:
            respond(
                invitation=row,
                answer=Answer(form.cleaned_data["answer"]),
                via=Via.INTERMEDIARY,
                by=Actor.guest(request.guest.pk),
            )
        except DomainError as error:
            form.add_error(None, str(error))
    if form.errors:
        return _show(request, bound=form)
    messages.success(request, _("Saved for %(name)s.") % {"name": row.person.name})
    return redirect(reverse("portal:intermediary_detail", args=[row.session_id]) + "#answers")


@intermediary_page
@require_http_methods(["GET", "HEAD", "POST"])
def intermediary_question(request: GuestRequest) -> HttpResponse:
    """A question of one of them, without a name."""
    if request.method != "POST":
        return _show(request)
    row = _meant(request)
    if row is None and request.POST.get("person"):
        return stranger(request)
    form = forms.AskForOtherForm(
        request.POST,
        owner=request.guest,
        people=_people(request),
        refused=request.csrf_refused,
        reading=_reading(request),
    )
    if row is None or not form.is_valid():
        return _show(request, bound=form)
    actions.ask(row, form.cleaned_data, via=Via.INTERMEDIARY, by=Actor.guest(request.guest.pk))
    messages.success(request, _("The question of %(name)s is sent.") % {"name": row.person.name})
    return redirect(reverse("portal:intermediary_detail", args=[row.session_id]) + "#content")


@intermediary_page
@require_http_methods(["GET", "HEAD", "POST"])
def intermediary_feedback(request: GuestRequest, invitation: int) -> HttpResponse:
    """How it was for one of them."""
    return _mounted(request, invitation, feedback.guest_feedback)


@intermediary_page
@require_http_methods(["GET", "HEAD", "POST"])
def intermediary_report(request: GuestRequest, invitation: int) -> HttpResponse:
    """What came of it, as one of them may read it."""
    return _mounted(request, invitation, feedback.guest_report)


def _mounted(request: GuestRequest, invitation: int, view: Mounted) -> HttpResponse:
    row = next((row for row in request.reached if row.pk == invitation), None)
    if row is None:
        return stranger(request)
    home_url = reverse("portal:intermediary_detail", args=[row.session_id])
    return mounted(request, view, row, shell=lambda: shell(request.session_asked), home_url=home_url)


def _meant(request: GuestRequest) -> Invitation | None:
    """The invitation of the person the form carries; another intermediary's person is not here."""
    chosen = request.POST.get("person", "")
    return next((row for row in request.reached if str(row.person_id) == chosen), None)


def _people(request: GuestRequest) -> list[tuple[str, str]]:
    return [(str(row.person_id), row.person.name) for row in request.reached]


def _reading(request: GuestRequest) -> Reading:
    """What all of them are told: with the words for their group."""
    first = request.reached[0]
    group = SessionGroup.objects.filter(session=first.session_id, group=first.group_id).first()
    personal = {"why": group.why_you, "ask": group.what_we_ask, "level": group.influence} if group else {}
    language = get_language() or FALLBACK
    return live(request.session_asked, language, kind=BriefingKind.INVITATION, **personal)


def _show(request: GuestRequest, bound: Any = None) -> HttpResponse:
    session, reading = request.session_asked, _reading(request)
    question = forms.AskForOtherForm(owner=request.guest, people=_people(request), reading=reading)
    answered = sum(1 for row in request.reached if row.answer)
    context = {
        "session": session,
        "reading": reading,
        "person": request.guest,
        "reached": request.reached,
        "answered": answered,
        "change": request.GET.get("change", ""),
        "count": _count(len(request.reached)),
        "others_see": _others_see(request.reached),
        "aloud": [sentence for sentence in _aloud(reading) if sentence],
        "asking": _asking(request.reached),
        "is_open": session.status != Status.CANCELLED and not session.has_started and not session.is_closed,
        "is_over": _is_over(request),
        **_after(request),
        "form": bound if isinstance(bound, forms.AskForOtherForm) else question,
        "bound": bound,
        **shell(session),
    }
    return render(request, "portal/intermediary_detail.html", context, status=status_of(request, bound))


def _is_over(request: GuestRequest) -> bool:
    """Whether the meeting was held or called off: nothing is read aloud any more, only asked how it was."""
    return request.session_asked.is_closed or request.session_asked.has_ended


def _after(request: GuestRequest) -> dict[str, Any]:
    """Who can still tell how it was, for whom there is a report, and of whom a change asks their view."""
    if not _is_over(request):
        return {}
    reached = [row.pk for row in request.reached]
    asked = set(asked_people(request.session_asked).filter(pk__in=reached).values_list("pk", flat=True))
    sheet = Questionnaire.objects.filter(session=request.session_asked, moment=Moment.AFTER).first()
    if sheet is None or not sheet.is_open:
        asked = set()
    told = Participation.objects.filter(questionnaire=sheet, invitation__in=reached)
    copies = ReportCopy.objects.filter(invitation__in=reached, report__in=Report.objects.sent())
    asked_of = waiting_for(reached)
    return {
        "may_tell": asked - set(told.values_list("invitation_id", flat=True)),
        "reported": set(copies.values_list("invitation_id", flat=True)),
        "proposed": [(row, asked_of[row.pk]) for row in request.reached if row.pk in asked_of],
    }


def _count(number: int) -> str:
    return ngettext(
        "%(count)d person is invited through you", "%(count)d people are invited through you", number
    ) % {"count": number}


def _others_see(reached: Iterable[Invitation]) -> str:
    """How others read of them: “six people of the group “Workers””."""
    return ", ".join(protected_together(row.person for row in reached))


def _asking(reached: list[Invitation]) -> set[int]:
    rows = Question.objects.filter(invitation__in=[row.pk for row in reached])
    return set(rows.values_list("invitation_id", flat=True))


def _aloud(reading: Reading) -> list[str]:
    """The invitation in sentences, to be read aloud."""
    where = f" {reading.place}." if reading.place else ""
    return [
        wording.full_stop(_("This is an invitation to a meeting: %(title)s") % {"title": reading.title}),
        f"{reading.days}, {reading.hours}.{where}" if reading.starts_at else f"{reading.days}.{where}",
        str(reading.why),
        str(reading.ask),
        str(reading.goal),
        str(reading.use),
        str(reading.not_used),
        str(reading.say),
        str(reading.decided),
        reading.confidential,
        _("You hear from us:") + " " + reading.report if reading.report else "",
        _("Do you want to come? You may say no. You may say: later."),
    ]
