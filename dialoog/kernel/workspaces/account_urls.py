"""Addresses of a person's own account, beside allauth's."""

from django.urls import path

from dialoog.kernel.workspaces import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("join/<str:token>/", views.invitation_accept, name="invitation_accept"),
]
