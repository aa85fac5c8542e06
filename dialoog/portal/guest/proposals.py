"""A change of something promised, put to who it touches: old, new, why; agreed, or rather not."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui.forms import GuestRadio
from dialoog.portal.guest.access import GuestRequest, intermediary_page, short_guest_page, stranger
from dialoog.portal.guest.forms import PersonalForm
from dialoog.portal.guest.page import shell, status_of
from sessions.actions.propose import answer_proposal
from sessions.models import Invitation, ProposalAnswer, ProposalState, ProposalView, Via
from sessions.proposals import tally, what_changes
from sessions.reading import FALLBACK
from sessions.telling import Said


class ProposalForm(PersonalForm):
    """Nothing is chosen beforehand; who would rather not says why."""

    mark = "proposal"

    answer = forms.ChoiceField(
        label=gettext_lazy("What do you say?"), choices=ProposalView.choices, widget=GuestRadio
    )
    reason = forms.CharField(
        label=gettext_lazy("Rather not, because …"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, reader: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.readers["reason"] = _("Read by %(name)s. Others only see numbers.") % {"name": reader}


@short_guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_proposal(request: GuestRequest, proposal: int) -> HttpResponse:
    """What is proposed to this person."""
    home = reverse("portal:guest_report", args=[request.invitation.pk])
    return _page(request, request.invitation, proposal, home=home, via=Via.PAGE)


@intermediary_page
@require_http_methods(["GET", "HEAD", "POST"])
def intermediary_proposal(request: GuestRequest, invitation: int, proposal: int) -> HttpResponse:
    """The same for one of the people reached through somebody."""
    row = next((row for row in request.reached if row.pk == invitation), None)
    if row is None:
        return stranger(request)
    home = reverse("portal:intermediary_detail", args=[row.session_id])
    return _page(request, row, proposal, home=home, via=Via.INTERMEDIARY)


def waiting_for(invitations: list[int]) -> dict[int, int]:
    """Of these invitations those from whom an answer is hoped for, each with the proposal it is about."""
    rows = ProposalAnswer.objects.filter(
        invitation__in=invitations, proposal__state=ProposalState.OPEN, answer=""
    )
    return dict(rows.order_by("-proposal").values_list("invitation", "proposal"))


def _page(request: GuestRequest, invitation: Invitation, pk: int, *, home: str, via: Via) -> HttpResponse:
    asked = ProposalAnswer.objects.filter(invitation=invitation, proposal=pk)
    row = asked.select_related("proposal__commitment").prefetch_related("proposal__answers").first()
    if row is None:
        raise Http404
    session = invitation.session
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        owner=invitation.person,
        refused=request.csrf_refused,
        reader=session.contact_name or session.workspace.name,
        initial={"answer": row.answer, "reason": row.reason},
    )
    if request.method == "POST" and form.is_valid() and _answered(request, row, invitation, form, via):
        return redirect(home)
    said = Said(session, get_language() or FALLBACK)
    context = {
        "asked": row,
        "proposal": row.proposal,
        "what": what_changes(row.proposal),
        "old_text": said(row.proposal.old_text),
        "new_text": said(row.proposal.new_text),
        "reason": said(row.proposal.reason),
        "counts": tally(row.proposal.answers.all()),
        "person": invitation.person,
        "session": session,
        "form": form,
        "home_url": home,
        **shell(session),
    }
    return render(request, "portal/guest_proposal.html", context, status=status_of(request, form))


def _answered(
    request: GuestRequest, row: ProposalAnswer, invitation: Invitation, form: ProposalForm, via: Via
) -> bool:
    values = form.cleaned_data
    try:
        answer_proposal(
            proposal=row.proposal,
            invitation=invitation,
            answer=ProposalView(values["answer"]),
            reason=values["reason"],
            via=via,
            by=Actor.guest(request.guest.pk),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    name = invitation.session.contact_name or invitation.session.workspace.name
    messages.success(request, _("Thank you. %(name)s sees this.") % {"name": name})
    return True
