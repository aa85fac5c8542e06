"""The page on which somebody agrees with a promise, without an account."""

from django.urls import path

from sessions.views import endorse

urlpatterns = [path("endorse/<str:token>/", endorse.endorsement_answer, name="endorsement_answer")]
