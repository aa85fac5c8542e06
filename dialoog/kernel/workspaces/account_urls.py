"""Addresses of a person's own account, beside allauth's."""

from django.urls import path

from dialoog.kernel.workspaces import one_time_views, views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("join/<str:token>/", views.invitation_accept, name="invitation_accept"),
    path("once/<str:token>/", one_time_views.one_time_sign_in, name="one_time_sign_in"),
]
