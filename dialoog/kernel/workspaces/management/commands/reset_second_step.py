"""Takes off somebody's second step, for who keeps the server: the last owner has no colleague to ask."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.members.second_step import take_off
from dialoog.kernel.workspaces.models import User


class Command(BaseCommand):
    help = "Removes app, passkeys and recovery codes of one person, who then signs in with a mailed code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="whose; make sure by telephone that it is them who ask")

    def handle(self, *, email: str, **options: object) -> None:
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError("There is nobody with this address.")
        try:
            take_off(user=user, by=Actor.system())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.email} signs in with a mailed code from now on, and is told by mail.")
