"""A part of the programme; the rules of conduct."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel.ui import dates
from dialoog.kernel.ui.forms import DialoogForm, PillSelect, TimeInput
from dialoog.kernel.ui.layout import Ask, Pair
from sessions.models import DialogueSession, Form

_MOST_DAYS = 14


class AgendaItemForm(DialoogForm):
    """What happens, in which way, for how long, and what people do."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("What happens?"), max_length=160)
    form = forms.ChoiceField(label=gettext_lazy("In which way?"), choices=Form.choices, widget=PillSelect)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=1440, initial=30)
    day = forms.TypedChoiceField(label=gettext_lazy("Day"), coerce=int)
    fixed_start = forms.TimeField(
        label=gettext_lazy("Fixed start"),
        required=False,
        widget=TimeInput,
        help_text=gettext_lazy("Only when it cannot move, such as lunch or a speaker."),
    )
    lead = forms.CharField(label=gettext_lazy("Who leads or tells"), required=False, max_length=160)
    note = forms.CharField(
        label=gettext_lazy("What people do"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("One line, as people read it: “You say what you run into.”"),
    )

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = days_of(session)
        self.fields["day"].choices = days  # type: ignore[attr-defined]
        sizes = ["minutes", "fixed_start"]
        if len(days) > 1:
            sizes.insert(0, "day")
        else:
            del self.fields["day"]
        self.helper.layout = Layout("version", Ask("title"), Ask("form"), Pair(*sizes), Pair("lead", "note"))

    def fields_of_item(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {"day": 1, **values}


class ConductForm(DialoogForm):
    """Rules one a line, and who leads the talk."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    facilitator = forms.CharField(
        label=gettext_lazy("Who leads the talk?"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("A name people can object to in private."),
    )
    rules = forms.CharField(
        label=gettext_lazy("How do we treat each other?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One rule a line. People say “agreed” or “rather otherwise” to them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("version", Ask("facilitator"), Ask("rules"))


def days_of(session: DialogueSession) -> list[tuple[int, str]]:
    """The days of the meeting as choices, by their date; one day while the date is open."""
    if not session.starts_at or not session.ends_at:
        return [(1, _("Day %(number)d") % {"number": 1})]
    first = local_day(session.starts_at, session)
    count = min((local_day(session.ends_at, session) - first).days + 1, _MOST_DAYS)
    return [(n + 1, dates.short_day(first + timedelta(days=n))) for n in range(count)]


def local_day(moment: datetime, session: DialogueSession) -> date:
    """The date of a moment in the session's own zone."""
    return timezone.localtime(moment, ZoneInfo(session.timezone)).date()
