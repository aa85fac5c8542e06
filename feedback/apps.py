"""App of questionnaires, answers and the report back."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
