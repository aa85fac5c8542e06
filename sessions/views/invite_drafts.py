"""What somebody typed on a screen and did not save: it is not in the invitation, and they are told so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel.workspaces.access import WorkspaceRequest
from sessions.actions.plan import PROMISE
from sessions.forms.decision import DecisionForm, decision_initial
from sessions.forms.meeting import MeetingForm, meeting_initial
from sessions.forms.promise import PromiseForm
from sessions.forms.table import TableForm
from sessions.models import DialogueSession, SessionDraft
from sessions.views.screens import SAVED, names_of, screen_url

HEADINGS: dict[str, str | Promise] = {
    "meeting": gettext_lazy("What is it about?"),
    "promise": gettext_lazy("What may people expect?"),
    "decision": gettext_lazy("How does it come about?"),
    "table": gettext_lazy("Who is at the table?"),
}


@dataclass(frozen=True)
class Unsaved:
    """A screen with words that are not in the invitation yet."""

    heading: str
    url: str
    saved_at: datetime

    def __str__(self) -> str:
        said = {"screen": self.heading, "time": f"{timezone.localtime(self.saved_at):%H:%M}"}
        return _("What you typed in “%(screen)s” at %(time)s is not in the invitation yet.") % said


def unsaved(request: WorkspaceRequest, session: DialogueSession) -> list[Unsaved]:
    """The screens where this person typed something else than is stored, while it can still be saved."""
    if not session.is_before_sending:
        return []
    names = [name for name in names_of(session) if name in SAVED]
    drafts = {draft.screen: draft for draft in session.drafts.filter(user=request.user, screen__in=names)}
    return [
        Unsaved(str(HEADINGS[name]), screen_url(request, session, name), drafts[name].saved_at)
        for name in names
        if name in drafts and _differs(drafts[name], session)
    ]


def _differs(draft: SessionDraft, session: DialogueSession) -> bool:
    form = FORMS[draft.screen](session)
    data = QueryDict(mutable=True)
    for name, texts in draft.fields.items():
        data.setlist(name, texts)
    return any(
        field.has_changed(
            form.get_initial_for_field(field, name), field.widget.value_from_datadict(data, {}, name)
        )
        for name, field in form.fields.items()
        if name in draft.fields and name != "version"
    )


def _meeting(session: DialogueSession) -> MeetingForm:
    return MeetingForm(initial=meeting_initial(session), session=session)


def _promise(session: DialogueSession) -> PromiseForm:
    return PromiseForm(initial={name: getattr(session, name) for name in PROMISE}, session=session)


def _decision(session: DialogueSession) -> DecisionForm:
    return DecisionForm(initial=decision_initial(session), session=session)


def _table(session: DialogueSession) -> TableForm:
    names = ("travel_paid", "measures", "history", "history_note")
    rows = list(session.groups.filter(absence="").select_related("group"))
    return TableForm(initial={name: getattr(session, name) for name in names}, session=session, groups=rows)


FORMS: dict[str, Callable[[DialogueSession], Any]] = {
    "meeting": _meeting,
    "promise": _promise,
    "decision": _decision,
    "table": _table,
}
