"""Addresses of the page with translations; included by the portal."""

from django.urls import path

from dialoog.portal.translations import views

urlpatterns = [
    path("<int:session_pk>/translations/", views.translation_edit, name="translation_edit"),
    path("<int:session_pk>/translations/draft/", views.translation_keep, name="translation_keep"),
]
