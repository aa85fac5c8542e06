"""Address of a facilitator's meetings, under the members of the workspace."""

from django.urls import path

from dialoog.portal.facilitators import views

urlpatterns = [path("<int:pk>/meetings/", views.facilitator_meetings, name="facilitator_meetings")]
