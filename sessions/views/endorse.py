"""Somebody stands for the promise: GET shows it, POST agrees or says what should change."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui import dates
from dialoog.kernel.ui.forms import GuestForm
from dialoog.kernel.ui.languages import asked_language, language_links
from sessions.actions.endorse import answer_endorsement, find_endorsement, refuse_when_gone, still_counts
from sessions.models import BriefingKind, Endorsement
from sessions.queries import planned_moment
from sessions.reading import interface_language
from sessions.telling import live


class EndorsementForm(GuestForm):
    """The two buttons say which answer it is; only “not yet” needs words."""

    note = forms.CharField(
        label=_("What should change?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def endorsement_answer(request: HttpRequest, token: str) -> HttpResponse:
    endorsement = find_endorsement(token)
    if endorsement is None:
        return _unknown(request)
    language = asked_language(request) or interface_language(endorsement.session.language)
    with translation.override(language):
        form = EndorsementForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            agreed = request.POST.get("answer") == "agree"
            try:
                answer_endorsement(endorsement=endorsement, agreed=agreed, note=form.cleaned_data["note"])
            except DomainError as error:
                form.add_error("note" if error.field == "note" else None, str(error))
            else:
                return redirect(request.get_full_path())
        context = _page(endorsement, language) | {"form": form, "endorsement": endorsement}
        status = 422 if form.errors else 200
        # why rendered here: the page is in the language of the meeting or the one asked for
        return TemplateResponse(request, "sessions/endorse_answer.html", context, status=status).render()


def _unknown(request: HttpRequest) -> HttpResponse:
    with translation.override(asked_language(request) or interface_language(get_language() or "")):
        context = {"language_links": language_links()}
        return TemplateResponse(request, "sessions/endorse_gone.html", context, status=404).render()


def _page(endorsement: Endorsement, language: str) -> dict[str, Any]:
    session = endorsement.session
    closed = ""
    try:
        refuse_when_gone(endorsement)
    except DomainError as error:
        closed = str(error)
    contact = {
        "name": session.contact_name,
        "organisation": session.workspace.name,
        "phone": session.contact_phone,
    }
    goes_on = planned_moment(session)
    return {
        "contact": contact,
        "goes_on": dates.when(goes_on, session.timezone) if goes_on else "",
        "closed": closed,
        "reading": live(session, language, kind=BriefingKind.INVITATION),
        "state": _state(endorsement, closed),
        "language_links": language_links(),
    }


def _state(endorsement: Endorsement, closed: str) -> str:
    """What the page says above all: asked, agreed, remarked, earlier (agreed to an older text) or closed."""
    if endorsement.withdrawn_at is not None or endorsement.answered_at is None:
        return "closed" if closed else "asked"
    if not endorsement.agreed:
        return "remarked"
    return "agreed" if still_counts(endorsement, endorsement.session) else "earlier"
