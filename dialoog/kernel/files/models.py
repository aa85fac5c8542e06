"""A file, kept once by its SHA-256 (decisions.md 24)."""

from django.db import models

from dialoog.kernel import clock


class StoredFile(models.Model):
    """Bytes that never change. The same bytes are the same row."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type}"
