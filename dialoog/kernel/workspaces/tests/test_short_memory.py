"""What all web processes remember together for minutes."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.utils import timezone

from dialoog.kernel.workspaces.tasks import forget

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def rows() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM workspaces_shortmemory")
        return cursor.fetchall()


def test_another_process_knows_what_this_one_counted():
    cache.set("limit", 3, timeout=60)

    other = caches.create_connection("default")

    assert other is not cache
    assert other.get("limit") == 3


def test_limits_of_signing_in_are_kept_without_the_address(client: Client):
    client.post("/accounts/login/", {"login": "anna@woon.example"}, REMOTE_ADDR="203.0.113.77")

    kept = rows()

    assert kept
    assert not any("203.0.113" in key or "anna" in key for key, _value in kept)


def test_what_no_longer_counts_is_forgotten():
    cache.set("old", 1, timeout=0.01)
    cache.set("new", 2, timeout=600)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workspaces_shortmemory SET expires = %s WHERE cache_key = %s",
            [timezone.now() - timedelta(hours=1), cache.make_key("old")],
        )
    ended, going_on = SessionStore(), SessionStore()
    for store, age in ((ended, -60), (going_on, 600)):
        store.set_expiry(timezone.now() + timedelta(seconds=age))
        store.save()

    forget()

    assert [key for key, _value in rows()] == [cache.make_key("new")]
    assert [row.pk for row in Session.objects.all()] == [going_on.session_key]
