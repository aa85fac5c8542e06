"""Forms of commitments: who does what by when, done, and what is put to those a change touches."""

from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DateInput, DialoogForm, PillSelect, TickList
from dialoog.kernel.ui.layout import Ask, Pair
from sessions.models import ChangeProposal, Commitment, Contribution, DialogueSession, ProposalView, Via
from stakeholders.models import Organisation, Person


class CommitmentForm(DialoogForm):
    """A promise by a named owner, with a date; and whom a change of it would touch."""

    text = forms.CharField(
        label=_("What is promised?"), max_length=1000, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )
    by_organiser = forms.BooleanField(label=_("We do this ourselves"), required=False)
    owner = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False
    )
    owner_name = forms.CharField(
        label=_("Or who, in your own words"),
        required=False,
        max_length=200,
        help_text=_("Several together, for example. This is what people read."),
    )
    due_on = forms.DateField(label=_("Before which day?"), widget=DateInput)
    partners = forms.ModelMultipleChoiceField(
        label=_("Who promises it as well?"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=TickList,
        help_text=_("If this changes later, they are asked first."),
    )
    contributions = forms.ModelMultipleChoiceField(
        label=_("Which contributions does it answer?"),
        queryset=Contribution.objects.none(),
        required=False,
        widget=TickList,
        help_text=_("If this changes later, who said it is asked first."),
    )

    def __init__(
        self,
        *args: Any,
        session: DialogueSession,
        commitment: Commitment | None = None,
        **kwargs: Any,
    ) -> None:
        if commitment is not None:
            names = ("text", "by_organiser", "owner", "owner_name", "due_on")
            kwargs["initial"] = {name: getattr(commitment, name) for name in names}
            kwargs["initial"] |= {
                "partners": commitment.partners.all(),
                "contributions": commitment.contributions.all(),
            }
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.for_workspace(session.workspace)
        # of protected people not even the organisation is offered: it would be read in the report (T86)
        shown = Person.objects.filter(invitations__session=session).exclude(pk__in=Person.objects.protected())
        invited = organisations.filter(people__in=shown).distinct()
        self.fields["owner"].queryset = invited.in_order()  # type: ignore[attr-defined]
        self.fields["partners"].queryset = invited.in_order()  # type: ignore[attr-defined]
        said = session.contributions.order_by("position", "pk")
        self.fields["contributions"].queryset = said  # type: ignore[attr-defined]
        self.fields["contributions"].label_from_instance = _words  # type: ignore[attr-defined]
        more = [name for name in ("partners", "contributions") if self._drop_if_empty(name)]
        self.helper.layout = Layout(
            Ask("text"), "by_organiser", Pair("owner", "owner_name"), Ask("due_on"), *_folded(more)
        )

    def _drop_if_empty(self, name: str) -> bool:
        """Whether there is anything to choose from; else it is not asked."""
        if self.fields[name].queryset.exists():  # type: ignore[attr-defined]
            return True
        del self.fields[name]
        return False

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        owner = values.get("owner")
        if not values.get("owner_name") and owner is not None:
            values["owner_name"] = owner.name
        if not values.get("owner_name") and not values.get("by_organiser"):
            self.add_error("owner_name", _("Say who does this."))
        return values


class MoveForm(DialoogForm):
    """Another date, with the reason people read."""

    due_on = forms.DateField(label=_("New date"), widget=DateInput)
    reason = forms.CharField(label=_("Why"), max_length=1000, help_text=_("People read this."))


class WordsForm(DialoogForm):
    """Other words, with the reason people read."""

    text = forms.CharField(
        label=_("What is promised instead?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    reason = forms.CharField(label=_("Why"), max_length=1000, help_text=_("People read this."))


class DoneForm(DialoogForm):
    """It was done."""

    done_on = forms.DateField(label=_("Done on"), widget=DateInput)
    note = forms.CharField(label=_("Where people can see it"), required=False, max_length=1000)


class DropForm(DialoogForm):
    """It will not be done."""

    reason = forms.CharField(label=_("Why not"), max_length=1000, help_text=_("People read this."))


class TheirAnswerForm(DialoogForm):
    """What somebody told us about a proposal: by whom and how it came."""

    mark_optional = False

    whom = forms.ChoiceField(label=_("Whose answer is it?"))
    answer = forms.ChoiceField(label=_("What do they say?"), choices=ProposalView.choices, widget=PillSelect)
    reason = forms.CharField(
        label=_("Why, if they would rather not"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    via = forms.ChoiceField(
        label=_("How did it reach you?"),
        choices=[(way.value, way.label) for way in (Via.PHONE, Via.MAIL, Via.POST, Via.INTERMEDIARY)],
        widget=PillSelect,
    )
    said_by = forms.CharField(
        label=_("Who told you, if it was somebody else?"), required=False, max_length=200
    )

    def __init__(self, *args: Any, proposal: ChangeProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = proposal.answers.select_related("invitation__person").order_by(
            "invitation__person__sort_key", "pk"
        )
        whom: forms.ChoiceField = self.fields["whom"]  # type: ignore[assignment]
        whom.choices = [(str(row.invitation_id), row.invitation.person.name) for row in rows]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("answer") == ProposalView.RATHER_NOT and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why they would rather not."))
        return values


def _folded(names: list[str]) -> list[Any]:
    """Whom it touches, kept for who needs it."""
    if not names:
        return []
    title = gettext("Whom does it touch?")
    begin = f'<details class="fold"><summary>{title}</summary><div>'
    return [HTML(begin), *names, HTML("</div></details>")]


def _words(contribution: Contribution) -> str:
    return Truncator(contribution.text).chars(120)
