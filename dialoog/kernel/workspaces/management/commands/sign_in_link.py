"""Prints an address that signs somebody in once, on this machine only."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import Membership, User
from dialoog.kernel.workspaces.one_time import make_link
from dialoog.kernel.workspaces.policy import Role


class Command(BaseCommand):
    help = "Prints a one-time sign-in link (embedded mode only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", help="whose link; by default the owner of your own workspace")

    def handle(self, *, email: str | None = None, **options: object) -> None:
        user = User.objects.filter(email__iexact=email).first() if email else first_owner()
        if user is None:
            raise CommandError(
                "There is nobody with this address." if email else "There is no workspace yet."
            )
        try:
            self.stdout.write(make_link(user))
        except DomainError as error:
            raise CommandError(str(error)) from error


def first_owner() -> User | None:
    """The owner of the oldest workspace that is not the demo."""
    owners = Membership.objects.filter(role=Role.OWNER, workspace__is_demo=False, user__is_active=True)
    membership = owners.select_related("user").order_by("workspace_id", "pk").first()
    return membership.user if membership else None
