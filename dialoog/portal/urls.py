"""Addresses of home and of guests."""

from django.urls import URLPattern

app_name = "portal"
urlpatterns: list[URLPattern] = []
