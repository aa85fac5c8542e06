"""Brings everything up to date before a start: tables, static files, and the first workspaces once."""

import getpass
import hashlib
import os
import pwd
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.members.actions import open_workspace, put_in
from dialoog.kernel.workspaces.actions import make_user
from dialoog.kernel.workspaces.chosen_language import FIRST_NAMES
from dialoog.kernel.workspaces.management.commands.sign_in_link import first_owner
from dialoog.kernel.workspaces.models import Workspace
from dialoog.kernel.workspaces.policy import Role

OWNER_EMAIL = "organiser@localhost"
# versions of htmx that no page asks for: packing them takes a second of the first start
UNUSED = ["htm*-4*"]


class Command(BaseCommand):
    help = "Migrates, collects static files and, embedded, makes your first workspace and the demo once."

    def handle(self, **options: object) -> None:
        self._migrate()
        self._collect()
        if settings.EMBEDDED:
            self._found()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date …")
            call_command("migrate", verbosity=0, interactive=False)

    def _collect(self) -> None:
        kept = Path(settings.STATIC_ROOT) / ".digest"
        digest = _digest_of_sources()
        if kept.exists() and kept.read_text() == digest:
            return
        self.stdout.write("Collecting static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=UNUSED)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(digest)

    def _found(self) -> None:
        owner = first_owner()
        if owner is None:
            self.stdout.write("Making your own workspace …")
            language = "nl" if os.environ.get("LANG", "").startswith("nl") else "en"
            owner = make_user(email=OWNER_EMAIL, name=_own_name(), language=language)
            open_workspace(name=FIRST_NAMES[language], owner=owner, language=language, by=Actor.system())
        if "demo" in get_commands() and not Workspace.objects.filter(is_demo=True).exists():
            self.stdout.write("Loading the demo, once …")
            call_command("demo")
        for demo in Workspace.objects.filter(is_demo=True).exclude(memberships__user=owner):
            put_in(workspace=demo, user=owner, role=Role.OWNER, by=Actor.system())


def _digest_of_sources() -> str:
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _own_name() -> str:
    """The name this machine knows its user by, else the login."""
    try:
        full = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0]
    except KeyError:
        full = ""
    login = getpass.getuser()
    # why: "Good morning, Root" greets a machine, not a person
    return full if full and full != login else "" if login == "root" else login.title()
