"""Screen 5: per group why it is there and what we ask; distance and history once."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DialoogForm, PillSelect, StarterTextarea
from dialoog.kernel.ui.layout import Ask
from sessions import wording
from sessions.models import DialogueSession, History, Influence, SessionGroup

WHY, ASK, LEVEL = "why_{}", "ask_{}", "level_{}"


class TableForm(DialoogForm):
    """Two sentences per group, in fields named after the group's id."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    travel_paid = forms.BooleanField(label=_("We pay for travel"), required=False)
    measures = forms.CharField(
        label=_("What else do we do about distance?"),
        help_text=_("For example: a talk in Zwolle the week before, begin at 10:00, taking part online."),
        required=False,
        max_length=300,
    )
    history = forms.ChoiceField(
        label=_("Has something happened between the people invited that we should know?"),
        help_text=_("Asked once per meeting. Only you and your colleagues read this."),
        choices=History.choices,
        required=False,
        widget=PillSelect,
    )
    history_note = forms.CharField(
        label=_("What happened"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=3000
    )

    def __init__(
        self, *args: Any, session: DialogueSession, groups: list[SessionGroup], **kwargs: Any
    ) -> None:
        self.session, self.groups = session, groups
        super().__init__(*args, **kwargs)
        who = wording.decider(session)
        levels = [(str(level), wording.influence_sentence(level, who)) for level in Influence]
        for row in groups:
            self.fields[WHY.format(row.group_id)] = _starter(_("You are asked because …"), row.why_you)
            self.fields[ASK.format(row.group_id)] = _starter(_("We ask you to …"), row.what_we_ask)
            self.fields[LEVEL.format(row.group_id)] = forms.ChoiceField(
                label=_("Influence of this group"),
                choices=[("", _("As for everybody")), *levels],
                required=False,
                initial=row.influence,
                widget=forms.Select(attrs={"class": "slim"}),
            )
        self.helper.layout = Layout(Ask("history"), Div("history_note", data_when="history=yes"))

    def texts(self) -> dict[int, dict[str, str]]:
        """Per group id what was written, for `save_table`."""
        return {
            row.group_id: {
                "why_you": self.cleaned_data[WHY.format(row.group_id)],
                "what_we_ask": self.cleaned_data[ASK.format(row.group_id)],
                "influence": self.cleaned_data[LEVEL.format(row.group_id)],
            }
            for row in self.groups
        }


def _starter(starter: Any, initial: str) -> forms.CharField:
    return forms.CharField(
        label="", required=False, max_length=600, initial=initial, widget=StarterTextarea(starter=starter)
    )
