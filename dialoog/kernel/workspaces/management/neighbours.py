"""The services that were named must answer before a start: else it ends in a sentence, not in a traceback."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import psycopg
import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

# seconds: services of one machine start together
PATIENCE = 10.0
_PAUSE = 0.5


def wait_for_neighbours(say: Callable[[str], object]) -> None:
    """Wait for PostgreSQL and Redis where they are named.

    Refuses (ImproperlyConfigured) when one stays away for `PATIENCE` seconds.
    """
    if connection.vendor == "postgresql":
        _wait("DATABASE_URL", _database_place(), _ask_database, say)
    if settings.REDIS_URL:
        parts = urlsplit(settings.REDIS_URL)
        place = f"{parts.hostname}:{parts.port or 6379}" if parts.hostname else parts.path
        _wait("REDIS_URL", place, _ask_redis, say)


def _wait(name: str, place: str, ask: Callable[[], None], say: Callable[[str], object]) -> None:
    ends, is_said = time.monotonic() + PATIENCE, False
    while True:
        try:
            return ask()
        except (psycopg.Error, redis.RedisError, OSError) as error:
            if time.monotonic() >= ends:
                reason = str(error).strip().partition("\n")[0]
                raise ImproperlyConfigured(f"{name}: {place} does not answer ({reason}).") from error
            if not is_said:
                say(f"Waiting for {place} …")
            is_said = True
            time.sleep(_PAUSE)


def _database_place() -> str:
    named = connection.settings_dict
    return f"the database “{named['NAME']}” at {named['HOST'] or 'localhost'}:{named['PORT'] or 5432}"


def _ask_database() -> None:
    # why without Django's pool: it tells after ten seconds that it waited, and not for what
    parameters = {k: v for k, v in connection.get_connection_params().items() if k in _NAMED}
    psycopg.connect(**parameters, connect_timeout=3).close()


_NAMED = {
    *("dbname", "user", "password", "host", "port", "service"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey"),
}


def _ask_redis() -> None:
    with redis.from_url(settings.REDIS_URL, socket_connect_timeout=3) as line:
        line.ping()
