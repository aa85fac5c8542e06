"""Screens six and seven: look as every group does, and send."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.message import fill
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions import content, mails
from sessions.actions.brief import plan_briefing, send_to_myself, take_back
from sessions.actions.endorse import ask_endorsement
from sessions.actions.plan import StaleSession
from sessions.forms.send import EndorseForm, LookForm, SendForm
from sessions.models import BriefingKind, DialogueSession, Invitation, SessionGroup
from sessions.readiness.registry import open_findings
from sessions.send_view import send_view
from sessions.views.screens import Screen, number_of, session_of
from stakeholders.models import Channel

MAIL_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
)


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invite_look(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    screen = Screen(request, session, "look", LookForm, {})
    if request.method == "POST" and screen.form.is_valid():
        return screen.on()
    rows = list(session.groups.filter(absence="").select_related("group").order_by("position", "pk"))
    row = next(
        (row for row in rows if str(row.group_id) == request.GET.get("group")), rows[0] if rows else None
    )
    endorsements = session.endorsements.filter(withdrawn_at=None).order_by("-asked_at")
    return screen.show(
        rows=rows,
        row=row,
        reading=reading_for(session, row),
        subject=mails.invitation_subject(reading_for(session, row)),
        findings=open_findings(session),
        endorse_form=EndorseForm(),
        endorsements=endorsements,
        is_embedded=settings.EMBEDDED,
    )


@workspace_page(Permission.INVITE)
@require_POST
def endorsement_ask(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    form = EndorseForm(request.POST)
    if not form.is_valid():
        sentences = [
            f"{form[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()
        ]
        messages.error(request, " ".join(sentences))
    else:
        try:
            ask_endorsement(session=session, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s gets a mail with a link.") % form.cleaned_data)
        except DomainError as error:
            messages.error(request, str(error))
    return redirect(request.workspace.url("sessions:invite_look", session.pk))


@workspace_page(Permission.INVITE)
@require_POST
def briefing_to_myself(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    row = session.groups.filter(pk=number_of(request.POST.get("row", ""))).first()
    try:
        send_to_myself(session=session, by=request.user, group=row.group if row else None)
        messages.success(request, _("A copy is on its way to %(email)s.") % {"email": request.user.email})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("sessions:invite_look", session.pk))


@workspace_page(Permission.SEE_PEOPLE)
@xframe_options_sameorigin
@require_GET
def mail_preview(request: WorkspaceRequest, pk: int, row: int) -> HttpResponse:
    """The invitation's mail as a group gets it, under a policy of its own: mails carry inline styles."""
    session = session_of(request, pk)
    group_row = get_object_or_404(session.groups.select_related("group"), pk=row)
    reading = reading_for(session, group_row)
    name = sample_name(session, group_row)
    parts = mails.invitation(reading)
    html = fill(parts.html, {mails.NAME: name, mails.LINK: "#", mails.OPENING: ""}, as_html=True)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invite_send(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    screen = Screen(request, session, "send", SendForm, {"when": "planned"})
    if request.method == "POST" and screen.form.is_valid():
        try:
            plan_briefing(session=session, send_at=screen.form.cleaned_data["send_at"], by=request.user)
        except DomainError as error:
            screen.form.add_error(None, str(error))
            if isinstance(error, StaleSession):
                screen.show_conflict()
        else:
            messages.success(request, _("The invitations are ready to go out."))
            return redirect(request.workspace.url("portal:session_detail", session.pk))
    return screen.show(
        send=send_view(session), findings=open_findings(session), is_embedded=settings.EMBEDDED
    )


@workspace_page(Permission.INVITE)
@require_POST
def briefing_take_back(request: WorkspaceRequest, pk: int, briefing: int) -> HttpResponse:
    session = session_of(request, pk)
    try:
        take_back(briefing=get_object_or_404(session.briefings, pk=briefing), by=request.user)
        messages.success(request, _("Taken back. Nothing has been sent."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("portal:session_detail", session.pk))


def reading_for(session: DialogueSession, row: SessionGroup | None) -> content.Reading:
    """What a member of this group reads, in the session's own language."""
    personal: dict[str, Any] = {}
    if row is not None:
        personal = {"why": row.why_you, "ask": row.what_we_ask, "level": row.influence}
    return content.live(session, session.language, kind=BriefingKind.INVITATION, **personal)


def sample_name(session: DialogueSession, row: SessionGroup) -> str:
    """Somebody of this group who gets a mail, to read along with."""
    invitations = session.invitations.open().filter(group=row.group, person__channel=Channel.MAIL)
    invitation: Invitation | None = invitations.select_related("person").order_by("person__name").first()
    return invitation.person.name if invitation else _("name")
