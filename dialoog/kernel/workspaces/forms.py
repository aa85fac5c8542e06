"""Forms of members, profile and workspace."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.kernel.workspaces.policy import Role

ZONES = [
    "Europe/Amsterdam",
    "Europe/Brussels",
    "Europe/London",
    "Europe/Istanbul",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Ho_Chi_Minh",
    "Asia/Shanghai",
    "Africa/Accra",
    "Africa/Nairobi",
    "America/New_York",
    "America/Sao_Paulo",
    "UTC",
]


def _helper(label: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_method = "post"
    helper.add_input(Submit("save", label))
    return helper


class AcceptForm(forms.Form):
    """Joining asks one thing: how people may address you."""

    name = forms.CharField(label=_("Your name"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(_("Join"))


class ProfileForm(forms.ModelForm):
    """What people see of you in invitations, and the language you read."""

    class Meta:
        model = User
        fields = ["name", "phone", "language"]
        help_texts = {"phone": _("This number stands in your invitations.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.helper = _helper(_("Save"))


class WorkspaceForm(forms.ModelForm):
    """Name, language and return address of a workspace."""

    timezone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone) for zone in ZONES])

    class Meta:
        model = Workspace
        fields = ["name", "language", "timezone", "postal_address"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(_("Save"))


class MemberForm(forms.Form):
    """Asks a colleague in."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.ORGANISER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(pgettext_lazy("a colleague", "Invite"))


class RoleForm(forms.Form):
    """Changes a role."""

    role = forms.ChoiceField(choices=Role.choices)
