"""Forms of members, profile and workspace."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialoog.kernel.countries import named
from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.kernel.workspaces.policy import Role
from dialoog.kernel.zones import ZONES


def _helper(label: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_method = "post"
    helper.add_input(Submit("save", label))
    return helper


class AcceptForm(forms.Form):
    """Joining asks one thing, and only of who is new: how people may address you."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user is not None:
            del self.fields["name"]
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


class WorkspaceForm(forms.Form):
    """Name, language, where it is and return address of a workspace."""

    name = forms.CharField(
        label=_("Name of the workspace"),
        max_length=120,
        help_text=_("Guests read this name in invitations, as the organisation that invites them."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("New meetings and invitations begin in this language."),
    )
    timezone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone) for zone in ZONES])
    country = forms.ChoiceField(
        label=_("Country"),
        choices=named,
        help_text=_("Mails that leave by themselves avoid the public holidays of this country."),
    )
    postal_address = forms.CharField(
        label=_("Return address on letters"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Undelivered letters come back here. One line per part of the address."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(_("Save"))

    @classmethod
    def values_of(cls, workspace: Workspace) -> dict[str, str]:
        return {name: getattr(workspace, name) for name in cls.base_fields}


class MemberForm(forms.Form):
    """Asks a colleague in."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.ORGANISER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(pgettext_lazy("a colleague", "Invite"))


class RoleForm(forms.Form):
    """Changes a role."""

    role = forms.ChoiceField(choices=Role.choices)
