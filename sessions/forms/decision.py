"""Screen 3: how the advice or decision comes about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DateInput, DialoogForm, TickList
from dialoog.kernel.ui.layout import Ask, Folded, Pair, When
from sessions import wording
from sessions.models import Decides, DecisionProcedure, DialogueSession, Fallback, Method, TieRule
from sessions.quorum import asks_two_thirds, two_thirds
from stakeholders.models import StakeholderGroup

READY = (Method.OWN_ADVICE, Method.NO_OBJECTION, Method.VOTE, Method.LATER)
NUMBERS = "no_objection|vote|other"
# one line each; what people read unfolds under the one that is chosen
SHORT: dict[str, str | Promise] = {
    Method.OWN_ADVICE: _("No vote. All advice is written down, also where it differs."),
    Method.NO_OBJECTION: _("Talking and changing until everybody can live with it."),
    Method.VOTE: _("Every organisation has one vote, without names."),
    Method.LATER: _("You do not know yet; Dialoog guards the date on which people hear it."),
    Method.OTHER: _("You write the rules yourself: question, who, how, when it is decided."),
}


@dataclass(frozen=True)
class Rule:
    """A ready text to choose: its name, one line about it, and what people read."""

    title: str | Promise
    short: str | Promise
    paragraphs: Sequence[str] = ()

    def __str__(self) -> str:
        return str(self.title)


class RuleSelect(forms.RadioSelect):
    """Short cards; the chosen one unfolds, and the last, one's own rules, is folded away until wanted."""

    template_name = "sessions/widgets/rules.html"


class DecisionForm(DialoogForm):
    """Three ready texts, the honest "later", and the full form of T21 behind "another way"."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    method = forms.ChoiceField(label=_("Choose one"), widget=RuleSelect)
    rules_on = forms.DateField(label=_("People get the rules by"), required=False, widget=DateInput)
    quorum = forms.IntegerField(
        label=_("Organisations that must take part"),
        required=False,
        min_value=1,
        max_value=999,
    )
    quorum_groups = forms.IntegerField(
        label=_("From at least how many groups"),
        help_text=_("For example 3: then one group cannot decide alone. Empty means: you do not ask this."),
        required=False,
        min_value=1,
        max_value=99,
    )
    fallback = forms.ChoiceField(label=_("If it does not work"), choices=Fallback.choices, required=False)
    tie_rule = forms.ChoiceField(label=_("If two are equal"), choices=TieRule.choices, required=False)
    threshold = forms.CharField(
        label=_("When is it decided?"),
        help_text=_(
            "Empty, with a vote: more than half of the votes. Or for example: “What gets 3.0 or more on "
            "average goes on the list, at most six.”"
        ),
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
            StakeholderGroup.objects.for_workspace(session.workspace).in_use().in_order()
        )
        self.fields["method"].choices = self._rules()  # type: ignore[attr-defined]
        self.fields["quorum"].help_text = quorum_hint(session)
        self._name_the_decider()
        self.helper.layout = Layout(
            "version",
            Ask("method"),
            When("method", "later", "rules_on"),
            When("method", "other", Pair("question", "electorate"), "own_method", css_class="stack-s"),
            When(
                "method",
                NUMBERS,
                When("method", "vote|other", "threshold"),
                Folded(
                    _("How many take part, and what if it does not work"),
                    Pair("quorum", "quorum_groups"),
                    "fallback",
                    When("method", "vote|other", "tie_rule"),
                    note=format_html('<span data-live="numbers">{}</span>', self.numbers()),
                    stays_shut=True,
                ),
                Folded(_("Does a group only advise, without a vote?"), "advisory_groups"),
                css_class="stack",
            ),
        )

    def numbers(self) -> str:
        """What the folded choices are now, in the words people read; a field that is wrong says nothing."""
        said: dict[str, Any] = {"method": self["method"].value() or ""}
        for name in ("quorum", "quorum_groups", "fallback", "tie_rule"):
            field = self.fields[name]
            try:
                said[name] = field.clean(field.get_bound_field(self, name).value())
            except forms.ValidationError:
                said[name] = "" if isinstance(field, forms.ChoiceField) else None
        return wording.numbers_sentences(self.session, DecisionProcedure(session=self.session, **said))

    def _rules(self) -> list[tuple[str, Rule]]:
        rules = []
        for value, title in Method.choices:
            procedure = ready_procedure(self.session, Method(value))
            paragraphs = () if value == Method.OTHER else wording.rule_paragraphs(self.session, procedure)
            rules.append((value, Rule(title, SHORT[value], untitled(value, paragraphs))))
        return rules

    def _name_the_decider(self) -> None:
        """Where the one who decides afterwards steps in, their name stands in the choice."""
        who = wording.decider(self.session)
        named = {
            "fallback": (Fallback, Fallback.ADOPTER, gettext("%(who)s decides")),
            "tie_rule": (TieRule, TieRule.ADOPTER, gettext("%(who)s chooses")),
        }
        for name, (enum, value, text) in named.items():
            choices = [(key, text % {"who": who} if key == value else label) for key, label in enum.choices]
            begun = [(key, capfirst(label)) for key, label in choices]
            self.fields[name].choices = begun  # type: ignore[attr-defined]

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


def untitled(method: str, paragraphs: Iterable[str]) -> list[str]:
    """The paragraphs below a card: a first sentence that is its title stands above them already."""
    read = [each.removeprefix(str(Method(method).label)).strip() for each in paragraphs]
    return [each for each in read if each]


def quorum_hint(session: DialogueSession) -> str:
    """What an empty quorum means: two thirds in numbers as soon as people are on the list."""
    if not asks_two_thirds(session, DecisionProcedure()):
        return gettext("Empty means: there is no minimum.")
    needed, invited = two_thirds(session)
    if not invited:
        return gettext("Empty means: two thirds of those invited. The number follows with your list.")
    return gettext("Empty means: two thirds of those invited. Now that is %(needed)d of %(invited)d.") % {
        "needed": needed,
        "invited": invited,
    }


def ready_procedure(session: DialogueSession, method: Method) -> DecisionProcedure:
    """The procedure as a ready text starts, or as it is stored when this method was chosen. Not saved."""
    stored: DecisionProcedure | None = DecisionProcedure.objects.filter(session=session).first()
    if stored and stored.method == method:
        return stored
    ready = DecisionProcedure(session=session, method=method)
    if method == Method.LATER:
        ready.rules_on = suggested_rules_on(session)
    elif method in {Method.NO_OBJECTION, Method.VOTE, Method.OTHER}:
        ready.fallback, ready.tie_rule = least_promise(session)
    return ready


def least_promise(session: DialogueSession) -> tuple[Fallback, TieRule]:
    """What happens without agreement and when two are equal, as far as it follows from what was said."""
    fallback = Fallback.ADOPTER if session.decides == Decides.ADVICE else Fallback.NOTHING
    return fallback, TieRule.BOTH


def procedure_of(session: DialogueSession, form: DecisionForm) -> DecisionProcedure | None:
    """The procedure a form being filled in would make, as far as it is right already. Not saved."""
    form.is_valid()
    names = {each.name for each in DecisionProcedure._meta.fields}
    data = {name: value for name, value in form.cleaned_data.items() if name in names}
    return DecisionProcedure(session=session, **data) if data.get("method") else None


def suggested_rules_on(session: DialogueSession) -> Any:
    """Three weeks before the meeting (journeys.md, screen 3)."""
    return timezone.localtime(session.starts_at).date() - timedelta(days=21) if session.starts_at else None


def decision_initial(session: DialogueSession) -> dict[str, Any]:
    """The stored procedure as the form shows it, or the ready numbers without a method chosen."""
    stored = DecisionProcedure.objects.filter(session=session).first()
    if stored is None:
        fallback, tie_rule = least_promise(session)
        return {"fallback": fallback, "tie_rule": tie_rule, "rules_on": suggested_rules_on(session)}
    names = [f.name for f in DecisionProcedure._meta.fields if f.name in DecisionForm.base_fields]
    initial = {name: getattr(stored, name) for name in names}
    initial["advisory_groups"] = list(stored.advisory_groups.all())
    initial["rules_on"] = stored.rules_on or suggested_rules_on(session)
    return initial
