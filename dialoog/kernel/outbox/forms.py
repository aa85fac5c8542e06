"""The one form of the outbox."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.ui.forms import DialoogForm


class BouncedForm(DialoogForm):
    """Why a mail came back, as its report says."""

    reason = forms.CharField(
        label=_("What does the mail that came back say?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: object, mail: OutgoingMail, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_action = reverse("outbox:mail_bounced", args=[mail.workspace.slug, mail.pk])
        self.helper.add_input(Submit("save", _("It came back")))
