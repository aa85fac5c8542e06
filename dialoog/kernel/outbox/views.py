"""Pages of the outbox: what left, what waits, what went wrong, and every mail as its receiver sees it."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox import sandbox
from dialoog.kernel.outbox.delivery import queue_alarm
from dialoog.kernel.outbox.forms import BouncedForm
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.outbox.retry import mark_bounced, resume_queue, retry
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission

PER_PAGE = 50


@workspace_page(Permission.MAILS)
@require_GET
def mail_list(request: WorkspaceRequest) -> HttpResponse:
    words, state = request.GET.get("q", "")[:200].replace("\x00", ""), request.GET.get("state", "")
    mails = sandbox.found_mails(request.workspace, words=words, state=state)
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [sandbox.line(mail) for mail in page],
        "states": sandbox.count_by_state(request.workspace),
        "chosen": {"q": words, "state": state},
        "is_narrowed": bool(words or state),
        "alarm": queue_alarm(),
        "embedded": settings.EMBEDDED,
    }
    return TemplateResponse(request, "outbox/mail_list.html", context)


@workspace_page(Permission.MAILS)
@require_GET
def mail_detail(request: WorkspaceRequest, pk: int) -> HttpResponse:
    mail = _mail(request, pk)
    return _detail_page(request, mail, BouncedForm(mail=mail))


@workspace_page(Permission.MAILS)
@require_POST
def mail_retry(request: WorkspaceRequest, pk: int) -> HttpResponse:
    mail = _mail(request, pk)
    try:
        retry(mail=mail, by=Actor.user(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("We try again now."))
    return redirect(request.workspace.url("outbox:mail_detail", mail.pk))


@workspace_page(Permission.MAILS)
@require_POST
def mail_bounced(request: WorkspaceRequest, pk: int) -> HttpResponse:
    mail = _mail(request, pk)
    form = BouncedForm(request.POST, mail=mail)
    if form.is_valid():
        try:
            mark_bounced(mail=mail, reason=form.cleaned_data["reason"], by=Actor.user(request.user))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Noted. We do not count on this address any more."))
            return redirect(request.workspace.url("outbox:mail_detail", mail.pk))
    return _detail_page(request, mail, form)


@workspace_page(Permission.MAILS)
@require_POST
def queue_resume(request: WorkspaceRequest) -> HttpResponse:
    resume_queue()
    messages.success(request, _("We try again now."))
    return redirect(request.workspace.url("outbox:mail_list"))


@workspace_page(Permission.MAILS)
@require_GET
def mail_view(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return sandbox.in_frame(_mail(request, pk))


@workspace_page(Permission.MAILS)
@require_GET
def mail_text(request: WorkspaceRequest, pk: int) -> HttpResponse:
    text = sandbox.shown(_mail(request, pk)).text
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@workspace_page(Permission.MAILS)
@require_GET
def mail_attachment(request: WorkspaceRequest, pk: int, position: int) -> HttpResponse:
    file = get_object_or_404(_mail(request, pk).body.attachments, position=position)
    return sandbox.attachment(file)


@workspace_page(Permission.MAILS)
@require_GET
def mail_follow(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The personal link, as its receiver would follow it; only in the embedded sandbox."""
    try:
        return redirect(sandbox.real_link(_mail(request, pk)))
    except DomainError as error:
        raise Http404(str(error)) from error


def _mail(request: WorkspaceRequest, pk: int) -> OutgoingMail:
    return get_object_or_404(OutgoingMail.objects.for_workspace(request.workspace).with_body(), pk=pk)


def _detail_page(request: WorkspaceRequest, mail: OutgoingMail, form: BouncedForm) -> HttpResponse:
    files = sorted(mail.body.attachments.all(), key=lambda file: file.position)
    context = {
        "mail": mail,
        "line": sandbox.line(mail),
        "text": sandbox.shown(mail).text,
        "files": files,
        "meetings": sandbox.meetings(files),
        "form": form,
        "can_follow": settings.EMBEDDED and mail.is_sandboxed and bool(mail.link_ref),
        "from_address": settings.MAIL_FROM,
        "alarm": queue_alarm(),
        "embedded": settings.EMBEDDED,
    }
    return TemplateResponse(request, "outbox/mail_detail.html", context, status=422 if form.errors else 200)
