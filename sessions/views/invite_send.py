"""Screens six and seven: look as every group does, and send. What they share with those of the pack."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialoog.kernel import clock
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.message import fill
from dialoog.kernel.ui import dates
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions import mails
from sessions.actions.brief import awaited_endorsement, mail_of, plan_briefing, send_to_myself, take_back
from sessions.actions.endorse import ask_endorsement
from sessions.actions.plan import mark_checked
from sessions.actions.send import first_sent
from sessions.audience import audience
from sessions.forms.send import EndorseForm, LookForm, SendForm, moment_initial
from sessions.models import (
    Briefing,
    BriefingKind,
    BriefingStatus,
    DialogueSession,
    Invitation,
    SessionGroup,
    Status,
)
from sessions.queries import mailing_standings
from sessions.quorum import quorum_sentence
from sessions.readiness.registry import BESIDE_MAIL, open_findings
from sessions.reading import INTERFACE, Reading
from sessions.send_view import send_view
from sessions.telling import live
from sessions.views.invite_drafts import unsaved
from sessions.views.screens import Screen, number_of, refused, session_of
from stakeholders.models import Channel

# the pages of each mailing
LOOK = {BriefingKind.INVITATION: "sessions:invite_look", BriefingKind.PACK: "sessions:pack_look"}
PREVIEW = {BriefingKind.INVITATION: "sessions:mail_preview", BriefingKind.PACK: "sessions:pack_mail_preview"}
TO_MYSELF = {
    BriefingKind.INVITATION: "sessions:briefing_to_myself",
    BriefingKind.PACK: "sessions:pack_to_myself",
}
FRAME_STEP, LINE_BREAK, LARGEST_FRAME = 250, 25, 40
MAIL_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
)


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invite_look(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    screen = Screen(request, session, "look", LookForm, {})
    if request.method == "POST" and screen.form.is_valid():
        mark_checked(session=session, user=request.user)
        return screen.on()
    return _look(screen, EndorseForm())


def _look(screen: Screen, endorse_form: EndorseForm) -> HttpResponse:
    request, session = screen.request, screen.session
    findings, left = open_findings(session, checks=BESIDE_MAIL), unsaved(request, session)
    is_free = session.status == Status.DRAFT and findings.is_ready and not left
    awaited = awaited_endorsement(session) if session.is_before_sending else None
    return screen.show(
        **look_at(request, session, BriefingKind.INVITATION),
        findings=findings,
        is_free=is_free,
        awaited=awaited,
        is_told=is_free or awaited is not None,
        endorse_form=endorse_form,
        unsaved=left,
        quorum=quorum_sentence(session),
        endorsements=session.endorsements.filter(withdrawn_at=None).order_by("-asked_at"),
    )


@workspace_page(Permission.INVITE)
@require_POST
def endorsement_ask(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    form = EndorseForm(request.POST)
    if form.is_valid():
        try:
            ask_endorsement(session=session, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("%(name)s gets a mail with a link.") % form.cleaned_data)
            return redirect(request.workspace.url("sessions:invite_look", session.pk))
    screen = Screen(request, session, "look", LookForm, {})
    # what was sent is about the question to somebody, not about the screen
    screen.form = LookForm(initial={"version": session.version}, session=session)
    page = _look(screen, form)
    page.status_code = 422
    return page


@workspace_page(Permission.INVITE)
@require_POST
def briefing_to_myself(
    request: WorkspaceRequest, pk: int, kind: BriefingKind = BriefingKind.INVITATION
) -> HttpResponse:
    session = session_of(request, pk)
    row = session.groups.filter(pk=number_of(request.POST.get("row", ""))).first()
    try:
        send_to_myself(session=session, by=request.user, kind=kind, group=row.group if row else None)
        messages.success(request, _("A copy is on its way to %(email)s.") % {"email": request.user.email})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url(LOOK[kind], session.pk))


@workspace_page(Permission.SEE_PEOPLE)
@xframe_options_sameorigin
@require_GET
def mail_preview(
    request: WorkspaceRequest, pk: int, row: int, kind: BriefingKind = BriefingKind.INVITATION
) -> HttpResponse:
    """The mail as a group gets it, under a policy of its own: mails carry inline styles."""
    session = session_of(request, pk)
    group_row = get_object_or_404(session.groups.select_related("group"), pk=row)
    name = sample_name(session, group_row, kind)
    parts = mail_of(session, kind, reading_for(session, group_row, kind, request.GET.get("language", "")))
    html = fill(parts.html, {mails.NAME: name, mails.LINK: "#", mails.OPENING: ""}, as_html=True)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invite_send(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    waiting = ready(session, BriefingKind.INVITATION)
    screen = Screen(request, session, "send", SendForm, moment_initial(waiting))
    left = unsaved(request, session)
    if request.method == "POST" and left:
        screen.form.add_error(None, str(left[0]))
    if request.method == "POST" and screen.form.is_valid() and was_planned(screen, BriefingKind.INVITATION):
        return redirect(request.workspace.url("portal:session_detail", session.pk))
    return screen.show(
        send=send_view(session, form=screen.form),
        live_url=request.workspace.url("sessions:send_preview", session.pk),
        ready=waiting,
        unsaved=left,
        sent=first_sent(session, BriefingKind.INVITATION),
        findings=open_findings(session),
        standings=mailing_standings(session, BriefingKind.INVITATION),
        is_embedded=settings.EMBEDDED,
    )


@workspace_page(Permission.INVITE)
@require_POST
def send_preview(
    request: WorkspaceRequest, pk: int, kind: BriefingKind = BriefingKind.INVITATION
) -> HttpResponse:
    """The button and the line of days at the moment that stands in the form; nothing is kept."""
    session = session_of(request, pk)
    form = SendForm(request.POST, session=session, kind=kind)
    context = {"send": send_view(session, kind, form)}
    return TemplateResponse(request, "sessions/send_preview.html", context)


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


def look_at(request: WorkspaceRequest, session: DialogueSession, kind: BriefingKind) -> dict[str, Any]:
    """What a look at a mailing shows: as the group in `?group=` gets it, else the first."""
    rows = list(session.groups.filter(absence="").select_related("group").order_by("position", "pk"))
    chosen = (row for row in rows if str(row.group_id) == request.GET.get("group"))
    row = next(chosen, rows[0] if rows else None)
    language = request.GET.get("language", "")
    reading = reading_for(session, row, kind, language)
    space, parts = request.workspace, mail_of(session, kind, reading)
    paper = space.url("sessions:briefing_preview", session.pk, str(kind))
    return {
        "rows": rows,
        "row": row,
        "reading": reading,
        "subject": parts.subject,
        "frame_size": frame_size(parts.text),
        "mail_url": f"{space.url(PREVIEW[kind], session.pk, row.pk)}?language={reading.language}"
        if row
        else "",
        "paper_url": f"{paper}?group={row.group_id if row else ''}&language={reading.language}",
        "to_myself_url": space.url(TO_MYSELF[kind], session.pk),
        "is_embedded": settings.EMBEDDED,
        "standings": mailing_standings(session, kind),
    }


def frame_size(text: str) -> int:
    """How tall the frame of a mail is, in the steps `pages.css` knows (`.size-1` and on).

    The mail is sandboxed, so nobody can measure it there: estimated from its plain text, a line break for as
    many characters as it leaves empty, and rather too tall than with a scroll bar of its own.
    """
    length = sum(len(line) + LINE_BREAK for line in text.splitlines() if line.strip())
    return min(-(-length // FRAME_STEP), LARGEST_FRAME)


def was_planned(screen: Screen, kind: BriefingKind) -> bool:
    """Put a mailing ready for the moment chosen and say when it goes; a refusal is shown at the form."""
    moment = screen.form.cleaned_data["send_at"]
    try:
        plan_briefing(session=screen.session, kind=kind, send_at=moment, by=screen.request.user)
    except DomainError as error:
        refused(screen, error)
        return False
    messages.success(screen.request, _goes(screen.session, kind, moment))
    return True


def _goes(session: DialogueSession, kind: BriefingKind, moment: datetime) -> str:
    is_pack = kind == BriefingKind.PACK
    if moment <= clock.now():
        is_going = _("The invitations are going out now.")
        return _("The information pack is going out now.") if is_pack else is_going
    words = {"moment": dates.when(moment, session.timezone)}
    is_planned = _("Planned: the invitations go out on %(moment)s.")
    return (_("Planned: the information pack goes out on %(moment)s.") if is_pack else is_planned) % words


def ready(session: DialogueSession, kind: BriefingKind) -> Briefing | None:
    """The mailing that waits for its moment, until which it can be taken back."""
    waiting: Briefing | None = session.briefings.filter(kind=kind, status=BriefingStatus.PLANNED).first()
    return waiting


def reading_for(
    session: DialogueSession, row: SessionGroup | None, kind: BriefingKind, language: str = ""
) -> Reading:
    """What a member of this group reads, in the session's own language unless another of ours is asked."""
    personal: dict[str, Any] = {}
    if row is not None:
        personal = {"why": row.why_you, "ask": row.what_we_ask, "level": row.influence}
    return live(session, language if language in INTERFACE else session.language, kind=kind, **personal)


def sample_name(session: DialogueSession, row: SessionGroup, kind: BriefingKind) -> str:
    """Somebody of this group who gets a mail, to read along with."""
    invitations = audience(session, kind).filter(group=row.group, person__channel=Channel.MAIL)
    invitation: Invitation | None = invitations.select_related("person").order_by("person__sort_key").first()
    return invitation.person.name if invitation else _("name")
