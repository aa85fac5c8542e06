"""What the screens share: their road, the draft of what was typed, and the sentence about two savers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest
from dialoog.kernel.workspaces.models import User
from sessions.actions.plan import StaleSession, draft_of
from sessions.models import DateMode, Decides, DecisionProcedure, DialogueSession, Status
from sessions.queries import was_checked

SCREENS: dict[str, tuple[str | Promise, int]] = {
    "meeting": (pgettext_lazy("screen", "Meeting"), 2),
    "promise": (pgettext_lazy("screen", "Expect"), 5),
    "decision": (pgettext_lazy("screen", "Decision"), 2),
    "people": (pgettext_lazy("screen", "People"), 2),
    "table": (pgettext_lazy("screen", "At the table"), 8),
    "look": (pgettext_lazy("screen", "Check"), 4),
    "send": (pgettext_lazy("screen", "Send"), 1),
}
# each road by the word its addresses and templates begin with; the pack has the last two screens once more
INVITE, PACK = "invite", "pack"
PACK_SCREENS = ("look", "send")
# the screens with words of the invitation: whoever leaves one by a link saves it first (autosave.js)
SAVED = ("meeting", "promise", "decision", "table")
NEXT_LABELS: dict[str, str | Promise] = {
    "meeting": gettext_lazy("Next: what people may expect"),
    "promise": gettext_lazy("Next: how it is decided"),
    "decision": gettext_lazy("Next: people"),
    "people": gettext_lazy("Next: at the table"),
    "table": gettext_lazy("Next: check"),
    "look": gettext_lazy("Next: send"),
}


def session_of(request: WorkspaceRequest, pk: int) -> DialogueSession:
    """The session with this id in the workspace of the request, else 404."""
    return get_object_or_404(DialogueSession.objects.for_workspace(request.workspace).with_workspace(), pk=pk)


def number_of(text: str) -> int:
    """The number somebody chose in an address or a list; 0 for what is none, or none a row could have."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def names_of(session: DialogueSession, road: str = INVITE) -> list[str]:
    """The screens of this session in order; how is decided is skipped when nothing is."""
    if road == PACK:
        return list(PACK_SCREENS)
    return [name for name in SCREENS if name != "decision" or session.decides != Decides.NO]


def _is_open(session: DialogueSession, name: str) -> bool:
    """How is decided cannot be said before it is known whether anything is."""
    return name != "decision" or session.decides in {Decides.ADVICE, Decides.YES}


def after(session: DialogueSession, name: str, road: str = INVITE) -> str:
    """The screen that follows."""
    names = [each for each in names_of(session, road) if each == name or _is_open(session, each)]
    return names[min(names.index(name) + 1, len(names) - 1)] if name in names else "people"


def before(session: DialogueSession, name: str, road: str = INVITE) -> str | None:
    names = names_of(session, road)
    index = names.index(name) if name in names else 0
    return names[index - 1] if index else None


def filled(session: DialogueSession, user_id: int) -> set[str]:
    """The screens on which what they ask stands already, so that stepping back undoes nothing."""
    if session.status != Status.DRAFT:
        return set(SCREENS)
    groups = list(session.groups.filter(absence="").values_list("why_you", "what_we_ask"))
    has_people = session.invitations.open().exists()
    is_so = {
        "meeting": session.title and (session.starts_at or session.date_mode == DateMode.POLL),
        "promise": session.goal and session.use_of_outcomes and session.influence and session.decides,
        "decision": session.decides and DecisionProcedure.objects.filter(session=session).exists(),
        "people": has_people,
        "table": has_people and groups and all(why and ask for why, ask in groups),
        "look": was_checked(session, user_id),
    }
    return {name for name, it_is in is_so.items() if it_is}


def screen_url(request: WorkspaceRequest, session: DialogueSession, name: str, road: str = INVITE) -> str:
    return request.workspace.url(f"sessions:{road}_{name}", session.pk)


@dataclass
class Screen:
    """One of the screens being shown. `initial` is what is stored; a draft of the invitation lies over it."""

    request: WorkspaceRequest
    session: DialogueSession
    name: str
    form_class: type[Any]
    initial: Mapping[str, Any]
    kwargs: dict[str, Any] = field(default_factory=dict)
    conflicts: list[tuple[str, str]] = field(default_factory=list)
    is_own_conflict: bool = False
    road: str = INVITE

    def __post_init__(self) -> None:
        is_kept = self.road == INVITE
        self.draft = draft_of(self.session, self.request.user, self.name) if is_kept else None
        self.autosave_url = ""
        if is_kept:
            self.autosave_url = self.request.workspace.url("sessions:draft_keep", self.session.pk, self.name)
        kwargs = {"session": self.session, **self.kwargs}
        if self.request.method == "POST":
            self.form = self.form_class(self.request.POST, self.request.FILES, **kwargs)
        else:
            self.form = self.form_class(initial={**self.initial, **self._typed(kwargs)}, **kwargs)

    def _typed(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """What the draft holds, as initial values; always with the version that is stored now."""
        values: dict[str, Any] = {"version": self.session.version}
        if self.draft is None:
            return values
        data = QueryDict(mutable=True)
        for name, texts in self.draft.fields.items():
            data.setlist(name, texts)
        blank = self.form_class(**kwargs)
        for name, form_field in blank.fields.items():
            kept = name in self.draft.fields and name != "version"
            if kept and not isinstance(form_field, forms.FileField):
                values[name] = form_field.widget.value_from_datadict(data, {}, name)
        return values

    def show_conflict(self) -> None:
        """After StaleSession: stored texts beside what was typed; saving once more keeps what was typed."""
        self.session.refresh_from_db()
        stored = type(self).stored_texts(self.initial_now())
        data = self.form.data.copy()
        data["version"] = str(self.session.version)
        self.form.data = data
        for name, text in stored.items():
            bound = self.form[name] if name in self.form.fields else None
            if bound is not None and text and str(bound.value() or "") != text:
                starter = getattr(bound.field.widget, "starter", "")
                self.conflicts.append((str(bound.label or starter or name), text))

    def initial_now(self) -> Mapping[str, Any]:
        return {name: getattr(self.session, name) for name in self.initial if hasattr(self.session, name)}

    @staticmethod
    def stored_texts(values: Mapping[str, Any]) -> dict[str, str]:
        return {name: text for name, text in values.items() if isinstance(text, str) and name != "version"}

    def on(self) -> HttpResponse:
        """To where the link led by which the screen was left, else to the next screen."""
        wanted = self.request.POST.get("to", "")
        if wanted in self._ways_out():
            return redirect(wanted)
        following = after(self.session, self.name, self.road)
        return redirect(screen_url(self.request, self.session, following, self.road))

    def _ways_out(self) -> set[str]:
        here = road_context(self.request, self.session, self.name, self.road)
        return {here["later_url"], *(step["url"] for step in here["road"])}

    def show(self, **context: Any) -> HttpResponse:
        status = 422 if self.form.is_bound and self.form.errors else 200
        base = {
            "session": self.session,
            "form": self.form,
            "conflicts": self.conflicts,
            "is_own_conflict": self.is_own_conflict,
            "saved_at": timezone.localtime(self.draft.saved_at) if self.draft else None,
            "autosave_url": self.autosave_url,
            "saves": self.road == INVITE and self.name in SAVED,
            **road_context(self.request, self.session, self.name, self.road),
        }
        template = f"sessions/{self.road}_{self.name}.html"
        return TemplateResponse(self.request, template, {**base, **context}, status=status)


def refused(screen: Screen, error: DomainError) -> None:
    """Show an action's refusal at the form; of two savers the second sees both texts."""
    sentence = str(error)
    if isinstance(error, StaleSession):
        screen.is_own_conflict = _saved_last(screen.session, screen.request.user)
        if screen.is_own_conflict:
            sentence = _("You saved this meeting in another tab meanwhile. Look at both texts below.")
    screen.form.add_error(error.field if error.field in screen.form.fields else None, sentence)
    if isinstance(error, StaleSession):
        screen.show_conflict()


def _saved_last(session: DialogueSession, user: User) -> bool:
    """Whether this person saved the session last: then the other of two savers is their own other tab."""
    saved = AuditEvent.objects.on(session).filter(verb__endswith="_saved").last()
    return saved is not None and saved.actor_kind == "user" and saved.actor_id == user.pk


def road_context(
    request: WorkspaceRequest, session: DialogueSession, name: str, road: str = INVITE
) -> dict[str, Any]:
    """What the shell of a screen needs: the road, what is left, back and on."""
    names = names_of(session, road)
    here = names.index(name) if name in names else 0
    done = filled(session, request.user.pk) if road == INVITE else set()
    steps = [
        {
            "n": n + 1,
            "name": SCREENS[each][0],
            "url": screen_url(request, session, each, road),
            "state": "now" if n == here else "past" if n < here or each in done else "next",
        }
        for n, each in enumerate(names)
    ]
    minutes = sum(SCREENS[each][1] for each in names[here:])
    left = len(names) - here
    sentence = (
        _("last screen, about a minute")
        if left == 1
        else ngettext("%(count)d screen left", "%(count)d screens left", left) % {"count": left}
        + ", "
        + ngettext("about %(minutes)d minute", "about %(minutes)d minutes", minutes) % {"minutes": minutes}
    )
    previous = before(session, name, road)
    on = after(session, name, road)
    return {
        "about": str(session) if session.title else _("New meeting"),
        "road": steps,
        "road_name": _("The road to the information pack") if road == PACK else "",
        "road_left": sentence,
        "later_url": request.workspace.url("portal:session_detail", session.pk),
        "back_url": screen_url(request, session, previous, road) if previous else "",
        "next_label": _next_label(session, name, on),
    }


def _next_label(session: DialogueSession, name: str, on: str) -> str | Promise:
    """Where the button leads; on the promise that depends on an answer still being chosen."""
    if name == "promise" and not session.decides:
        return _("Save and continue")
    return NEXT_LABELS.get("decision" if on == "people" and name == "promise" else name, "")
