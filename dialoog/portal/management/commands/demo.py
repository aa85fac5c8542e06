"""Loads the demo: three meetings at different moments, in a workspace of their own."""

import logging
from argparse import ArgumentParser

from celery import current_app
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.management.commands.sign_in_link import first_owner
from dialoog.kernel.workspaces.models import Workspace
from dialoog.portal.demo.load import load_demo, refuse_unless_embedded, remove_demo


class Command(BaseCommand):
    help = "Loads a workspace with three meetings to look around in (on one's own machine only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="take the demo away first and load it anew")

    def handle(self, *, fresh: bool = False, **options: object) -> None:
        with translation.override("en"):
            try:
                # a fresh load that breaks off keeps the old demo
                with transaction.atomic():
                    self._load(fresh)
            except DomainError as error:
                raise CommandError(str(error)) from error

    def _load(self, fresh: bool) -> None:
        refuse_unless_embedded()
        owner = first_owner()
        if owner is None:
            raise DomainError(_("There is no workspace yet. Start with bin/run, or with manage.py prepare."))
        if fresh and remove_demo():
            self.stdout.write(_("The old demo is gone."))
        demo = Workspace.objects.filter(is_demo=True).first()
        if demo is not None:
            self.stdout.write(_("The demo is there already. Use --fresh to load it anew."))
            return
        # why: the load does itself what a worker would; what it announces is for nobody
        current_app.conf.update(broker_url="memory://localhost", broker_transport_options={})
        logging.disable(logging.INFO)
        workspace = load_demo(owner=owner)
        logging.disable(logging.NOTSET)
        self.stdout.write(_("The demo is in the workspace “%(name)s”.") % {"name": workspace.name})
