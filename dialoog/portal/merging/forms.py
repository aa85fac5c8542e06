"""What stays of two people: one choice for each thing on which they differ."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DialoogForm, PillSelect
from stakeholders.languages import language_name
from stakeholders.models import Person

STAYS, GOES = "stays", "goes"
LABELS = {
    "name": _("Name"),
    "organisation": _("Organisation"),
    "job": _("Job"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "language": _("Language"),
    "channel": _("Reached by"),
    "place": _("Travels from"),
    "address": _("Address"),
    "represents": _("Speaks for"),
    "contact_preference": _("Prefers"),
    "note": _("What helps here"),
}
ADDRESS = ("street", "postcode", "city", "country")


class MergeForm(DialoogForm):
    """Nothing to choose where they agree, or where only one of them has something."""

    mark_optional = False

    def __init__(self, *args: Any, stays: Person, goes: Person, **kwargs: Any) -> None:
        self.stays, self.goes = stays, goes
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            mine, theirs = _shown(stays, name), _shown(goes, name)
            if mine and theirs and mine != theirs:
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=[(STAYS, mine), (GOES, theirs)], initial=STAYS, widget=PillSelect
                )
        self.helper.layout = Layout(*self.fields)

    def values(self) -> dict[str, Any]:
        """What was chosen of the one who goes, as fields of a person."""
        chosen = [name for name, whose in self.cleaned_data.items() if whose == GOES]
        names = [each for name in chosen for each in (ADDRESS if name == "address" else (name,))]
        return {name: getattr(self.goes, name) for name in names}


def _shown(person: Person, name: str) -> str:
    if name == "address":
        return ", ".join(person.postal_lines) if person.street else ""
    if name == "channel":
        return str(person.get_channel_display())
    if name == "language":
        return language_name(person.language)
    return str(getattr(person, name) or "")
