"""Addresses of feedback pages, inside a workspace."""

from django.urls import path

from feedback.views import letters, report, results

app_name = "feedback"
urlpatterns = [
    path("sessions/<int:session_pk>/feedback/", results.results, name="results"),
    path("sessions/<int:session_pk>/feedback/save/", results.questionnaire_save, name="questionnaire_save"),
    path("sessions/<int:session_pk>/feedback/open/", results.questionnaire_open, name="questionnaire_open"),
    path(
        "sessions/<int:session_pk>/feedback/close/", results.questionnaire_close, name="questionnaire_close"
    ),
    path("sessions/<int:session_pk>/report/", report.report_detail, name="report_detail"),
    path("sessions/<int:session_pk>/report/edit/", report.report_edit, name="report_edit"),
    path("sessions/<int:session_pk>/report/send/", report.report_send, name="report_send"),
    path("sessions/<int:session_pk>/report/send/to-myself/", letters.report_trial, name="report_trial"),
    path("sessions/<int:session_pk>/report/letters/", letters.report_letter_list, name="report_letter_list"),
    path(
        "sessions/<int:session_pk>/report/letters/print/",
        letters.report_letter_print,
        name="report_letter_print",
    ),
    path("sessions/<int:session_pk>/report/take-back/", report.report_take_back, name="report_take_back"),
    path("sessions/<int:session_pk>/report/<int:version>.pdf", report.report_pdf, name="report_pdf"),
    path(
        "sessions/<int:session_pk>/corrections/<int:pk>/", report.correction_answer, name="correction_answer"
    ),
]
