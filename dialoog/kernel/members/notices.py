"""Mails about a change in how somebody signs in, so that what a stranger changes does not stay unseen."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel import clock
from dialoog.kernel.outbox.message import fill, mark
from dialoog.kernel.outbox.post import Envelope, keep_body, post
from dialoog.kernel.workspaces.models import User

NEW_WAY, FEWER = gettext_lazy("A new way to sign in"), gettext_lazy("One step fewer to sign in")
# allauth's names of what happened, and our own: (subject, what happened)
KINDS = {
    "webauthn_added": (NEW_WAY, gettext_lazy("A passkey was added. Who has it, can sign in as you.")),
    "webauthn_removed": (
        gettext_lazy("A passkey was removed"),
        gettext_lazy("A passkey was removed. Nobody can sign in with it any more."),
    ),
    "totp_activated": (
        gettext_lazy("A second step to sign in"),
        gettext_lazy("From now on we also ask a code from an app on a phone."),
    ),
    "totp_deactivated": (
        FEWER,
        gettext_lazy("We no longer ask a code from an app. The code by mail is enough to sign in."),
    ),
    "recovery_codes_generated": (
        gettext_lazy("New recovery codes"),
        gettext_lazy("New recovery codes were made. The old ones no longer work."),
    ),
    "email_changed": (
        gettext_lazy("Your address was changed"),
        gettext_lazy("Codes to sign in now go to another address, no longer to this one."),
    ),
    "second_step_reset": (
        FEWER,
        gettext_lazy(
            "Your second step, passkeys and recovery codes were removed, and you were signed out everywhere. "
            "Sign in with a code by mail; then you can add them anew."
        ),
    ),
}
_OTHER = (
    gettext_lazy("Something changed in how you sign in"),
    gettext_lazy("Something changed in how you sign in."),
)


def tell(*, user: User, kind: str, email: str, browser: str = "") -> None:
    """Mail `user` what changed, at `email`: through the outbox of the workspace they were in first.

    The mail never holds a code or a link that signs in, so it may stand in the outbox and the sandbox, where
    it names no network address: colleagues can read it. Somebody in no workspace gets it at once.
    """
    with translation.override(user.language):
        subject, sentence = KINDS.get(kind, _OTHER)
        context = {
            "subject": str(subject),
            "sentence": str(sentence),
            "name": mark("name"),
            "at": clock.now(),
            "browser": browser,
            "link": settings.BASE_URL + reverse("usersessions_list"),
        }
        html = render_to_string("emails/account_notice.html", context)
        text = render_to_string("emails/account_notice.txt", context)
        name = user.name or _("colleague")
    first = user.memberships.select_related("workspace").order_by("pk").first()
    if first is None:
        values = {"name": name}
        message = EmailMultiAlternatives(str(context["subject"]), fill(text, values), to=[email])
        message.attach_alternative(fill(html, values, as_html=True), "text/html")
        message.send()
        return
    body = keep_body(
        workspace=first.workspace,
        kind="account_notice",
        language=user.language,
        subject=str(context["subject"]),
        html=html,
        text=text,
    )
    envelope = Envelope(
        key=f"account:{user.pk}:{kind}:{clock.now().timestamp()}",
        body=body,
        to_email=email,
        to_name=user.name,
        recipient=f"user:{user.pk}",
        personal={"name": name},
    )
    post(workspace=first.workspace, envelope=envelope)
