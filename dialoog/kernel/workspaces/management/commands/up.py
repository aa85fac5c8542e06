"""Starts web server, worker and clock together and keeps them alive."""

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from dialoog.kernel.workspaces.management.commands.sign_in_link import first_owner
from dialoog.kernel.workspaces.management.door import Door
from dialoog.kernel.workspaces.management.neighbours import wait_for_neighbours
from dialoog.kernel.workspaces.management.supervisor import Part, Supervisor
from dialoog.kernel.workspaces.one_time import make_link


class Command(BaseCommand):
    help = "Runs web, worker and beat under one supervisor."
    requires_system_checks = []  # the test suite checks; a start should be quick

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (behind a proxy)")
        parser.add_argument("--threads", type=int, default=4, help="requests a web process answers at a time")
        parser.add_argument("--processes", type=int, default=1, help="web processes; on SQLite keep one")

    def handle(self, *, host: str, threads: int, processes: int, **options: object) -> None:
        if settings.EMBEDDED and host not in ("127.0.0.1", "::1", "localhost"):
            raise CommandError("Without EMAIL_URL Dialoog only listens on this machine: leave --host out.")
        port = settings.ENVIRONMENT.port
        _refuse_taken(host, port)
        self.stdout.write("Starting Dialoog …")
        self.stdout.flush()
        wait_for_neighbours(self.stderr.write)
        call_command("prepare")
        connections.close_all()
        # why the page of signing in: whoever follows the link finds it read and warm
        door = Door(host, port, name=settings.ENVIRONMENT.host, path="/accounts/login/")
        Supervisor(parts(host, port, threads, processes)).run(lambda: door.is_open() and self._welcome())
        self.stdout.write("Stopped.")

    def _welcome(self) -> bool:
        """Say where to look, now that somebody answers there."""
        self.stdout.write(f"\n  Dialoog runs at {settings.BASE_URL}")
        if settings.EMBEDDED:
            owner = first_owner()
            if owner is not None:
                self.stdout.write(f"  Sign in once with {make_link(owner)}")
            self.stdout.write("  Mails stay on this machine; read them in the outbox. Stop with Ctrl-C.\n")
        else:
            self.stdout.write("  First time? manage.py create_workspace NAME --owner ADDRESS\n")
        self.stdout.flush()
        connections.close_all()
        return True


def parts(host: str, port: int, threads: int, processes: int = 1) -> list[Part]:
    folder = Path(sys.executable).parent
    celery = [str(folder / "celery"), "--app", "dialoog", "--quiet"]
    return [
        Part(
            "web",
            [
                *(str(folder / "granian"), "--interface", "wsgi", "--host", host, "--port", str(port)),
                *("--workers", str(processes), "--blocking-threads", str(threads)),
                *("--blocking-threads-idle-timeout", "600"),
                *("--workers-kill-timeout", "8", "--no-access-log", "--log-level", "warning"),
                "dialoog.wsgi:application",
            ],
        ),
        Part(
            "worker",
            [
                *(*celery, "worker", "--pool", "solo", "--loglevel", "WARNING"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            after=10.0,
        ),
        Part("beat", [*celery, "beat", "--loglevel", "WARNING", "--pidfile="], after=10.0),
    ]


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({os.strerror(error.errno or 0)}). Try PORT={port + 1}."
            ) from error
