"""What must be remembered for minutes by all web processes together: limits, and codes that were used.

It lies in the database: the memory of one process would double every limit with a second process and let a
code of an app be used twice. Keys hold network and mail addresses, so only their digests are written down.
"""

from importlib import import_module

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac


def hidden_key(key: str, key_prefix: str, version: int) -> str:
    """The digest under which `key` is kept; who reads the table learns no address from it."""
    return salted_hmac(
        "dialoog.short_memory", f"{key_prefix}:{version}:{key}", algorithm="sha256"
    ).hexdigest()


def forget_expired() -> int:
    """Delete what no longer counts here, and sign-ins that have ended; gives how many of the first."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    # why not our clock: what is deleted here was written by the time of the machine
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])
        count = cursor.rowcount
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return count
