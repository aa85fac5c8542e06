"""Screen 2: what people may expect."""

from copy import copy
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui import dates
from dialoog.kernel.ui.figures import influence_key, influence_pair
from dialoog.kernel.ui.forms import CardSelect, DateInput, DialoogForm, StarterTextarea, cards
from dialoog.kernel.ui.layout import Ask, Asked, Folded, Pair, When
from sessions import wording
from sessions.actions.plan import suggested_report_after
from sessions.models import Confidentiality, Decides, DialogueSession, Influence

HINTS: dict[str, str | Promise] = {
    Decides.NO: _("We listen and talk. There is no vote."),
    Decides.ADVICE: _("The group says together what it thinks. Somebody else decides afterwards."),
    Decides.YES: _("What the group decides, stands."),
}


class PromiseForm(DialoogForm):
    """Nothing is preselected: a promise is chosen, not left standing."""

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
        required=False,
        widget=CardSelect(say=True, live="say"),
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
    report_by = forms.DateField(label=_("People hear from us by"), required=False, widget=DateInput)
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
        who = wording.decider(said(session, self))
        sentences = [(str(level), wording.influence_sentence(level, who)) for level in Influence]
        drawn = {str(level): influence_pair(str(level)) for level in Influence}
        self.fields["influence"].choices = cards(sentences, drawn=drawn)  # type: ignore[attr-defined]
        self.fields["influence"].help_text = _influence_hint(who)
        self.fields["report_by"].help_text = format_html(
            '<span data-live="report-hint" aria-live="polite">{}</span>', self.report_hint()
        )
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
            Folded(_("Did something go wrong last time?"), "last_time", end=_("can wait")),
        )

    def report_hint(self) -> str:
        """What the date is for, or what cannot be told by then and the day we propose; as the form is now."""
        typed = said(self.session, self)
        decided = typed.decided_after_report
        if decided is None:
            return gettext(
                "Two weeks after the meeting is usual. Dialoog guards this date: it stands in their mail."
            )
        crossing = gettext(
            "This comes before %(day)s, by which %(who)s decides: you cannot tell yet what was decided."
        ) % {"day": dates.day_month(decided), "who": wording.decider(typed)}
        proposed = suggested_report_after(decided, self.session.workspace.is_day_off)
        return format_html(
            '{} <button class="linklike" type="button" data-take="report_by" value="{}">{}</button>',
            crossing,
            proposed.isoformat(),
            gettext("Take %(day)s") % {"day": dates.day_month(proposed)},
        )

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


def _influence_hint(who: str) -> str:
    """What to choose, and how to read the circles beside each sentence."""
    us, you, both = (mark_safe(drawn) for drawn in influence_key())
    return format_html(
        '{} <span class="say-key"><span>{}<span data-live="who">{}</span></span>'
        "<span>{}{}</span><span>{}{}</span></span>",
        gettext("Choose the sentence you can keep. This is how they read it."),
        *(us, who),
        *(you, gettext("the people at the table")),
        *(both, gettext("overlap: what you decide together")),
    )


def said(session: DialogueSession, form: PromiseForm) -> DialogueSession:
    """The session with who decides, when, and when people hear back as the form has them. Not saved."""
    typed = copy(session)
    for name in ("decides", "adopter", "adopts_by", "report_by"):
        field = form.fields[name]
        try:
            # not form[name], which would keep the explanation the field has at this moment
            value = field.clean(field.get_bound_field(form, name).value())
        except forms.ValidationError:
            value = None if name.endswith("_by") else ""
        setattr(typed, name, value)
    return typed
