"""Addresses of session pages, inside a workspace."""

from django.urls import path

from sessions.models import BriefingKind
from sessions.views import (
    answers_urls,
    change,
    commitment_urls,
    drafts,
    invite,
    invite_people,
    invite_send,
    meeting_urls,
    pack,
    papers_urls,
)

app_name = "sessions"
urlpatterns = [
    path("sessions/new/", invite.session_new, name="session_new"),
    path("sessions/<int:pk>/delete/", drafts.session_delete, name="session_delete"),
    path("sessions/<int:pk>/take-over/", invite.session_take_over, name="session_take_over"),
    path("sessions/<int:pk>/invite/meeting/", invite.invite_meeting, name="invite_meeting"),
    path("sessions/<int:pk>/invite/meeting/preview/", invite.meeting_preview, name="meeting_preview"),
    path("sessions/<int:pk>/invite/promise/", invite.invite_promise, name="invite_promise"),
    path("sessions/<int:pk>/invite/promise/preview/", invite.promise_preview, name="promise_preview"),
    path("sessions/<int:pk>/invite/decision/", invite.invite_decision, name="invite_decision"),
    path("sessions/<int:pk>/invite/decision/preview/", invite.decision_preview, name="decision_preview"),
    path("sessions/<int:pk>/invite/people/", invite_people.invite_people, name="invite_people"),
    path("sessions/<int:pk>/invite/table/", invite_people.invite_table, name="invite_table"),
    path("sessions/<int:pk>/invite/look/", invite_send.invite_look, name="invite_look"),
    path("sessions/<int:pk>/invite/look/mail/<int:row>/", invite_send.mail_preview, name="mail_preview"),
    path("sessions/<int:pk>/invite/look/endorse/", invite_send.endorsement_ask, name="endorsement_ask"),
    path(
        "sessions/<int:pk>/invite/look/to-myself/", invite_send.briefing_to_myself, name="briefing_to_myself"
    ),
    path("sessions/<int:pk>/invite/send/", invite_send.invite_send, name="invite_send"),
    path("sessions/<int:pk>/invite/send/preview/", invite_send.send_preview, name="send_preview"),
    path(
        "sessions/<int:pk>/pack/send/preview/",
        invite_send.send_preview,
        {"kind": BriefingKind.PACK},
        name="pack_send_preview",
    ),
    path(
        "sessions/<int:pk>/briefings/<int:briefing>/take-back/",
        invite_send.briefing_take_back,
        name="briefing_take_back",
    ),
    path("sessions/<int:pk>/invite/<slug:screen>/draft/", invite.draft_keep, name="draft_keep"),
    path("sessions/<int:pk>/pack/look/", pack.pack_look, name="pack_look"),
    path(
        "sessions/<int:pk>/pack/look/mail/<int:row>/",
        invite_send.mail_preview,
        {"kind": BriefingKind.PACK},
        name="pack_mail_preview",
    ),
    path(
        "sessions/<int:pk>/pack/look/to-myself/",
        invite_send.briefing_to_myself,
        {"kind": BriefingKind.PACK},
        name="pack_to_myself",
    ),
    path("sessions/<int:pk>/pack/send/", pack.pack_send, name="pack_send"),
    path("sessions/<int:pk>/change/", change.change_choose, name="change_choose"),
    path("sessions/<int:pk>/change/tell/", change.change_tell, name="change_tell"),
    path("sessions/<int:pk>/change/cancel/", change.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/change/<slug:size>/", change.change_edit, name="change_edit"),
    *answers_urls.urlpatterns,
    *meeting_urls.urlpatterns,
    *commitment_urls.urlpatterns,
    *papers_urls.urlpatterns,
]
