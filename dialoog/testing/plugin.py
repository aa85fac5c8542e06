"""Test plugin: the cast of characters, and the settings every test runs under."""

import logging
import os
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")

import django

# why here: the plugin is loaded before pytest-django has set Django up, and its fixtures need models
django.setup()

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from dialoog.celery import app
from dialoog.kernel.workspaces.actions import add_member, found_workspace, make_user
from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.kernel.workspaces.policy import Role


def pytest_configure(config: pytest.Config) -> None:
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    database: dict[str, Any] = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # a file as people use it: in memory all threads share one connection, and a second writer is
        # refused instead of waiting
        database.setdefault("TEST", {})["NAME"] = str(settings.VAR / f"test-{os.getpid()}.sqlite3")
    # what the mail server of a test notes of each connection
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    app.conf.update(broker_url="memory://", broker_transport_options={})


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language the test before read last: a request leaves it active in its thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def anna(db: None) -> User:
    """The owner."""
    return make_user(email="anna@example.org", name="Anna de Boer", phone="070 555 01 01", language="en")


@pytest.fixture
def workspace(anna: User) -> Workspace:
    """The workspace the cast works in."""
    return found_workspace(name="Home & Table", owner=anna, language="en")


@pytest.fixture
def bram(workspace: Workspace) -> User:
    """An organiser."""
    return _member(workspace, "bram", Role.ORGANISER)


@pytest.fixture
def chaima(workspace: Workspace) -> User:
    """A facilitator."""
    return _member(workspace, "chaima", Role.FACILITATOR)


@pytest.fixture
def romy(workspace: Workspace) -> User:
    """A reader."""
    return _member(workspace, "romy", Role.READER)


@pytest.fixture
def eva(db: None) -> User:
    """Somebody of another workspace."""
    user = make_user(email="eva@example.org", name="Eva Elders", language="en")
    found_workspace(name="Elsewhere", owner=user, language="en")
    return user


@pytest.fixture
def as_user():
    """Makes a client signed in as the given user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def _member(workspace: Workspace, name: str, role: Role) -> User:
    user = make_user(email=f"{name}@example.org", name=name.title(), language="en")
    add_member(workspace=workspace, user=user, role=role)
    return user
