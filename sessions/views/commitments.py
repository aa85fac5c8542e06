"""Commitments: all of a workspace, due first; made, done, and changed together with those it touches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions import follow_up, propose
from sessions.forms.commitments import (
    CommitmentForm,
    DoneForm,
    DropForm,
    MoveForm,
    TheirAnswerForm,
    WordsForm,
)
from sessions.models import (
    ChangeProposal,
    Commitment,
    CommitmentStatus,
    DialogueSession,
    ProposalKind,
    ProposalView,
    Status,
    Via,
)
from sessions.proposals import (
    Tally,
    agreed_by,
    changes_of,
    may_settle,
    open_proposal,
    tally,
    touched,
    what_changes,
)
from sessions.queries import session_or_404, visible_sessions


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment with where it stands, in words; `kind` is a kind of status pill."""

    commitment: Commitment
    kind: str
    word: str
    shape: str
    agreed: str
    proposed: ChangeProposal | None

    @property
    def has_moved(self) -> bool:
        return self.commitment.due_on != self.commitment.first_due_on


@dataclass(frozen=True)
class ProposalRow:
    """A change that was proposed, with what came of it."""

    proposal: ChangeProposal
    title: str
    counts: Tally

    @property
    def kind(self) -> str:
        return {"open": "busy", "done": "done", "withdrawn": "later"}[self.proposal.state]


def commitment_row(commitment: Commitment, session: DialogueSession) -> CommitmentRow:
    """Where a commitment stands today. Reads `with_changes`."""
    kind, word = _standing(commitment, clock.today(session.timezone))
    owner, proposed = commitment.owner, open_proposal(commitment)
    if proposed and kind == "busy":
        word = _("Change is being asked")
    shape = owner.group.shape if owner and owner.group else ""
    return CommitmentRow(commitment, kind, word, shape, agreed_by(commitment), proposed)


@workspace_page(Permission.SEE)
@require_http_methods(["GET"])
def commitment_list(request: WorkspaceRequest) -> HttpResponse:
    """What was promised at any meeting: running ones by their day, then the finished ones."""
    rows = Commitment.objects.filter(session__in=visible_sessions(request.membership))
    rows = rows.with_changes().select_related("session__dialogue", "owner__group").order_by("due_on", "pk")
    listed = [commitment_row(row, row.session) for row in rows]
    running = [row for row in listed if row.commitment.status == CommitmentStatus.RUNNING]
    context = {
        "late": [row for row in running if row.kind == "stop"],
        "running": [row for row in running if row.kind != "stop"],
        "finished": [row for row in reversed(listed) if row.commitment.status != CommitmentStatus.RUNNING],
        "may_record": request.membership.may(Permission.RECORD),
        "nav": "commitments",
    }
    return TemplateResponse(request, "sessions/commitment_list.html", context)


@workspace_page(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def commitment_new(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Somebody promises something."""
    session = session_or_404(request.membership, session_pk)
    form = CommitmentForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            follow_up.make_commitment(session=session, **form.cleaned_data, by=Actor.user(request.user))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(request.workspace.url("sessions:meeting_detail", session.pk) + "#commitments")
    is_read_at_once = session.status == Status.REPORTED
    context = {"session": session, "form": form, "is_read_at_once": is_read_at_once, "nav": "sessions"}
    return TemplateResponse(
        request, "sessions/commitment_new.html", context, status=422 if form.errors else 200
    )


@workspace_page(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def commitment_edit(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """How it stands and how it went; done, and, as long as nobody was told, other words, date or not."""
    session, commitment = _asked(request, session_pk, pk)
    what = next((name for name in _CHANGES if name in request.POST), "")
    form = _forms(session, commitment, {what: request.POST}).get(what)
    if form is not None and form.is_valid():
        try:
            _CHANGES[what](commitment, form, Actor.user(request.user))
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The commitment is changed."))
            return redirect(request.workspace.url("sessions:commitment_edit", session.pk, pk))
    return _page(request, session, commitment, {what: form} if form else {})


@workspace_page(Permission.REPORT)
@require_POST
def proposal_new(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """Put another date, other words or an end to those it touches."""
    session, commitment = _asked(request, session_pk, pk)
    what = next((kind for kind in ProposalKind.values if kind in request.POST), ProposalKind.MOVE)
    form = _forms(session, commitment, {what: request.POST}).get(what)
    if form is None:
        messages.error(request, _("This commitment is finished already."))
        return redirect(_address(request, session, commitment))
    if form.is_valid():
        to, by = form.cleaned_data.get("due_on") or form.cleaned_data.get("text"), Actor.user(request.user)
        values = {"kind": ProposalKind(what), "reason": form.cleaned_data["reason"], "to": to}
        try:
            propose.propose_commitment_change(commitment=commitment, **values, by=by)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("It is put to those it touches. You read here what they say."))
            return redirect(_address(request, session, commitment) + "#proposal")
    return _page(request, session, commitment, {what: form})


@workspace_page(Permission.REPORT)
@require_POST
def proposal_answer(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """Write down what somebody said by telephone, mail or post."""
    session, commitment, proposal = _of_proposal(request, session_pk, pk)
    form = TheirAnswerForm(request.POST, proposal=proposal)
    if form.is_valid():
        values = dict(form.cleaned_data)
        asked = proposal.answers.select_related("invitation__session").get(invitation=values.pop("whom"))
        values |= {"answer": ProposalView(values["answer"]), "via": Via(values["via"])}
        by, user = Actor.user(request.user), request.user
        try:
            propose.answer_proposal(
                proposal=proposal, invitation=asked.invitation, **values, by=by, recorded_by=user
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Written down."))
            return redirect(_address(request, session, commitment) + "#proposal")
    return _page(request, session, commitment, {"theirs": form})


@workspace_page(Permission.REPORT)
@require_POST
def proposal_settle(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """Carry the change out, or leave it as it was."""
    session, commitment, proposal = _of_proposal(request, session_pk, pk)
    by = Actor.user(request.user)
    try:
        if "carry_out" in request.POST:
            propose.carry_out_proposal(proposal=proposal, by=by)
            messages.success(request, _("The commitment is changed. People read it on their page."))
        else:
            propose.withdraw_proposal(proposal=proposal, by=by)
            messages.success(request, _("The commitment stays as it was. People read it on their page."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_address(request, session, commitment))


def _asked(request: WorkspaceRequest, session_pk: int, pk: int) -> tuple[DialogueSession, Commitment]:
    session = session_or_404(request.membership, session_pk)
    commitment = get_object_or_404(session.commitments.with_changes(), pk=pk)
    commitment.session = session
    return session, commitment


def _of_proposal(
    request: WorkspaceRequest, session_pk: int, pk: int
) -> tuple[DialogueSession, Commitment, ChangeProposal]:
    session = session_or_404(request.membership, session_pk)
    proposal = get_object_or_404(ChangeProposal, commitment__session=session, pk=pk)
    _session, commitment = _asked(request, session_pk, proposal.commitment_id)
    proposal.commitment = commitment
    return session, commitment, proposal


def _address(request: WorkspaceRequest, session: DialogueSession, commitment: Commitment) -> str:
    return str(request.workspace.url("sessions:commitment_edit", session.pk, commitment.pk))


def _page(
    request: WorkspaceRequest, session: DialogueSession, commitment: Commitment, bound: dict[str, forms.Form]
) -> HttpResponse:
    """The page of one commitment; `bound` are forms that could not be taken as they were typed."""
    row, may_propose = commitment_row(commitment, session), request.membership.may(Permission.REPORT)
    asked = row.proposed
    context: dict[str, Any] = {
        "session": session,
        "row": row,
        "history": [ProposalRow(each, what_changes(each), tally(each.answers.all())) for each in _past(row)],
        "may_propose": may_propose,
        "sees_people": request.membership.may(Permission.SEE_PEOPLE),
        "forms": _forms(session, commitment, {}) | bound,
        "opened": next(iter(bound), ""),
        "answered_contributions": commitment.contributions.order_by("position", "pk"),
        "nav": "commitments",
    }
    if asked:
        context |= _asking(session, asked) | {"theirs": bound.get("theirs", TheirAnswerForm(proposal=asked))}
    elif may_propose and commitment.is_published and commitment.is_running:
        context["touched"] = [invitation.person for invitation in touched(commitment)]
    status = 422 if any(form.errors for form in bound.values()) else 200
    return TemplateResponse(request, "sessions/commitment_edit.html", context, status=status)


def _past(row: CommitmentRow) -> list[ChangeProposal]:
    return [each for each in reversed(changes_of(row.commitment)) if not each.is_open]


def _asking(session: DialogueSession, proposal: ChangeProposal) -> dict[str, Any]:
    """What is being asked now, of whom, and whether it may be settled."""
    answers = proposal.answers.select_related("invitation__person__intermediary", "recorded_by")
    rows = list(answers.order_by("invitation__person__sort_key", "pk"))
    return {
        "proposed": ProposalRow(proposal, what_changes(proposal), tally(rows)),
        "answers": rows,
        "may_settle": may_settle(proposal, rows, clock.today(session.timezone)),
    }


def _forms(session: DialogueSession, commitment: Commitment, posted: dict[str, Any]) -> dict[str, forms.Form]:
    """The forms that fit where it stands; those of a published commitment are put to people first."""
    if not commitment.is_running:
        return {}
    today = clock.today(session.timezone)
    done = DoneForm(posted.get("done"), prefix="done", initial={"done_on": today})
    drop = DropForm(posted.get("drop"), prefix="drop")
    if not commitment.is_published:
        change = CommitmentForm(posted.get("change"), session=session, commitment=commitment)
        return {"done": done, "change": change, "drop": drop}
    return {
        "done": done,
        "move": MoveForm(posted.get("move"), prefix="move"),
        "words": WordsForm(posted.get("words"), prefix="words", initial={"text": commitment.text}),
        "drop": drop,
    }


def _change(commitment: Commitment, form: forms.Form, by: Actor) -> None:
    follow_up.change_commitment(commitment=commitment, **form.cleaned_data, by=by)


def _done(commitment: Commitment, form: forms.Form, by: Actor) -> None:
    follow_up.complete_commitment(commitment=commitment, **form.cleaned_data, by=by)


def _drop(commitment: Commitment, form: forms.Form, by: Actor) -> None:
    follow_up.drop_commitment(commitment=commitment, **form.cleaned_data, by=by)


_CHANGES: dict[str, Callable[[Commitment, forms.Form, Actor], None]] = {
    "change": _change,
    "done": _done,
    "drop": _drop,
}


def _standing(commitment: Commitment, today: date) -> tuple[str, str]:
    if commitment.status == CommitmentStatus.DONE:
        return "done", pgettext("commitment", "Done")
    if commitment.status == CommitmentStatus.DROPPED:
        return "stop", _("Not kept")
    days = (commitment.due_on - today).days
    if days < 0:
        late = ngettext("%(count)d day late", "%(count)d days late", -days)
        return "stop", late % {"count": -days}
    if days == 0:
        return "busy", _("Due today")
    left = ngettext("%(count)d day left", "%(count)d days left", days)
    return "busy", left % {"count": days}
