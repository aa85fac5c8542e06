"""Questions people asked, and their answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.respond import answer_question
from sessions.forms.questions import QuestionForm
from sessions.queries import around, session_or_404


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def question_list(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    rows = session.questions.select_related("invitation__person", "invitation__group", "answered_by")
    context = {
        **around(session, "questions"),
        "waiting": rows.filter(answered_at=None).order_by("asked_at", "pk"),
        "answered": rows.filter(answered_at__isnull=False).order_by("-answered_at", "-pk"),
    }
    return TemplateResponse(request, "sessions/question_list.html", context)


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def question_edit(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    questions = session.questions.select_related("invitation__person", "invitation__group")
    question = get_object_or_404(questions, pk=pk)
    question.session = session
    whom = ("everyone" if question.for_everyone else "asker") if question.answer else None
    form = QuestionForm(request.POST or None, initial={"answer": question.answer, "whom": whom})
    if request.method == "POST" and form.is_valid():
        everyone = form.cleaned_data["whom"] == "everyone"
        answer = form.cleaned_data["answer"]
        try:
            answer_question(question=question, answer=answer, for_everyone=everyone, by=request.user)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Your answer stands on the page."))
            return redirect(request.workspace.url("sessions:question_list", session.pk))
    context = {**around(session, "questions"), "question": question, "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "sessions/question_edit.html", context, status=status)
