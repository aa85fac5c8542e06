"""App of the audit trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "dialoog.kernel.audit"
    label = "audit"
