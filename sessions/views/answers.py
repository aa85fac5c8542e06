"""Answers as they come in: per group and per person, given to us, called for, passed on, withdrawn."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialoog.kernel.alphabet import sort_key
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui.figures import STATES
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.agenda import settle_date
from sessions.actions.invite import mark_called
from sessions.actions.newcomers import add_newcomer, confirm_deputy, withdraw_and_tell
from sessions.actions.respond import respond
from sessions.exports import answers_csv
from sessions.forms.answers import AnswerForm, InviteeForm, NewPersonForm, WithdrawForm
from sessions.models import Answer, DateMode, DecisionProcedure, DialogueSession, Invitation, Via
from sessions.queries import (
    GroupAnswers,
    answer_rows,
    around,
    by_group,
    coverage,
    is_replaced,
    polled_dates,
    sentence_of,
    session_or_404,
    state_of,
)
from sessions.views.screens import number_of
from stakeholders.models import Channel, Person

_PAGE = 50
# a list this long is read, a longer one is searched
_AT_A_GLANCE = 15


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def answer_list(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    rows = answer_rows(session)
    groups = by_group(rows)
    chosen = {name: request.GET.get(name, "")[:200] for name in ("group", "answer", "q")}
    shown = _chosen(rows, **chosen)
    context = {
        **around(session, "answers"),
        **_overview(session, groups),
        "rows": Paginator(shown, _PAGE).get_page(request.GET.get("page")),
        "asked": rows,
        "to_call": [row for row in rows if _needs_call(row)],
        "deputies": [row for row in rows if row.answer == Answer.DEPUTY and not is_replaced(row)],
        "withdrawn": session.invitations.filter(withdrawn_at__isnull=False, sent_at__isnull=False)
        .with_people()
        .order_by("withdrawn_at"),
        "states": STATES,
        "chosen": chosen,
        "is_narrowed": any(chosen.values()),
        "may_search": bool(chosen["q"]) or len(rows) > _AT_A_GLANCE,
    }
    return TemplateResponse(request, "sessions/answer_list.html", context)


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def answer_export(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    rows = answer_rows(session)
    name = slugify(session.title) or "meeting"
    return HttpResponse(
        answers_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-answers.csv"'},
    )


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def answer_edit(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    invitation = _invitation(request, session_pk, pk)
    form = AnswerForm(request.POST or None, invitation=invitation, initial=_told(invitation))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        dates_ok = [int(value) for value in given.pop("dates_ok")] if "dates_ok" in given else None
        try:
            respond(
                invitation=invitation,
                **given,
                dates_ok=dates_ok,
                by=Actor.user(request.user),
                recorded_by=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The answer is saved, with how it came and that you wrote it down."))
            return _back(request, invitation.session)
    return _page(request, "answer_edit", invitation, form)


@workspace_page(Permission.INVITE)
@require_POST
def answer_called(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    invitation = _invitation(request, session_pk, pk)
    mark_called(invitation=invitation, by=request.user)
    messages.success(request, _("Noted that you called."))
    return _back(request, invitation.session)


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def deputy_confirm(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    invitation = _invitation(request, session_pk, pk)
    form = NewPersonForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        fields = {} if person else form.new_person()
        try:
            new = confirm_deputy(invitation=invitation, person=person, fields=fields, by=request.user)
        except DomainError as error:
            form.add_error(_field(form, error), str(error))
        else:
            messages.success(request, _("%(name)s is on the list now.") % {"name": new.person.name})
            return _back(request, invitation.session)
    return _page(request, "answer_deputy", invitation, form)


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invitation_withdraw(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    invitation = _invitation(request, session_pk, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw_and_tell(invitation=invitation, **form.cleaned_data, by=request.user)
        messages.success(request, _("The invitation is withdrawn."))
        return _back(request, invitation.session)
    return _page(request, "answer_withdraw", invitation, form)


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invitee_new(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    form = InviteeForm(request.POST or None, invitation=Invitation(session=session))
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        fields = {} if person else form.new_person()
        try:
            new = add_newcomer(session=session, person=person, fields=fields, by=request.user)
        except DomainError as error:
            form.add_error(_field(form, error), str(error))
        else:
            messages.success(request, _("%(name)s is on the list now.") % {"name": new.person.name})
            return _back(request, session)
    context = {**around(session, "answers"), "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "sessions/answer_invitee.html", context, status=status)


@workspace_page(Permission.PLAN)
@require_POST
def date_settle(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    option = get_object_or_404(session.date_options, pk=pk)
    try:
        settle_date(session=session, option=option, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The date is settled. Invitees see it on their page."))
    return _back(request, session)


def _overview(session: DialogueSession, groups: list[GroupAnswers]) -> dict[str, Any]:
    counts: Counter[str] = sum((group.counts for group in groups), Counter())
    procedure = DecisionProcedure.objects.filter(session=session).first()
    polling = session.date_mode == DateMode.POLL
    return {
        "groups": groups,
        "sentence": sentence_of(counts),
        "answered": sum(counts.values()) - counts["open"],
        "thin": coverage(groups, procedure),
        "dates": polled_dates(session, groups) if polling else [],
    }


def _chosen(rows: list[Invitation], *, group: str, answer: str, q: str) -> list[Invitation]:
    """Those of one group and one drawn state whose name or organisation has all these words.

    An unknown choice chooses nothing away.
    """
    for word in q.split()[:8]:
        rows = [row for row in rows if sort_key(word) in _found_by(row.person)]
    if number_of(group):
        rows = [row for row in rows if row.group_id == number_of(group)]
    if answer in STATES:
        rows = [row for row in rows if state_of(row) == answer and not is_replaced(row)]
    return rows


def _found_by(person: Person) -> str:
    """What a search looks in; where protected people are from is not to be found out by searching."""
    if person.is_protected or person.organisation is None:
        return person.sort_key
    return f"{person.sort_key}\n{person.organisation.sort_key}"


def _needs_call(row: Invitation) -> bool:
    """Called before the invitation, or reached in no other way; until they answered."""
    if row.answer:
        return False
    return (row.call_first and row.called_at is None) or row.person.channel == Channel.PHONE


def _told(invitation: Invitation) -> dict[str, Any]:
    """What is known already. How the new answer came is asked afresh."""
    names = ("answer", "know_on", "deputy_name", "decline_reasons")
    initial = {name: getattr(invitation, name) for name in names}
    initial["note"] = invitation.answer_note
    initial["dates_ok"] = [str(pk) for pk in invitation.dates_ok.values_list("pk", flat=True)]
    if invitation.person.channel == Channel.INTERMEDIARY:
        initial["via"] = Via.INTERMEDIARY.value
    return initial


def _invitation(request: WorkspaceRequest, session_pk: int, pk: int) -> Invitation:
    session = session_or_404(request.membership, session_pk)
    rows = session.invitations.open().with_people().select_related("recorded_by")
    invitation = get_object_or_404(rows, pk=pk)
    invitation.session = session
    return invitation


def _page(request: WorkspaceRequest, name: str, invitation: Invitation, form: Any) -> HttpResponse:
    context = {**around(invitation.session, "answers"), "invitation": invitation, "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, f"sessions/{name}.html", context, status=status)


def _back(request: WorkspaceRequest, session: DialogueSession) -> HttpResponse:
    return redirect(request.workspace.url("sessions:answer_list", session.pk))


def _field(form: Any, error: DomainError) -> str | None:
    return error.field if error.field in form.fields else None
