"""What happens with a wish: a place on the programme, or a reason."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DialoogForm, PillSelect
from dialoog.kernel.ui.layout import Ask, Pair, When
from sessions.forms.agenda import days_of
from sessions.models import AgendaItem, DialogueSession, Form

PLACES = [
    ("item", _("In a part that is there")),
    ("new", _("In a new part")),
    ("reason", _("Not on the programme")),
]


class WishForm(DialoogForm):
    """One of three: in a part, in a new part, or not on the programme because."""

    mark_optional = False

    place = forms.ChoiceField(label=_("Where does it go?"), choices=PLACES, widget=PillSelect)
    item = forms.ModelChoiceField(
        label=_("Which part"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("Choose a part"),
    )
    title = forms.CharField(label=_("Name of the new part"), required=False, max_length=160)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=1440, initial=45)
    day = forms.TypedChoiceField(label=_("Day"), coerce=int, required=False)
    response = forms.CharField(
        label=_("What you say about it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A wish that gets no place gets a reason."),
    )

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = session.agenda.order_by("day", "position")
        days = days_of(session)
        item: forms.ModelChoiceField = self.fields["item"]  # type: ignore[assignment]
        item.queryset = items
        self.fields["day"].choices = days  # type: ignore[attr-defined]
        if not items.exists():
            self.fields["place"].choices = PLACES[1:]  # type: ignore[attr-defined]
            del self.fields["item"]
        if len(days) == 1:
            del self.fields["day"]
        first = [When("place", "item", "item")] if "item" in self.fields else []
        sizes = ["minutes", "day"] if "day" in self.fields else ["minutes"]
        self.helper.layout = Layout(
            Ask("place"), *first, When("place", "new", "title", Pair(*sizes)), Ask("response")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        place = cleaned.get("place")
        if place == "item" and not cleaned.get("item") and "item" not in self.errors:
            self.add_error("item", _("Choose a part."))
        if place == "new" and not cleaned.get("title"):
            self.add_error("title", _("Give the new part a name."))
        if place == "new" and not cleaned.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Say how many minutes it takes."))
        if place == "reason" and not cleaned.get("response", "").strip():
            self.add_error("response", _("Say why it is not on the programme."))
        return cleaned

    def new_item(self) -> dict[str, Any]:
        """The fields of a new part; people talk in it, because they asked for it."""
        return {
            "title": self.cleaned_data["title"],
            "minutes": self.cleaned_data["minutes"],
            "day": self.cleaned_data.get("day") or 1,
            "form": Form.TABLES,
        }
