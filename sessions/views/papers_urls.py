"""Addresses of paper: the briefing as PDF, letters, the page for calling, the calendar file."""

from django.urls import path

from sessions.views import papers

_ONE = "sessions/<int:session_pk>/"

urlpatterns = [
    path(_ONE + "papers/<str:kind>.pdf", papers.briefing_preview, name="briefing_preview"),
    path(_ONE + "papers/calendar.ics", papers.calendar_download, name="calendar_download"),
    path(_ONE + "letters/", papers.letter_list, name="letter_list"),
    path(_ONE + "letters/print/", papers.letter_print, name="letter_print"),
    path(_ONE + "calls/", papers.phone_list, name="phone_list"),
]
