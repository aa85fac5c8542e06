"""App of people who organise."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "dialoog.kernel.workspaces"
    label = "workspaces"
