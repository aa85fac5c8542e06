"""Addresses of the meeting itself."""

from django.urls import path

from sessions.views import meeting

urlpatterns = [
    path("sessions/<int:session_pk>/meeting/", meeting.meeting_detail, name="meeting_detail"),
    path("sessions/<int:session_pk>/meeting/attendance/", meeting.attendance_save, name="attendance_save"),
    path("sessions/<int:session_pk>/outcomes/new/", meeting.outcome_new, name="outcome_new"),
    path("sessions/<int:session_pk>/outcomes/<int:pk>/", meeting.outcome_edit, name="outcome_edit"),
    path("sessions/<int:session_pk>/outcomes/<int:pk>/move/", meeting.outcome_move, name="outcome_move"),
    path("sessions/<int:session_pk>/contributions/new/", meeting.contribution_new, name="contribution_new"),
    path(
        "sessions/<int:session_pk>/contributions/take-over/",
        meeting.contributions_take_over,
        name="contributions_take_over",
    ),
    path(
        "sessions/<int:session_pk>/contributions/merge/",
        meeting.contributions_merge,
        name="contributions_merge",
    ),
    path(
        "sessions/<int:session_pk>/contributions/<int:pk>/",
        meeting.contribution_edit,
        name="contribution_edit",
    ),
]
