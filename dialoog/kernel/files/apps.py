"""App of stored files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "dialoog.kernel.files"
    label = "files"
