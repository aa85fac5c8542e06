"""Addresses of a workspace's settings."""

from django.urls import path

from dialoog.kernel.members import views

app_name = "workspaces"
urlpatterns = [
    path("", views.workspace_edit, name="workspace_edit"),
    path("members/", views.member_list, name="member_list"),
    path("members/<int:pk>/", views.member_change, name="member_change"),
    path("invitations/<int:pk>/", views.invitation_change, name="invitation_change"),
]
