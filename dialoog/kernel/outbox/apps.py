"""App of outgoing mail."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "dialoog.kernel.outbox"
    label = "outbox"
