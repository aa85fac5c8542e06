"""Addresses of home; included by the portal."""

from django.urls import path

from dialoog.portal.home import views

urlpatterns = [
    path("", views.workspace_choice, name="workspace_choice"),
    path("w/<slug:workspace>/", views.home, name="home"),
]
