"""The look of Dialoog: shapes, figures, tags and the base of every form."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "dialoog.kernel.ui"
    label = "ui"
    verbose_name = "Dialoog"
