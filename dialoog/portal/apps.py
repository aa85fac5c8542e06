"""App of the pages that combine everything."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "dialoog.portal"
    label = "portal"
