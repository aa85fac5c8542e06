"""Screen 3: how the advice or decision comes about."""

from datetime import timedelta
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import CardSelect, DateInput, DialoogForm, TickList, cards
from dialoog.kernel.ui.layout import Ask, Asked, Pair
from sessions import wording
from sessions.models import DecisionProcedure, DialogueSession, Fallback, Method, TieRule
from stakeholders.models import StakeholderGroup

READY = (Method.OWN_ADVICE, Method.NO_OBJECTION, Method.VOTE, Method.LATER)
NUMBERS = "method=no_objection|vote|other"


class DecisionForm(DialoogForm):
    """Three ready texts, the honest "later", and the full form of T21 behind "another way"."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    method = forms.ChoiceField(label=_("This is how people read it"), widget=CardSelect)
    rules_on = forms.DateField(label=_("People get the rules by"), required=False, widget=DateInput)
    quorum = forms.IntegerField(
        label=_("Organisations that must take part"),
        help_text=_("Empty means: two thirds of those invited."),
        required=False,
        min_value=1,
        max_value=999,
    )
    quorum_groups = forms.IntegerField(
        label=_("From how many groups"), required=False, min_value=1, max_value=99
    )
    fallback = forms.ChoiceField(label=_("If it does not work"), choices=Fallback.choices, required=False)
    tie_rule = forms.ChoiceField(label=_("If two are equal"), choices=TieRule.choices, required=False)
    threshold = forms.CharField(
        label=_("When is it decided?"),
        help_text=_("For example: what gets on average 3.0 or more goes on the list, at most six."),
        required=False,
        max_length=200,
    )
    question = forms.CharField(label=_("What is the question?"), required=False, max_length=300)
    electorate = forms.CharField(label=_("Who decides?"), required=False, max_length=300)
    own_method = forms.CharField(
        label=_("How?"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    advisory_groups = forms.ModelMultipleChoiceField(
        label=_("Who only advises, without a vote?"),
        queryset=StakeholderGroup.objects.none(),
        required=False,
        widget=TickList,
    )

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, **kwargs)
        self.fields["advisory_groups"].queryset = (  # type: ignore[attr-defined]
            StakeholderGroup.objects.for_workspace(session.workspace).in_order()
        )
        self.fields["method"].choices = cards(Method.choices, self._hints())  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            "version",
            Ask("method"),
            Div("rules_on", data_when="method=later"),
            Asked(
                _("Filled in for you"),
                Div(
                    Pair("question", "electorate"),
                    "own_method",
                    css_class="stack-s",
                    data_when="method=other",
                ),
                Div("threshold", data_when="method=vote|other"),
                Pair("quorum", "quorum_groups"),
                Pair("fallback", "tie_rule"),
                hint=_("This stands in the text above. Change what must be different."),
                data_when=NUMBERS,
            ),
            Div(Ask("advisory_groups"), data_when=NUMBERS),
        )

    def _hints(self) -> dict[str, str]:
        hints = {}
        for method in READY:
            procedure = ready_procedure(self.session, method)
            paragraphs = wording.procedure_paragraphs(self.session, procedure)
            hints[str(method)] = " ".join(paragraphs)
        hints[Method.OTHER] = str(_("You write the rules yourself: question, who, how, when it is decided."))
        return hints

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        method = data.get("method")
        if method == Method.LATER and not data.get("rules_on"):
            self.add_error("rules_on", _("Say on which date people get the rules."))
        starts = self.session.starts_at
        if starts and data.get("rules_on") and data["rules_on"] >= timezone.localtime(starts).date():
            self.add_error("rules_on", _("People need the rules before the meeting."))
        if method == Method.OTHER:
            for name in ("question", "electorate", "own_method", "threshold"):
                if not data.get(name):
                    self.add_error(name, _("People need to know this beforehand."))
        if method != Method.LATER:
            data["rules_on"] = None
        return data


def ready_procedure(session: DialogueSession, method: Method) -> DecisionProcedure:
    """The procedure as a ready text starts, or as it is stored when this method was chosen. Not saved."""
    stored: DecisionProcedure | None = DecisionProcedure.objects.filter(session=session).first()
    if stored and stored.method == method:
        return stored
    ready = DecisionProcedure(session=session, method=method)
    if method == Method.LATER:
        ready.rules_on = suggested_rules_on(session)
    elif method in {Method.NO_OBJECTION, Method.VOTE, Method.OTHER}:
        ready.fallback, ready.tie_rule = Fallback.THREE_QUARTERS, TieRule.SEVERITY
    return ready


def suggested_rules_on(session: DialogueSession) -> Any:
    """Three weeks before the meeting (journeys.md, screen 3)."""
    return timezone.localtime(session.starts_at).date() - timedelta(days=21) if session.starts_at else None


def decision_initial(session: DialogueSession) -> dict[str, Any]:
    """The stored procedure as the form shows it, or the ready numbers without a method chosen."""
    stored = DecisionProcedure.objects.filter(session=session).first()
    if stored is None:
        return {
            "fallback": Fallback.THREE_QUARTERS,
            "tie_rule": TieRule.SEVERITY,
            "rules_on": suggested_rules_on(session),
        }
    names = [f.name for f in DecisionProcedure._meta.fields if f.name in DecisionForm.base_fields]
    initial = {name: getattr(stored, name) for name in names}
    initial["advisory_groups"] = list(stored.advisory_groups.all())
    initial["rules_on"] = stored.rules_on or suggested_rules_on(session)
    return initial
