"""Sign-in starts with no earlier tries counted."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_earlier_tries():
    cache.clear()
