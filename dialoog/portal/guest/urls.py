"""Addresses of guests: nothing personal in them but the token, which the first answer takes away."""

from django.urls import path

from dialoog.portal.guest import intermediary, proposals, views

urlpatterns = [
    path("g/<str:token>/", views.guest_enter, name="guest_enter"),
    path("guest/", views.guest_list, name="guest_list"),
    path("guest/lost/", views.guest_lost, name="guest_lost"),
    path("guest/forget/", views.guest_forget, name="guest_forget"),
    path("guest/<int:invitation>/", views.guest_detail, name="guest_detail"),
    path("guest/<int:invitation>/answer/", views.guest_answer, name="guest_answer"),
    path("guest/<int:invitation>/receipt/", views.guest_receipt, name="guest_receipt"),
    path("guest/<int:invitation>/wishes/", views.guest_wishes, name="guest_wishes"),
    path("guest/<int:invitation>/preparation/", views.guest_preparation, name="guest_preparation"),
    path("guest/<int:invitation>/question/", views.guest_question, name="guest_question"),
    path("guest/<int:invitation>/call/", views.guest_call, name="guest_call"),
    path("guest/<int:invitation>/data/", views.guest_data, name="guest_data"),
    path("guest/<int:invitation>/feedback/", views.guest_feedback, name="guest_feedback"),
    path("guest/<int:invitation>/report/", views.guest_report, name="guest_report"),
    path("guest/<int:invitation>/report/paper/", views.guest_report_paper, name="guest_report_paper"),
    path("guest/<int:invitation>/proposals/<int:proposal>/", proposals.guest_proposal, name="guest_proposal"),
    path("guest/<int:invitation>/calendar/", views.guest_calendar, name="guest_calendar"),
    path("guest/<int:invitation>/paper/", views.guest_paper, name="guest_paper"),
    path("guest/through/<int:session>/", intermediary.intermediary_detail, name="intermediary_detail"),
    path(
        "guest/through/<int:session>/answers/", intermediary.intermediary_answer, name="intermediary_answer"
    ),
    path(
        "guest/through/<int:session>/questions/",
        intermediary.intermediary_question,
        name="intermediary_question",
    ),
    path(
        "guest/through/<int:session>/people/<int:invitation>/feedback/",
        intermediary.intermediary_feedback,
        name="intermediary_feedback",
    ),
    path(
        "guest/through/<int:session>/people/<int:invitation>/report/",
        intermediary.intermediary_report,
        name="intermediary_report",
    ),
    path(
        "guest/through/<int:session>/people/<int:invitation>/proposals/<int:proposal>/",
        proposals.intermediary_proposal,
        name="intermediary_proposal",
    ),
]
