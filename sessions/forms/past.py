"""A meeting that was held already."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DateInput, DialoogForm, TickList, TimeInput
from dialoog.kernel.ui.layout import Ask, Asked, Pair
from dialoog.kernel.workspaces.models import Workspace
from stakeholders.models import Person


class PastMeetingForm(DialoogForm):
    """Its name, when and where it was, and who was there."""

    title = forms.CharField(label=_("The meeting was called"), max_length=160)
    day = forms.DateField(label=_("Date"), widget=DateInput)
    start = forms.TimeField(label=_("Started"), widget=TimeInput)
    end = forms.TimeField(label=_("Ended"), widget=TimeInput)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    people = forms.ModelMultipleChoiceField(
        label=_("Who was there?"), queryset=Person.objects.none(), widget=TickList
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(workspace.timezone)
        people: forms.ModelMultipleChoiceField = self.fields["people"]  # type: ignore[assignment]
        people.queryset = Person.objects.for_workspace(workspace).active().in_order()
        self.helper.layout = Layout(
            Ask("title"),
            Asked(_("When and where was it?"), Pair("day", "start", "end"), "place"),
            Ask("people"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, start, end = (cleaned.pop(name, None) for name in ("day", "start", "end"))
        if day and start and end:
            if end <= start:
                self.add_error("end", _("The meeting must end after it starts."))
            cleaned["starts_at"] = datetime.combine(day, start, tzinfo=self.zone)
            cleaned["ends_at"] = datetime.combine(day, end, tzinfo=self.zone)
        return cleaned
