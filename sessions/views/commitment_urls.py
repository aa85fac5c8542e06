"""Addresses of commitments."""

from django.urls import path

from sessions.views import commitments

urlpatterns = [
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path("sessions/<int:session_pk>/commitments/new/", commitments.commitment_new, name="commitment_new"),
    path(
        "sessions/<int:session_pk>/commitments/<int:pk>/", commitments.commitment_edit, name="commitment_edit"
    ),
]
