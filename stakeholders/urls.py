"""Addresses of people pages."""

from django.urls import URLPattern

app_name = "stakeholders"
urlpatterns: list[URLPattern] = []
