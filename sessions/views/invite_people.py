"""Screens four and five: people from a list, and who is at the table."""

from collections import defaultdict
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.invite import (
    add_invitees,
    confirm_groups,
    explain_absence,
    move_to_group,
    set_call_first,
    withdraw_invitation,
)
from sessions.actions.plan import save_table
from sessions.forms.people import PeopleForm
from sessions.forms.table import TableForm
from sessions.models import Absence, DialogueSession
from sessions.table_view import table_view
from sessions.views.screens import Screen, refused, session_of
from stakeholders.actions.groups import ensure_groups
from stakeholders.actions.importing import confirm_draft, correct_draft, keep_draft
from stakeholders.models import ImportDraft, Person, StakeholderGroup
from stakeholders.preview import Preview, columns_sentence, import_preview, updated_sentence

MOST_SHOWN = 200


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invite_people(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    draft = ImportDraft.objects.filter(workspace=request.workspace, by=request.user).first()
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    screen = Screen(request, session, "people", PeopleForm, {}, {"sent": sent})
    data = request.POST if {"columns", "confirm"} & request.POST.keys() else None
    preview = import_preview(draft, data, language=session.language) if draft else None
    if request.method == "POST":
        step = next((name for name in STEPS if name in request.POST), "go_on")
        answer = STEPS[step](screen, preview)
        if answer is not None:
            return answer
    invitations = session.invitations.open().with_people().order_by("person__sort_key", "pk")
    known = Person.objects.for_workspace(request.workspace).active().exclude(invitations__session=session)
    return screen.show(
        preview=preview,
        adds=_adds(session, preview),
        count=invitations.count(),
        invitations=invitations[:MOST_SHOWN],
        known=known.with_group().in_order()[:MOST_SHOWN],
    )


def _adds(session: DialogueSession, preview: Preview | None) -> int:
    """How many people of the list are not yet on the list of this meeting."""
    if preview is None:
        return 0
    on_it = set(session.invitations.open().values_list("person_id", flat=True))
    return sum(row.merges not in on_it for row in preview.judgement.people)


def _read(screen: Screen, preview: Preview | None) -> HttpResponse | None:
    """Look at a file or a pasted text; nothing is added yet."""
    if not screen.form.is_valid():
        return None
    keep_draft(workspace=screen.request.workspace, user=screen.request.user, table=screen.form.table)
    return redirect(f"{screen.request.path}#h-seen")


def _columns(screen: Screen, preview: Preview | None) -> HttpResponse | None:
    if preview is None:
        return redirect(screen.request.path)
    if not preview.is_valid:
        return None
    correct_draft(draft=preview.draft, columns=preview.form.choice(), said=preview.said)
    return redirect(f"{screen.request.path}#h-seen")


def _confirm(screen: Screen, preview: Preview | None) -> HttpResponse | None:
    """Add the people of the list to the register and to this meeting, once, as they were shown."""
    request = screen.request
    if preview is None:
        return screen.on()
    if not preview.is_valid:
        return None
    if preview.has_other_columns:
        correct_draft(draft=preview.draft, columns=preview.form.choice(), said=preview.said)
        messages.warning(request, columns_sentence())
        # without a place of its own the browser goes on to the one in its address, past the sentence
        return redirect(f"{request.path}#top")
    language = screen.session.language
    updates = preview.after_said(language=language).judgement.updates
    try:
        people = confirm_draft(
            draft=preview.draft, by=Actor.user(request.user), language=language, said=preview.said
        )
        add_invitees(session=screen.session, people=people, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    _tell(screen, updates)
    return screen.on()


def _add(screen: Screen, preview: Preview | None) -> HttpResponse | None:
    """Invite people who are in the register already."""
    request = screen.request
    chosen = (
        Person.objects.for_workspace(request.workspace).active().filter(pk__in=_ids(request.POST, "person"))
    )
    add_invitees(session=screen.session, people=chosen.with_group(), by=request.user)
    _tell(screen)
    return redirect(request.path)


def _drop(screen: Screen, preview: Preview | None) -> HttpResponse | None:
    """Put a list that was read aside again."""
    ImportDraft.objects.filter(workspace=screen.request.workspace, by=screen.request.user).delete()
    return redirect(screen.request.path)


def _take_off(screen: Screen, preview: Preview | None) -> HttpResponse | None:
    request = screen.request
    for invitation in screen.session.invitations.open().filter(pk__in=_ids(request.POST, "take_off")):
        withdraw_invitation(invitation=invitation, by=request.user)
    return redirect(request.path)


def _go_on(screen: Screen, preview: Preview | None) -> HttpResponse | None:
    form = screen.form
    if form.data.get("text", "").strip() or screen.request.FILES:
        return _read(screen, preview)
    if not screen.session.invitations.open().exists():
        form.add_error(None, _("Nobody is invited yet. Paste your list, choose a file, or add someone."))
        return None
    return screen.on()


STEPS = {
    "read": _read,
    "columns": _columns,
    "confirm": _confirm,
    "add": _add,
    "drop": _drop,
    "take_off": _take_off,
    "go_on": _go_on,
}


@workspace_page(Permission.INVITE)
@require_http_methods(["GET", "POST"])
def invite_table(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    rows = list(session.groups.filter(absence="").select_related("group").order_by("position", "pk"))
    names = ("travel_paid", "measures", "history", "history_note")
    initial = {name: getattr(session, name) for name in names}
    screen = Screen(request, session, "table", TableForm, initial, {"groups": rows})
    if request.method == "POST" and screen.form.is_valid():
        data = screen.form.cleaned_data
        try:
            save_table(
                session=session,
                groups=screen.form.texts(agreed=not _stays_here(request) and "to" not in request.POST),
                fields=data,
                by=request.user,
                version=data["version"],
            )
            set_call_first(session=session, invitations=_ids(request.POST, "call"), by=request.user)
            stays = _moved(request, session) | _stays_here(request)
            _explain(request, session)
            if not stays:
                confirm_groups(session=session, by=request.user)
            return redirect(request.path + _place(request)) if stays else screen.on()
        except DomainError as error:
            refused(screen, error)
    return screen.show(table=table_view(session))


def _moved(request: WorkspaceRequest, session: DialogueSession) -> bool:
    """Put everybody in the group chosen for them. True when a group came that still needs its sentences."""
    groups = {str(group.pk): group for group in ensure_groups(request.workspace)}
    before = set(session.groups.values_list("group_id", flat=True))
    count = 0
    for (key, is_whole), chosen in _chosen_groups(request.POST, session, groups).items():
        count += move_to_group(
            session=session, invitations=chosen, group=groups[key], by=request.user, is_whole=is_whole
        )
    if not count:
        return False
    messages.success(request, _moved_sentence(count, had_none=request.POST.get("kind") == "0"))
    has_come = bool(set(session.groups.values_list("group_id", flat=True)) - before)
    if has_come and not _stays_here(request):
        messages.info(request, _("That made a new group here. Read its two sentences, then go on."))
    return has_come


def _moved_sentence(count: int, *, had_none: bool) -> str:
    if had_none:
        sentence = ngettext("%(count)d person has a group now.", "%(count)d people have a group now.", count)
    else:
        sentence = ngettext(
            "%(count)d person is in another group now.",
            "%(count)d people are in another group now.",
            count,
        )
    return sentence % {"count": count}


def _chosen_groups(
    data: QueryDict, session: DialogueSession, groups: Mapping[str, StakeholderGroup]
) -> dict[tuple[str, bool], list[int]]:
    """Per chosen group, and whether for a whole organisation, the invitations that go there."""
    wanted: dict[tuple[str, bool], list[int]] = defaultdict(list)
    kind = data.get("kind", "")
    everybody = data.get(f"kind_to_{kind}", "") if kind else ""
    if kind and everybody not in groups:
        raise DomainError(_("Choose a group for all of them."))
    for group in table_view(session).groups:
        for each in group.organisations:
            key = data.get(each.field, "")
            if key in ("", str(group.key)) and kind == str(group.key):
                key = everybody
            if key in groups and key != str(group.key):
                wanted[key, True] += each.ids
                continue
            for pk in each.ids:
                own = data.get(f"who_{pk}", "")
                if own in groups and own != str(group.key):
                    wanted[own, False].append(pk)
    return wanted


def _place(request: WorkspaceRequest) -> str:
    """Where on the screen somebody was; its top, with what is said there, when they wanted to go on."""
    if "gap" in request.POST:
        return "#missed"
    return "#groups" if _stays_here(request) else ""


def _stays_here(request: WorkspaceRequest) -> bool:
    """Whether a button inside the table was pressed: rearrange, or who is missing."""
    return any(button in request.POST for button in ("again", "kind", "gap"))


def _explain(request: WorkspaceRequest, session: DialogueSession) -> None:
    """Keep why a group that one would expect is not at the table, where that was said."""
    groups = {str(group.pk): group for group in ensure_groups(request.workspace)}
    action, _colon, key = request.POST.get("gap", "").partition(":")
    if key in groups and action in Absence.values:
        reason = request.POST.get(f"reason_{key}", "")
        explain_absence(
            session=session, group=groups[key], absence=Absence(action), reason=reason, by=request.user
        )


def _ids(data: QueryDict, name: str) -> list[int]:
    return [int(value) for value in data.getlist(name) if value.isdecimal() and len(value) < 16]


def _tell(screen: Screen, updates: int = 0) -> None:
    """Say how many are on the whole list now; how many were added alone would read as a loss."""
    count = screen.session.invitations.open().count()
    sentence = ngettext("%(count)d person is on the list.", "%(count)d people are on the list.", count)
    told = (sentence % {"count": count}, updated_sentence(updates))
    messages.success(screen.request, " ".join(filter(None, told)))
