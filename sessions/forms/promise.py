"""Screen 2: what people may expect."""

from copy import copy
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui import dates
from dialoog.kernel.ui.figures import influence_pair
from dialoog.kernel.ui.forms import CardSelect, DateInput, DialoogForm, StarterTextarea, cards
from dialoog.kernel.ui.layout import Ask, Asked, Pair, When
from sessions import wording
from sessions.models import Confidentiality, Decides, DialogueSession, Influence

HINTS: dict[str, str | Promise] = {
    Decides.NO: _("We listen and talk. There is no vote."),
    Decides.ADVICE: _("The group says together what it thinks. Somebody else decides afterwards."),
    Decides.YES: _("What the group decides, stands."),
}


class PromiseForm(DialoogForm):
    """Nothing is preselected: a promise is chosen, not left standing."""

    later = ("last_time",)

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    goal = forms.CharField(
        label=_("Goal"), required=False, widget=StarterTextarea(starter=_("At the end we have together …"))
    )
    use_of_outcomes = forms.CharField(
        label="", required=False, widget=StarterTextarea(starter=_("We use the outcome for …"))
    )
    not_used_for = forms.CharField(
        label="", required=False, widget=StarterTextarea(starter=_("and not to …"))
    )
    influence = forms.ChoiceField(
        label=_("How much influence do people have?"),
        help_text=_("Choose the sentence you can keep. This is how they read it."),
        required=False,
        widget=CardSelect(say=True),
    )
    out_of_scope = forms.CharField(
        label=_("What do people not decide about?"),
        help_text=_("A whole sentence: people read it right after the sentence you chose."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": _("You do not decide about the budget.")}),
    )
    decides = forms.ChoiceField(
        label=_("Is anything decided that day?"),
        required=False,
        choices=cards(Decides.choices, HINTS),
        widget=CardSelect(columns=True),
    )
    adopter = forms.CharField(
        label=_("Name or body"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"placeholder": _("The board")}),
    )
    adopts_by = forms.DateField(label=_("By which day"), required=False, widget=DateInput)
    report_by = forms.DateField(
        label=_("People hear from us by"),
        help_text=_(
            "Two weeks after the meeting is usual. Dialoog guards this date: it stands in their mail."
        ),
        required=False,
        widget=DateInput,
    )
    confidentiality = forms.ChoiceField(
        label=_("What stays in the room?"),
        required=False,
        choices=Confidentiality.choices,
        widget=CardSelect,
    )
    last_time = forms.CharField(
        label=_("Did something go wrong last time?"),
        required=False,
        widget=StarterTextarea(starter=_("Last time …")),
    )

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, **kwargs)
        who = wording.decider(session)
        sentences = [(str(level), wording.influence_sentence(level, who)) for level in Influence]
        drawn = {str(level): influence_pair(str(level)) for level in Influence}
        self.fields["influence"].choices = cards(sentences, drawn=drawn)  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            "version",
            Ask("goal"),
            Asked(_("What happens with the outcome?"), Pair("use_of_outcomes", "not_used_for")),
            Ask("influence"),
            "out_of_scope",
            Ask("decides"),
            When(
                "decides",
                "advice|yes",
                Asked(_("Who decides afterwards?"), Pair("adopter", "adopts_by"), hint=self._decider_hint()),
            ),
            Ask("report_by"),
            Ask("confidentiality"),
            Ask("last_time"),
        )

        decided = session.decided_after_report
        if decided:
            self.fields["report_by"].help_text = gettext(
                "This comes before %(day)s, by which %(who)s decides: you cannot tell yet what was decided."
            ) % {"day": dates.day_month(decided), "who": who}

    def _decider_hint(self) -> str:
        name = self.session.workspace.name
        return gettext("Empty means: people read that “%(name)s” decides.") % {"name": name}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts = self.session.starts_at
        if starts:
            for name in ("report_by", "adopts_by"):
                if data.get(name) and data[name] < starts.date():
                    self.add_error(name, _("This date lies before the meeting."))
        return data


def said(session: DialogueSession, form: PromiseForm) -> DialogueSession:
    """The session with who decides and when as the form has them, as far as they are right. Not saved."""
    typed = copy(session)
    for name in ("decides", "adopter", "adopts_by"):
        field = form.fields[name]
        try:
            value = field.clean(form[name].value())
        except forms.ValidationError:
            value = None if name == "adopts_by" else ""
        setattr(typed, name, value)
    return typed
