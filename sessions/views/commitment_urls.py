"""Addresses of commitments."""

from django.urls import path

from sessions.views import commitments

urlpatterns = [
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path("sessions/<int:session_pk>/commitments/new/", commitments.commitment_new, name="commitment_new"),
    path(
        "sessions/<int:session_pk>/commitments/<int:pk>/", commitments.commitment_edit, name="commitment_edit"
    ),
    path(
        "sessions/<int:session_pk>/commitments/<int:pk>/proposals/new/",
        commitments.proposal_new,
        name="proposal_new",
    ),
    path(
        "sessions/<int:session_pk>/proposals/<int:pk>/answers/new/",
        commitments.proposal_answer,
        name="proposal_answer",
    ),
    path(
        "sessions/<int:session_pk>/proposals/<int:pk>/settle/",
        commitments.proposal_settle,
        name="proposal_settle",
    ),
]
