"""Addresses of being forgotten, inside a workspace."""

from django.urls import path

from dialoog.portal.privacy import views

urlpatterns = [path("<int:pk>/erase/", views.person_erase, name="person_erase")]
