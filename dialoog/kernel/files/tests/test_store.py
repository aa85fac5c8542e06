"""Files kept by their content."""

import hashlib

import pytest

from dialoog.kernel.files import store
from dialoog.kernel.files.models import StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_what_is_kept_comes_back():
    content = bytes(range(256)) * 100

    kept = store.keep(content, "application/pdf")

    assert kept.pk == hashlib.sha256(content).hexdigest()
    assert (kept.size, kept.media_type) == (25_600, "application/pdf")
    assert store.read(kept.pk) == content


def test_the_same_bytes_are_kept_once():
    assert store.keep(b"x", "text/plain").pk == store.keep(b"x", "text/plain").pk
    assert StoredFile.objects.count() == 1


def test_keeping_does_not_load_the_content_again():
    assert "content" in store.keep(b"x", "text/plain").get_deferred_fields()


def test_an_unknown_digest_is_refused():
    with pytest.raises(StoredFile.DoesNotExist):
        store.read("0" * 64)
