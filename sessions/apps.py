"""App of dialogues and their sessions."""

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    # why: django.contrib.sessions already has the label "sessions"
    label = "dialogue_sessions"
