"""App of people and organisations."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
