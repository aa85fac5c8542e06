"""The form that ticks a facilitator's meetings."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.models import DialogueSession


class MeetingsForm(forms.Form):
    """Ticks among the meetings of one workspace."""

    sessions = forms.ModelMultipleChoiceField(
        label=_("Meetings"),
        queryset=DialogueSession.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, sessions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: forms.ModelMultipleChoiceField = self.fields["sessions"]  # type: ignore[assignment]
        choice.queryset = sessions
        self.helper = FormHelper()
        self.helper.form_method = "post"
        self.helper.add_input(Submit("save", _("Save")))
