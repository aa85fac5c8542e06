"""The answer to a question somebody asked."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import Card, CardSelect, DialoogForm
from dialoog.kernel.ui.layout import Ask

WHOM = [
    ("asker", Card(_("Only for the one who asked"), _("It stands on their own page."))),
    (
        "everyone",
        Card(_("For everyone"), _("Question and answer stand on every page, without the name of who asked.")),
    ),
]


class QuestionForm(DialoogForm):
    """An answer, and for whom it is. Nothing is chosen beforehand."""

    answer = forms.CharField(
        label=_("Your answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    whom = forms.ChoiceField(
        label=_("For whom is it?"),
        choices=WHOM,
        widget=CardSelect,
        help_text=_("For everyone? Then see that the question itself does not tell who asked it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Ask("answer"), Ask("whom"))
