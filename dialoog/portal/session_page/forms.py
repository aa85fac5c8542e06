"""Two ways to let a finding rest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DateInput, DialoogForm


class LaterForm(DialoogForm):
    """Until which day it may wait."""

    until = forms.DateField(label=_("Show it again on"), widget=DateInput())


class AsideForm(DialoogForm):
    """Why it does not matter here."""

    reason = forms.CharField(
        label=_("Not needed, because"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The reason stays visible in the account of this meeting."),
    )
