"""Addresses of session pages, inside a workspace."""

from django.urls import path

from sessions.views import invite

app_name = "sessions"
urlpatterns = [
    path("sessions/new/", invite.session_new, name="session_new"),
    path("sessions/<int:pk>/take-over/", invite.session_take_over, name="session_take_over"),
    path("sessions/<int:pk>/invite/meeting/", invite.invite_meeting, name="invite_meeting"),
    path("sessions/<int:pk>/invite/promise/", invite.invite_promise, name="invite_promise"),
    path("sessions/<int:pk>/invite/decision/", invite.invite_decision, name="invite_decision"),
    path("sessions/<int:pk>/invite/<slug:screen>/draft/", invite.draft_keep, name="draft_keep"),
]
