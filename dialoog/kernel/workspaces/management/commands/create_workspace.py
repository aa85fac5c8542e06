"""Makes a workspace with its owner on a server, and tells the owner how to come in."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.members.actions import open_workspace
from dialoog.kernel.workspaces.actions import make_user
from dialoog.kernel.workspaces.models import Workspace
from dialoog.kernel.workspaces.one_time import make_link


class Command(BaseCommand):
    help = "Makes a workspace and its owner. The owner signs in with a mailed code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the organisation's name")
        parser.add_argument("--owner", required=True, help="mail address of the owner")
        parser.add_argument("--owner-name", default="")
        parser.add_argument("--language", default="nl", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *, name: str, owner: str, owner_name: str, language: str, **options: object) -> None:
        if not name.strip():
            raise CommandError("A workspace needs a name.")
        try:
            validate_email(owner)
        except ValidationError:
            raise CommandError(f"“{owner}” is not a mail address.") from None
        user = make_user(email=owner, name=owner_name, language=language)
        workspace = open_workspace(name=name.strip(), owner=user, language=language, by=Actor.system())
        self.stdout.write(f"Made “{workspace.name}” ({workspace.slug}), owned by {user.email}.")
        if settings.EMBEDDED:
            self.stdout.write(f"Sign in once with: {make_link(user)}")
        else:
            _tell(workspace, user.email, user.language)
            self.stdout.write("The owner is told by mail; signing in takes a mailed code.")


def _tell(workspace: Workspace, email: str, language: str) -> None:
    with translation.override(language):
        body = render_to_string(
            "outbox/workspace_ready.txt", {"workspace": workspace, "address": settings.BASE_URL}
        )
        subject = _("Your workspace %(name)s is ready") % {"name": workspace.name}
    EmailMessage(" ".join(subject.split()), body, settings.MAIL_FROM, [email]).send()
