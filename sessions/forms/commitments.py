"""Forms of commitments: who does what by when, another date, done, not kept."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DateInput, DialoogForm
from dialoog.kernel.ui.layout import Ask, Pair
from sessions.models import Commitment, DialogueSession
from stakeholders.models import Organisation, Person


class CommitmentForm(DialoogForm):
    """A promise by a named owner, with a date. Once people know it, only the date is asked."""

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
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.for_workspace(session.workspace)
        # of protected people not even the organisation is offered: it would be read in the report (T86)
        shown = Person.objects.filter(invitations__session=session).exclude(pk__in=Person.objects.protected())
        invited = organisations.filter(people__in=shown).distinct()
        self.fields["owner"].queryset = invited.order_by("name")  # type: ignore[attr-defined]
        self.helper.layout = Layout(Ask("text"), "by_organiser", Pair("owner", "owner_name"), Ask("due_on"))

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
    reason = forms.CharField(label=_("Why"), max_length=1000)


class DoneForm(DialoogForm):
    """It was done."""

    done_on = forms.DateField(label=_("Done on"), widget=DateInput)
    note = forms.CharField(label=_("Where people can see it"), required=False, max_length=1000)


class DropForm(DialoogForm):
    """It will not be done."""

    reason = forms.CharField(label=_("Why not"), max_length=1000)
