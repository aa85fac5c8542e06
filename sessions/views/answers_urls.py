"""Addresses between the invitation and the day: answers, questions, wishes, programme, translations."""

from django.urls import path

from sessions.views import agenda, answers, questions, session_list, wishes

_ONE = "sessions/<int:session_pk>/"
_ANSWER = _ONE + "answers/<int:pk>/"

urlpatterns = [
    path("sessions/", session_list.session_list, name="session_list"),
    path("sessions/held/", session_list.session_new_held, name="session_new_held"),
    path(_ONE + "answers/", answers.answer_list, name="answer_list"),
    path(_ONE + "answers.csv", answers.answer_export, name="answer_export"),
    path(_ONE + "answers/new/", answers.invitee_new, name="invitee_new"),
    path(_ANSWER, answers.answer_edit, name="answer_edit"),
    path(_ANSWER + "called/", answers.answer_called, name="answer_called"),
    path(_ANSWER + "deputy/", answers.deputy_confirm, name="deputy_confirm"),
    path(_ANSWER + "withdraw/", answers.invitation_withdraw, name="invitation_withdraw"),
    path(_ONE + "dates/<int:pk>/settle/", answers.date_settle, name="date_settle"),
    path(_ONE + "questions/", questions.question_list, name="question_list"),
    path(_ONE + "questions/<int:pk>/", questions.question_edit, name="question_edit"),
    path(_ONE + "wishes/", wishes.wish_list, name="wish_list"),
    path(_ONE + "wishes/<uuid:pk>/", wishes.wish_edit, name="wish_edit"),
    path(_ONE + "programme/", agenda.agenda_edit, name="agenda_edit"),
    path(_ONE + "programme/start/", agenda.agenda_start, name="agenda_start"),
    path(_ONE + "programme/new/", agenda.agenda_item_new, name="agenda_item_new"),
    path(_ONE + "programme/<int:pk>/", agenda.agenda_item_edit, name="agenda_item_edit"),
    path(_ONE + "programme/<int:pk>/move/", agenda.agenda_item_move, name="agenda_item_move"),
    path(_ONE + "programme/<int:pk>/delete/", agenda.agenda_item_delete, name="agenda_item_delete"),
]
