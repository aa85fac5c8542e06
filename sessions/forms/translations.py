"""One text of a meeting in another language."""

from typing import Any

from django import forms

from dialoog.kernel.ui.forms import DialoogForm
from sessions.content import INTERFACE, TRANSLATABLE


class TranslationForm(DialoogForm):
    """Field and language come from the page; the text keeps the longest its source may be."""

    field = forms.ChoiceField(choices=[(name, name) for name in TRANSLATABLE], widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=[(code, code) for code in INTERFACE], widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.data.get("field") or self.initial.get("field", "")
        if name in TRANSLATABLE:
            self.fields["text"] = forms.CharField(
                required=False, max_length=TRANSLATABLE[name], widget=forms.Textarea(attrs={"rows": 2})
            )
