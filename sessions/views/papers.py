"""Paper for the organiser: the briefing per group, letters in one print file, the page for calling."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions import file_names, papers
from sessions.actions.brief import preview
from sessions.actions.letters import letter_copies, letters_of, mark_printed
from sessions.actions.send import own_words
from sessions.audience import audience
from sessions.calendar import session_calendar
from sessions.models import BriefingKind, Invitation
from sessions.queries import session_or_404
from sessions.reading import language_name, read
from sessions.telling import freeze
from sessions.views.screens import number_of, session_of
from stakeholders.models import Channel


@workspace_page(Permission.INVITE)
@require_GET
def briefing_preview(request: WorkspaceRequest, session_pk: int, kind: str) -> HttpResponse:
    """The PDF as `?group=` gets it now, in `?language=`."""
    session = session_of(request, session_pk)
    if kind not in BriefingKind.values:
        raise Http404
    language = request.GET.get("language") or session.language
    reading = preview(session, kind, language, number_of(request.GET.get("group", "")))
    try:
        pdf = papers.briefing_pdf(
            reading,
            emblem=papers.emblem_sizes(session),
            seed=session.pk,
            version=papers.version_line(None, reading),
        )
    except DomainError as error:
        messages.error(request, str(error))
        look = "sessions:pack_look" if kind == BriefingKind.PACK else "sessions:invite_look"
        return redirect(request.workspace.url(look, session.pk))
    return _file(pdf, papers.PDF, file_names.information_pdf())


@workspace_page(Permission.SEE)
@require_GET
def calendar_download(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    reading = preview(session, BriefingKind.INVITATION, translation.get_language() or "en", None)
    entry = session_calendar(session, reading)
    if entry is None:
        raise Http404
    return _file(entry, "text/calendar; charset=utf-8", file_names.calendar_ics(), inline=False)


@workspace_page(Permission.INVITE)
@require_GET
def letter_list(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_of(request, session_pk)
    waiting = audience(session).filter(person__channel=Channel.LETTER, sent_at=None).with_people()
    context = {"session": session, "copies": letter_copies(session), "waiting": waiting.order_by("pk")}
    return TemplateResponse(request, "sessions/letter_list.html", context)


@workspace_page(Permission.INVITE)
@require_POST
def letter_print(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """One print file of the letters not printed yet, or of all of them with `all`."""
    session = session_of(request, session_pk)
    copies = letter_copies(session, only_new="all" not in request.POST)
    if not copies:
        messages.error(request, _("There are no letters to print."))
        return redirect(request.workspace.url("sessions:letter_list", session.pk))
    try:
        pdf = letters_of(session=session, copies=copies, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(request.workspace.url("sessions:letter_list", session.pk))
    mark_printed(session=session, copies=copies, by=request.user)
    return _file(pdf, papers.PDF, file_names.letters_pdf(), inline=False)


@workspace_page(Permission.INVITE)
@require_GET
def phone_list(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Who is called, with four sentences each and room to note the answer."""
    session = session_of(request, session_pk)
    unreachable = Q(person__channel=Channel.INTERMEDIARY, person__intermediary__email="")
    wanted = Q(call_first=True) | Q(person__channel=Channel.PHONE) | unreachable
    rows = audience(session).filter(wanted).with_people().order_by("person__sort_key", "pk")
    content = freeze(session, BriefingKind.INVITATION)
    context = {"session": session, "calls": [_call(content, row) for row in rows]}
    return TemplateResponse(request, "sessions/phone_list.html", context)


def _call(content: dict[str, Any], invitation: Invitation) -> dict[str, Any]:
    # read out in one language: that of the one who is called where all of it exists, else the meeting's
    own = own_words(invitation, content)
    words = {"why": own["why"], "ask": own["ask"], "level": own["influence"]}
    theirs = invitation.person.language
    reading = read(content, theirs, **words)
    other = ""
    if reading.language != theirs.split("-")[0] or reading.original_language:
        reading = read(content, invitation.session.language, **words)
        other = language_name(theirs) if reading.language != theirs.split("-")[0] else ""
    script = papers.phone_script(reading, invitation.person)
    return script | {"invitation": invitation, "reading": reading, "other": other}


def _file(content: bytes, media_type: str, name: str, *, inline: bool = True) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
