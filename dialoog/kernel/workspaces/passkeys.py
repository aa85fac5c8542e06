"""The form that adds a passkey, in our words."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):
    """Every key may sign in by itself, unless its owner has a device that cannot check who holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label = _("Name of this device")
        name.help_text = _("For example: my laptop. So that you know later which one it is.")
        alone.label = _("Sign in with this passkey alone, without a code by mail")
        alone.help_text = _("Your device then checks that it is you, by fingerprint, face or PIN.")
        alone.initial = True
