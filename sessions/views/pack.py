"""Screens six and seven once more, for the information pack: look as every group does, and send."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.send import changes_to_tell, latest_sent
from sessions.audience import obstacles
from sessions.forms.send import LookForm, SendForm, moment_initial
from sessions.models import BriefingKind, DialogueSession
from sessions.queries import mailing_standings
from sessions.readiness.programme import BESIDE_PACK
from sessions.readiness.registry import open_findings
from sessions.send_view import send_view
from sessions.views.invite_send import look_at, ready, was_planned
from sessions.views.screens import PACK, Screen, session_of


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def pack_look(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    screen = Screen(request, session, "look", LookForm, {}, road=PACK)
    if request.method == "POST" and screen.form.is_valid():
        return screen.on()
    return screen.show(
        **look_at(request, session, BriefingKind.PACK),
        **_standing(session),
        findings=open_findings(session, checks=BESIDE_PACK),
        changes=changes_to_tell(session, session.language),
    )


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def pack_send(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    kind, initial = {"kind": BriefingKind.PACK}, moment_initial(ready(session, BriefingKind.PACK))
    screen = Screen(request, session, "send", SendForm, initial, kind, road=PACK)
    if request.method == "POST" and screen.form.is_valid() and was_planned(screen, BriefingKind.PACK):
        return redirect(request.workspace.url("portal:session_detail", session.pk))
    return screen.show(
        **_standing(session),
        send=send_view(session, BriefingKind.PACK, screen.form),
        live_url=request.workspace.url("sessions:pack_send_preview", session.pk),
        standings=mailing_standings(session, BriefingKind.PACK),
        is_embedded=settings.EMBEDDED,
    )


def _standing(session: DialogueSession) -> dict[str, Any]:
    """Whether the pack is out, waits for its moment, or what still stands in its way."""
    sent = latest_sent(session, BriefingKind.PACK)
    return {
        "sent": sent,
        "ready": ready(session, BriefingKind.PACK),
        "obstacles": [] if sent else obstacles(session, BriefingKind.PACK),
    }
