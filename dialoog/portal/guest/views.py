"""The guest page and what a guest can do on it. GET and HEAD change nothing but the cookie."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialoog.kernel.documents.calendar import CANCELLED_MEDIA_TYPE, MEDIA_TYPE
from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from dialoog.kernel.ui.languages import language_links
from dialoog.portal.guest import actions, forms, keeping, mails
from dialoog.portal.guest.access import (
    GuestRequest,
    gone,
    guest_page,
    invitations_of,
    links_of,
    open_page,
    short_guest_page,
    speak,
    stranger,
)
from dialoog.portal.guest.page import (
    Moment,
    Mounted,
    date_choices,
    moment_of,
    mounted,
    reading_of,
    shell,
    show,
    status_of,
    what_came_after,
)
from dialoog.portal.guest.proposals import waiting_for
from feedback.views import guest as feedback
from sessions import file_names
from sessions.calendar import session_calendar
from sessions.models import BriefingKind, Decides, DialogueSession, Invitation, Status
from stakeholders.actions.access import find_link

Act = Callable[[Invitation, actions.Values], None]


@require_safe
@open_page
def guest_enter(request: GuestRequest, token: str) -> HttpResponse:
    """The link of a mail or letter: remember whose it is, and go on to an address without the token."""
    link = find_link(token)
    if link is None:
        return stranger(request)
    speak(request, link.person)
    if not link.works():
        return gone(request, link.person)
    request.phone = request.phone.knowing(link)
    mine = list(invitations_of([link.person_id]).filter(withdrawn_at=None)[:2])
    through = _through([link.person_id])[:2]
    if len(mine) == 1 and not through:
        response = redirect("portal:guest_detail", mine[0].pk)
    elif len(through) == 1 and not mine:
        response = redirect("portal:intermediary_detail", through[0].pk)
    else:
        response = redirect("portal:guest_list")
    request.phone.keep(response)
    return response


@require_safe
@open_page
def guest_list(request: GuestRequest) -> HttpResponse:
    """Everything this phone may open; with one thing only, that thing."""
    links = [link for link in links_of(request.phone) if link.works()]
    if not links:
        return stranger(request)
    speak(request, links[0].person)
    people = [link.person_id for link in links]
    mine = list(invitations_of(people).filter(withdrawn_at=None).order_by("-session__starts_at", "-pk"))
    through = _through(people)
    if len(mine) == 1 and not through:
        return redirect("portal:guest_detail", mine[0].pk)
    if len(through) == 1 and not mine:
        return redirect("portal:intermediary_detail", through[0].pk)
    context = {"invitations": mine, "through": through, "language_links": language_links()}
    return render(request, "portal/guest_list.html", context)


@guest_page
@require_safe
def guest_detail(request: GuestRequest) -> HttpResponse:
    """The page at its moment; once there are questions or a report, those; first what asks their view."""
    if moment_of(request.invitation) == Moment.OVER:
        asked = waiting_for([request.invitation.pk]).get(request.invitation.pk)
        if asked is not None:
            return redirect("portal:guest_proposal", request.invitation.pk, asked)
        after = what_came_after(request.invitation)
        if after["has_report"] or after["has_questions"]:
            name = "guest_report" if after["has_report"] else "guest_feedback"
            return redirect(f"portal:{name}", request.invitation.pk)
    return show(request)


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_answer(request: GuestRequest) -> HttpResponse:
    """The invitation once more, with the answer to give or to change."""
    if request.method != "POST":
        is_open = moment_of(request.invitation) in {Moment.THANKED, Moment.PROGRAMME}
        return show(request, moment=Moment.INVITED if is_open else None)
    form = forms.AnswerForm(
        request.POST,
        owner=request.guest,
        refused=request.csrf_refused,
        reading=reading_of(request.invitation),
        dates=date_choices(request.invitation.session),
    )
    if not done(request, form, actions.give_answer):
        return show(request, bound=form)
    if moment_of(request.invitation) == Moment.PROGRAMME:
        messages.success(request, _("Thank you. Your answer is saved."))
    return to_the_top(request)


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_receipt(request: GuestRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request)
    reading = reading_of(request.invitation)
    form = forms.ReceiptForm(request.POST, owner=request.guest, refused=request.csrf_refused, reading=reading)
    return finish(request, form, actions.give_receipt, _("Thank you. %(name)s sees this."))


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_wishes(request: GuestRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request)
    reading = reading_of(request.invitation)
    form = forms.WishesForm(request.POST, owner=request.guest, refused=request.csrf_refused, reading=reading)
    return finish(request, form, actions.tell, _("Thank you. %(name)s reads this."))


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_preparation(request: GuestRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request)
    form = forms.PreparationForm(
        request.POST,
        owner=request.guest,
        refused=request.csrf_refused,
        reading=reading_of(request.invitation, BriefingKind.PACK),
        decides=request.invitation.session.decides != Decides.NO,
    )
    return finish(request, form, actions.prepare, _("Thank you. %(name)s reads this."))


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_question(request: GuestRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request)
    reading = reading_of(request.invitation)
    form = forms.QuestionForm(
        request.POST, owner=request.guest, refused=request.csrf_refused, reading=reading
    )
    return finish(request, form, actions.ask, _("%(name)s has your question. The answer comes on this page."))


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_call(request: GuestRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request)
    reading = reading_of(request.invitation)
    form = forms.CallForm(request.POST, owner=request.guest, refused=request.csrf_refused, reading=reading)
    return finish(request, form, actions.ask_call, _("%(name)s will call you."))


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_data(request: GuestRequest) -> HttpResponse:
    """What is kept about this person, as a list or as JSON; and the request to erase it."""
    kept = keeping.kept_about(request.invitation)
    if request.GET.get("format") == "json":
        return JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 2})
    form = forms.PersonalForm(
        request.POST if request.method == "POST" else None, owner=request.guest, refused=request.csrf_refused
    )
    if request.method == "POST" and done(request, form, actions.ask_erasure):
        messages.success(request, _("Your request is with the organiser. You hear what happens with it."))
        return redirect("portal:guest_data", request.invitation.pk)
    context = keeping.context_of(request, kept) | {"form": form}
    return render(request, "portal/guest_data.html", context, status=status_of(request, form))


@guest_page
@require_safe
def guest_calendar(request: GuestRequest) -> HttpResponse:
    """The calendar file everybody gets (decisions.md 20)."""
    session = request.invitation.session
    is_cancelled = session.status == Status.CANCELLED
    content = session_calendar(session, reading_of(request.invitation), is_cancelled=is_cancelled)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=CANCELLED_MEDIA_TYPE if is_cancelled else MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_names.calendar_ics()}"'
    return response


@guest_page
@require_safe
def guest_paper(request: GuestRequest) -> HttpResponse:
    """The information as PDF: no name in it, so it may be passed on."""
    told = request.invitation.told or {}  # type: ignore[attr-defined]
    if not told.get("pdf"):
        raise Http404
    response = HttpResponse(store.read(told["pdf"]), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_names.information_pdf()}"'
    return response


@short_guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_feedback(request: GuestRequest) -> HttpResponse:
    """The questions about how it was: their own module judges and keeps the answers."""
    return _mounted(request, feedback.guest_feedback)


@short_guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_report(request: GuestRequest) -> HttpResponse:
    """What came of it, and “is something not right?”."""
    return _mounted(request, feedback.guest_report)


@short_guest_page
@require_safe
def guest_report_paper(request: GuestRequest) -> HttpResponse:
    return feedback.guest_report_pdf(request, request.invitation)


@require_http_methods(["GET", "HEAD", "POST"])
@open_page
def guest_forget(request: GuestRequest) -> HttpResponse:
    """Take everybody off this phone; answers stay."""
    form = forms.ProofForm(request.POST, refused=request.csrf_refused)
    if request.method == "POST" and form.is_valid():
        response = render(request, "portal/guest_forgotten.html")
        response.delete_cookie(settings.GUEST_COOKIE_NAME, samesite="Lax")
        return response
    links = links_of(request.phone)
    if links:
        speak(request, links[0].person)
    context = {"people": [link.person for link in links], "language_links": language_links()}
    context["refused"] = request.csrf_refused
    return render(request, "portal/guest_forget.html", context, status=403 if request.csrf_refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@open_page
def guest_lost(request: GuestRequest) -> HttpResponse:
    """“Send me my link”: the same answer for a known and an unknown address."""
    form = forms.LostForm(request.POST if request.method == "POST" else None, refused=request.csrf_refused)
    sent = request.method == "POST" and form.is_valid()
    # counted before anybody is looked up: the limit tells nothing about who is known
    refused = sent and not ratelimit.consume(request, action="lost_link")
    if refused:
        sent = False
        form.add_error(None, _("Asked very often from your network. Try again in ten minutes, or call."))
    if sent:
        mails.ask_link_again(form.cleaned_data["email"])
    status = 403 if request.csrf_refused else 429 if refused else 422 if form.errors else 200
    context = {"form": form, "sent": sent, "language_links": language_links()}
    return render(request, "portal/guest_lost.html", context, status=status)


def done(request: GuestRequest, form: forms.PersonalForm, act: Act) -> bool:
    """Whether the form fitted and was acted on; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        act(request.invitation, form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    return not form.errors


def finish(request: GuestRequest, form: forms.PersonalForm, act: Act, thanks: str) -> HttpResponse:
    """Act and thank on the page; or show the page with the form as it was typed."""
    if not done(request, form, act):
        return show(request, bound=form)
    session = request.invitation.session
    messages.success(request, thanks % {"name": session.contact_name or session.workspace.name})
    return to_the_top(request)


def to_the_top(request: GuestRequest) -> HttpResponse:
    """The page from its beginning: a browser would else keep the place of the form that was sent."""
    return redirect(reverse("portal:guest_detail", args=[request.invitation.pk]) + "#content")


def _mounted(request: GuestRequest, view: Mounted) -> HttpResponse:
    pk = request.invitation.pk

    def frame() -> dict[str, Any]:
        asked = waiting_for([pk]).get(pk)
        return {
            **shell(request.invitation.session),
            "report_pdf_url": reverse("portal:guest_report_paper", args=[pk]),
            "asked_url": reverse("portal:guest_proposal", args=[pk, asked]) if asked else "",
        }

    home_url = reverse("portal:guest_answer", args=[pk])
    return mounted(request, view, request.invitation, shell=frame, home_url=home_url)


def _through(people: list[int]) -> list[DialogueSession]:
    """The sessions at which others are reached through these people."""
    rows = Invitation.objects.sent().filter(person__intermediary__in=people)
    sessions = DialogueSession.objects.filter(pk__in=rows.values("session"))
    return list(sessions.order_by("-starts_at", "-pk"))
